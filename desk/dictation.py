"""From what was said aloud to the fields of a diary entry, in Russian and in English.

Cues divide it: labels ("запрос", "итог", "result") and the words people use anyway ("просила
вернуть", "we refunded"). What is heard may lack every comma and capital, and a word may be
misheard; so nothing here is certain, and what it makes is shown before it is kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

from desk import spoken_moments, spoken_names
from desk.dictation_cues import (
    ADD,
    CHANNELS,
    CONTACT,
    DONE_ALONE,
    FOLLOW,
    FOLLOW_FOR_SURE,
    INTRODUCED,
    LABELS,
    LEADS,
    MOODS,
    NAMED_BEFORE,
    ONLY_GOING_ON,
    PLAIN,
    STATUSES,
    SUBJECT,
    TRAILS,
    WEAK,
    Kind,
)
from desk.moments import Trouble
from storage.models import Channel, DiaryStatus

TEXTS = (Kind.REQUEST, Kind.DONE, Kind.RESULT)
ORDER = {kind: place for place, kind in enumerate(TEXTS)}
SENTENCE_ENDS = ".!?;\n"
MARKS = " ,.;:!?–—-"
LOOSE_HEAD = re.compile(r"^(?:и|а|но|and|but|then|потом|so)\s+", re.IGNORECASE)
LOOSE_TAIL = re.compile(
    r"\s+(?:и|а|но|and|but|then|клиент(?:ка)?|he|she|он|она|the customer)$", re.IGNORECASE
)
SAYS_NOTHING = re.compile(
    r"(?:клиент\w*|клинтка|он|она|мы|я|(?:the |a )?customer|he|she|we|i|it|is|was|были?|была)?"
)


class How(Enum):
    """How a field's words came."""

    GUESSED = auto()
    """Nobody named the field."""
    NAMED = auto()
    """"итог: …": they take the place of what was there."""
    ADDED = auto()
    """"добавь к итогу: …"."""


@dataclass(slots=True)
class Told:
    """What of an entry was said; None and "": not said."""

    request: str = ""
    done: str = ""
    result: str = ""
    how: dict[str, How] = field(default_factory=dict)
    mood: int | None = None
    status: DiaryStatus | None = None
    follow_up: datetime | Trouble | None = None
    """In UTC; a Trouble: a moment was said that cannot be."""
    customer: str = ""
    contact: str = ""
    channel: Channel | None = None

    @property
    def texts(self) -> dict[str, str]:
        told = {kind.value: getattr(self, kind.value) for kind in TEXTS}
        return {name: words for name, words in told.items() if words}

    @property
    def count(self) -> int:
        """How many fields something was said of."""
        others = (self.mood, self.status, self.follow_up, self.customer, self.channel)
        return len(self.texts) + sum(value not in {None, ""} for value in others)


@dataclass(frozen=True, slots=True)
class Cue:
    """Where something begins, and how much of the text only says so."""

    kind: Kind
    start: int
    end: int
    """After the words that are no content; `start` for those that are."""
    how: How = How.GUESSED
    weak: bool = False


