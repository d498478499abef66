"""What happens at a moment: a rule for each kind of timer."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from desk import afterwards, alerts, diary, offers, relays, silence, surveys, waits
from desk.rules import Rules
from storage.database import UnitOfWork

Rule = Callable[[UnitOfWork, int, Rules, datetime], Awaitable[None]]
"""`(tx, about_id, rules, now)`: looks first whether it is still to be done."""

RULES: dict[str, Rule] = {
    "afterwards": afterwards.nobody_tapped,
    "album": relays.album_complete,
    "no_answer": silence.close,
    "nudge": waits.nudge,
    "offer": offers.widen,
    "overdue": waits.overdue,
    "silent": silence.remind,
    "alert-remind": alerts.remind,
    diary.FOLLOW_UP: diary.remind,
    "escalate": alerts.escalate,
    "escalate-list": alerts.escalate_list,
    "survey-expires": surveys.expire,
}
"""By the timer's kind. A kind once used stays: a timer set today rings after an upgrade."""


async def conversation_of(tx: UnitOfWork, kind: str, about_id: int) -> int | None:
    """The conversation a timer is about; None: about none, or about nothing any more."""
    match kind:
        case "no_answer" | "offer" | "silent":
            return about_id
        case "nudge" | "overdue":
            wait = await tx.waits.get(about_id)
            return wait.conversation_id if wait else None
        case "alert-remind" | "escalate":
            alert = await tx.alerts.get(about_id)
            return alert.conversation_id if alert else None
        case "survey-expires":
            survey = await tx.surveys.get(about_id)
            return survey.conversation_id if survey else None
        case "afterwards" | "album":
            message = await tx.messages.get(about_id)
            return (message.conversation_id or message.asked_about_id) if message else None
    return None
