"""Voice messages to pick for who has no microphone: short recordings, and what is said in them."""

import json
from pathlib import Path

from playground.chats import Raw

FOLDER = Path(__file__).with_name("samples")


def listed() -> list[Raw]:
    """By language: `name`, and the `words` that are spoken; empty: there are none."""
    index = FOLDER / "index.json"
    found: list[Raw] = json.loads(index.read_text("utf-8")) if index.exists() else []
    return found
