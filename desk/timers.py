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
    "survey-expires": surveys.expire,
}
"""By the timer's kind. A kind once used stays: a timer set today rings after an upgrade."""
