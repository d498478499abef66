"""A text of any length, in parts Telegram takes."""

from collections.abc import Sequence


def pages(words: str, at_most: int) -> Sequence[str]:
    """The text in parts of at most `at_most` UTF-16 units, cut between words where that works.

    Nothing is lost but the white space where it is cut. An empty text is one empty page.
    """
    parts = []
    while units(words) > at_most:
        end = _fitting(words, at_most)
        space = max(words.rfind(" ", 0, end), words.rfind("\n", 0, end))
        end = space if space > end // 2 else end
        parts.append(words[:end].rstrip())
        words = words[end:].lstrip() if space == end else words[end:]
    return [*parts, words]


def cut(words: str, at_most: int) -> str:
    """The words, cut to `at_most` UTF-16 units with an ellipsis in their place."""
    if units(words) <= at_most:
        return words
    return words[: _fitting(words, at_most - 1)].rstrip() + "…"


def units(words: str) -> int:
    """The length as Telegram counts it."""
    return len(words) + sum(sign > "\uffff" for sign in words)


def _fitting(words: str, at_most: int) -> int:
    """How many characters from the start fit."""
    room = at_most
    for place, sign in enumerate(words):
        room -= 2 if sign > "\uffff" else 1
        if room < 0:
            return place
    return len(words)