def plain(text: str) -> str:
    """Lower case with е for ё, letter for letter as long as the text."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text).replace(
        "ё", "е"
    )


def read(text: str, now: datetime, zone: ZoneInfo) -> Told:
    """What was told, as far as it can be made out."""
    told = Told()
    gone = bytearray(len(text))  # letters that became a value, and are no words any more
    low = plain(text)
    _read_people(text, low, told, gone)
    _read_follow_up(low, told, gone, now, zone)
    _read_status(low, told, gone)
    _read_mood(low, told, gone)
    _read_texts(text, low, told, gone)
    return told


# --- who, and how they were in touch ---


def _read_people(text: str, low: str, told: Told, gone: bytearray) -> None:
    for pattern, channel in CHANNELS:
        if (found := pattern.search(low)) is not None:
            told.channel = channel
            break
    if (found := CONTACT.search(low)) is not None:
        told.contact = re.sub(r"[^\d+@\w.-]", "", found[1])
        _take(gone, found.start(), found.end())
    for pattern in INTRODUCED:
        for found in pattern.finditer(low):
            name = spoken_names.after(text, found.end())
            if name is not None:
                told.customer = name.words
                _take_sentence(low, gone, found.start(), name.end)
                return
    for found in NAMED_BEFORE.finditer(low):
        name = spoken_names.before(text, found.start())
        if name is not None:
            told.customer = name.words
            _take_sentence(low, gone, name.start, found.end())
            return
    for found in ONLY_GOING_ON.finditer(low):
        _take_sentence(low, gone, found.start(), found.end())


def _take_sentence(low: str, gone: bytearray, start: int, end: int) -> None:
    """Who called is a field and no words; what follows in the same breath stays."""
    _take(gone, start, end)
    rest = re.compile(
        r"(?:\s+(?:на|по|в|from|by|an?|the|our|to|in|us)\b)*\s+(?:" + "|".join(TRAILS) + r")\b"
    )
    if (found := rest.match(low, end)) is not None:
        _take(gone, found.start(), found.end())


def _take(gone: bytearray, start: int, end: int) -> None:
    gone[start:end] = b"\1" * (end - start)


def _free(gone: bytearray, start: int, end: int) -> bool:
    return not any(gone[start:end])


# --- when to follow up ---


def _read_follow_up(low: str, told: Told, gone: bytearray, now: datetime, zone: ZoneInfo) -> None:
    for found in FOLLOW.finditer(low):
        sentence = _sentence(low, found.start())
        start, end = _around(low, found.start(), sentence)
        following = _next_label(low, found.end(), sentence[1])
        moment = spoken_moments.find(low[found.end() : following], now, zone)
        begin, ahead = found.start(), found.end()
        if moment is None:
            moment, ahead = spoken_moments.find(low[start : found.start()], now, zone), start
            begin = start + moment.start if moment else begin
        sure = FOLLOW_FOR_SURE.match(low, found.start()) is not None
        if moment is None and not sure:
            continue
        told.status = DiaryStatus.FOLLOW_UP
        if moment is not None:
            told.follow_up = moment.moment
            end = max(found.end(), ahead + moment.end)
        else:
            end = found.end()
        asked = PLAIN[Kind.REQUEST].search(low, start, found.start()) is not None
        rest = low[end:following].strip(" ,.!?;")
        if not asked and len(rest.split()) <= 3:
            _take(gone, begin, following)
        return


def _sentence(low: str, place: int) -> tuple[int, int]:
    start = max(low.rfind(sign, 0, place) for sign in SENTENCE_ENDS) + 1
    ends = [end for sign in SENTENCE_ENDS if (end := low.find(sign, place)) >= 0]
    return start, min(ends, default=len(low))


def _around(low: str, place: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """The part of a sentence between commas and cues that `place` is in."""
    start, end = sentence
    for pattern in (PLAIN[Kind.DONE], PLAIN[Kind.REQUEST], PLAIN[Kind.RESULT]):
        for found in pattern.finditer(low, start, place):
            start = max(start, found.start())
    comma = low.rfind(",", start, place)
    return (comma + 1 if comma >= 0 else start), end


def _next_label(low: str, place: int, end: int) -> int:
    starts = [
        found.start()
        for kind in (*TEXTS, Kind.MOOD, Kind.STATUS)
        for found in LABELS[kind].finditer(low, place, end)
        if _is_label(low, found)
    ]
    return min(starts, default=end)


# --- status and mood ---


def _read_status(low: str, told: Told, gone: bytearray) -> None:
    for pattern, status, sure in STATUSES:
        for found in pattern.finditer(low):
            if not _free(gone, found.start(), found.end()):
                continue
            if told.status is None:
                told.status = status
            if sure:
                _take(gone, found.start(), found.end())
    alone = DONE_ALONE.search(low)
    if alone is not None and _free(gone, *alone.span()):
        told.status = told.status or DiaryStatus.DONE
        _take(gone, alone.start(), alone.end())


def _read_mood(low: str, told: Told, gone: bytearray) -> None:
    last = -1
    for pattern, mood in MOODS:
        for found in pattern.finditer(low):
            if not _free(gone, found.start(), found.end()):
                continue
            if found.start() > last:
                told.mood, last = mood, found.start()
            if _stands_alone(low, found.end()):
                _take(gone, found.start(), found.end())


def _stands_alone(low: str, end: int) -> bool:
    """Whether nothing of the same thought follows: "недоволен доставкой" is more than a mood."""
    rest = low[end:].lstrip(" ")
    if not rest or rest[0] in ",.!?;:\n":
        return True
    follows = re.compile(r"(?:и|а|но|and|but)\b")
    return follows.match(rest) is not None or any(
        cue.match(rest) for cue in (*LABELS.values(), *PLAIN.values(), FOLLOW, DONE_ALONE, SUBJECT)
    )


# --- what was asked, done, and came of it ---


def _read_texts(text: str, low: str, told: Told, gone: bytearray) -> None:
    pieces: dict[Kind, list[str]] = {}
    for cue, end in _clauses(low, gone):
        words = _words(text, gone, cue.end, end)
        if not words:
            continue
        pieces.setdefault(cue.kind, []).append(words)
        if told.how.get(cue.kind.value, How.GUESSED) is How.GUESSED:
            told.how[cue.kind.value] = cue.how
    for kind, said in pieces.items():
        setattr(told, kind.value, ". ".join(said))


def _clauses(low: str, gone: bytearray) -> Iterator[tuple[Cue, int]]:
    """What belongs to which text, in order; what no cue begins belongs to what came before."""
    section = Cue(Kind.REQUEST, 0, 0, weak=True)
    begun = [section]
    for cue in _cues(low, gone):
        if not _begins(cue, begun[-1], low):
            continue
        begun.append(cue)
    for place, cue in enumerate(begun):
        end = begun[place + 1].start if place + 1 < len(begun) else len(low)
        if cue.end < end:
            yield cue, end


def _begins(cue: Cue, current: Cue, low: str) -> bool:
    """Whether a cue begins something new where another section is going on."""
    if cue.how is not How.GUESSED:
        return True
    if cue.kind is current.kind and (cue.weak or not current.weak):
        return False
    starts_sentence = not low[: cue.start].rstrip() or low[: cue.start].rstrip()[-1] in ".!?\n"
    if cue.weak:
        return current.weak or (starts_sentence and current.kind is not Kind.DONE)
    if current.how is How.GUESSED:
        return ORDER[cue.kind] > ORDER[current.kind] or starts_sentence or current.weak
    if current.kind is Kind.RESULT:
        return False
    return ORDER[cue.kind] > ORDER[current.kind]


def _cues(low: str, gone: bytearray) -> Sequence[Cue]:
    found = [*_labels(low)]
    for kind in TEXTS:
        for pattern, weak in ((PLAIN[kind], False), (WEAK[kind], True)):
            for match in pattern.finditer(low):
                start = _with_subject(low, match.start())
                found.append(Cue(kind, start, start, weak=weak))
    kept: list[Cue] = []
    for cue in sorted(found, key=lambda c: (c.start, c.how is How.GUESSED, c.weak)):
        if kept and cue.start < max(kept[-1].end, kept[-1].start + 1):
            continue
        if cue.start < len(gone) and cue.how is How.GUESSED and gone[_first(low, cue.start)]:
            continue
        kept.append(cue)
    return kept


def _first(low: str, place: int) -> int:
    while place < len(low) - 1 and not low[place].isalnum():
        place += 1
    return place


def _labels(low: str) -> Iterator[Cue]:
    for kind in TEXTS:
        for match in LABELS[kind].finditer(low):
            if not _is_label(low, match):
                continue
            added = ADD.search(low[: match.start()].rstrip() + " ")
            start = added.start() if added else match.start()
            yield Cue(kind, start, match.end(), How.ADDED if added else How.NAMED)


def _is_label(low: str, match: re.Match[str]) -> bool:
    """A word like "запрос" names a field where a clause begins with it, or a mark follows it."""
    head, tail = low[: match.start()].rstrip(), low[match.end() :]
    mark = match[0].rstrip()[-1:]
    if ADD.search(head + " "):
        return True
    begins = not head or head[-1] in ".!?,;:\n" or LEADS.search(head + " ") is not None
    marked = mark in set(":,.—–-") or not tail.strip()
    if match.lastgroup == "anywhere":
        return True
    return begins or marked


def _with_subject(low: str, place: int) -> int:
    """Back over "клиентка", "мы", "and then", which belong to the verb."""
    found = list(SUBJECT.finditer(low, max(0, place - 40), place))
    if found and not low[found[-1].end() : place].strip():
        return found[-1].start()
    return place


def _words(text: str, gone: bytearray, start: int, end: int) -> str:
    """What is left between, as a sentence of its own."""
    left = "".join(text[at] if not gone[at] else "\0" for at in range(start, min(end, len(text))))
    parts = [part for piece in left.split("\0") if (part := _tidy(piece))]
    said = ". ".join(parts)
    return said[:1].upper() + said[1:]


def _tidy(piece: str) -> str:
    """Without marks and conjunctions that have lost what they joined."""
    words = re.sub(r"\s+", " ", piece).strip(MARKS)
    before = None
    while before != words:
        before = words
        words = LOOSE_HEAD.sub("", LOOSE_TAIL.sub("", words)).strip(MARKS)
    return "" if SAYS_NOTHING.fullmatch(plain(words)) else words
