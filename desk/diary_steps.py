"""The steps of writing a diary entry: what each takes and what a button of it means."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from desk import moments
from desk.diary_content import Content
from desk.moments import Trouble
from desk.refusals import NotYours
from desk.rules import Rules
from storage.models import Channel, DiaryDraft, DiaryStatus

LONG = 3_800
"""UTF-16 units: a longer text is one that Telegram may have cut in parts."""


class Step(StrEnum):
    TIME = "time"
    CHANNEL = "channel"
    CUSTOMER = "customer"
    REQUEST = "request"
    DONE = "done"
    RESULT = "result"
    MOOD = "mood"
    STATUS = "status"
    WHEN = "when"
    PREVIEW = "preview"
    FIELDS = "fields"
    """Which field to correct."""


ORDER = tuple(step for step in Step if step is not Step.FIELDS)
FILLED_IN = (Step.TIME, Step.CHANNEL, Step.CUSTOMER)
"""By us, when the entry is about a conversation."""
WORDS = (Step.REQUEST, Step.DONE, Step.RESULT)
"""Steps that take words of any length."""
FIELDS = {
    Step.CHANNEL: ("channel",),
    Step.CUSTOMER: ("customer_name", "customer_contact"),
    Step.REQUEST: ("request",),
    Step.DONE: ("done",),
    Step.RESULT: ("result",),
    Step.MOOD: ("mood",),
    Step.STATUS: ("status",),
    Step.WHEN: ("follow_up_at",),
}
"""What a step asks for; the time is always there."""
EMPTIED = {
    Step.CUSTOMER: FIELDS[Step.CUSTOMER],
    Step.REQUEST: FIELDS[Step.REQUEST],
    Step.DONE: FIELDS[Step.DONE],
    Step.RESULT: FIELDS[Step.RESULT],
    Step.MOOD: FIELDS[Step.MOOD],
    Step.STATUS: ("status", "follow_up_at"),
    Step.FIELDS: ("photos",),
}
"""What "clear" takes away at a step."""

AGO = {"now": 0, "30": 30, "60": 60, "120": 120}
"""Buttons of the time step, in minutes."""
LATER = ("evening", "tomorrow", "days3", "monday")
"""Buttons of the step that asks when to follow up."""


class Hint(StrEnum):
    """What a writer is told about what they sent last, beside a moment's Trouble."""

    BUTTON = "button"
    MOMENT = "moment"
    """A button will do, and so will words."""
    WORDS = "words"
    VOICE = "voice"
    """Nobody listens here: dictation is off."""
    LATER = "later"
    """Who listens is not here yet, and will be tried again."""
    LISTENING = "listening"
    SILENT = "silent"
    """Nothing could be made out."""
    FOREIGN = "foreign"
    """It is a language nobody here speaks."""
    BROKEN = "broken"
    """It is no sound."""
    LONG = "long"
    """It is too long, or too large, to be listened to."""
    PHOTO = "photo"
    MORE = "more"
    """A long text: it is kept, and the next one is its continuation."""
    FIRST = "first"
    DATE = "date"


def steps(draft: DiaryDraft, content: Content) -> Sequence[Step]:
    """The steps of this entry, in order."""
    return [
        step
        for step in ORDER
        if not (draft.conversation_id is not None and step in FILLED_IN)
        and not (step is Step.WHEN and content.status is not DiaryStatus.FOLLOW_UP)
    ]


def has_answer(content: Content, step: str) -> bool:
    return step in FIELDS and any(getattr(content, field) for field in FIELDS[Step(step)])


def cleared(content: Content, step: str) -> Content:
    """The content without the step's answer; time and channel are changed, not emptied."""
    blank = Content(at=content.at)
    empty: dict[str, Any] = {field: getattr(blank, field) for field in EMPTIED.get(Step(step), ())}
    return replace(content, **empty)


def with_words(content: Content, step: str, words: str, *, more: bool) -> Content:
    """The content with the words of a step: in place of what was there, or after it."""
    [field] = FIELDS[Step(step)]
    said: dict[str, Any] = {field: f"{getattr(content, field)}\n{words}" if more else words}
    return replace(content, **said)


def chosen(
    content: Content, step: str, value: str, rules: Rules, now: datetime
) -> Content | Trouble:
    """The content with the button's value; a value no button of ours has is refused."""
    match step:
        case Step.TIME if value in AGO:
            return replace(content, at=now - timedelta(minutes=AGO[value]))
        case Step.CHANNEL if value in set(Channel) - {Channel.TELEGRAM}:
            return replace(content, channel=Channel(value))
        case Step.MOOD if value in {"1", "2", "3", "4", "5"}:
            return replace(content, mood=int(value))
        case Step.STATUS if value in set(DiaryStatus):
            status = DiaryStatus(value)
            kept = content.follow_up_at if status is DiaryStatus.FOLLOW_UP else None
            return replace(content, status=status, follow_up_at=kept)
        case Step.WHEN if value in LATER:
            moment = moments.judged(later(value, rules, now), now, "future")
            return moment if isinstance(moment, Trouble) else replace(content, follow_up_at=moment)
    raise NotYours


def later(choice: str, rules: Rules, now: datetime) -> datetime:
    """The moment a button of LATER means when it is pressed."""
    today = now.astimezone(rules.zone).date()
    days = {"evening": 0, "tomorrow": 1, "days3": 3, "monday": 7 - today.weekday()}[choice]
    clock = moments.EVENING if choice == "evening" else moments.MORNING
    return moments.at(today + days * moments.DAY, clock, rules.zone)


def who(words: str) -> tuple[str, str]:
    """Name and contact: apart by a comma or a line; alone, what looks like a contact is one."""
    lines = words.replace("\n", ",", 1).split(",", 1)
    if len(lines) == 2:
        return lines[0].strip(), lines[1].strip()
    digits = sum(sign.isdigit() for sign in words)
    return ("", words.strip()) if "@" in words or digits >= 5 else (words.strip(), "")


def is_long(words: str) -> bool:
    """Whether Telegram may have cut the text, so that the next one is its continuation."""
    return len(words.encode("utf-16-le")) // 2 >= LONG
