"""Voice messages to pick for who has no microphone: short recordings, and what is said in them."""

import json
from pathlib import Path

from playground.chats import Raw

FOLDER = Path(__file__).with_name("samples")


def listed() -> list[Raw]:
    """In which `language`, `by` whom (a customer, or the team's diary), its file's `name`, and the
    `words` that are spoken: by machines, as tests/recordings/README.md tells."""
    found: list[Raw] = json.loads((FOLDER / "index.json").read_text("utf-8"))
    return found
