"""What people see. A card's screen is a pure function of the desk's state and of who looks."""

from handlers.screens import (
    alert,
    appeal,
    conversation,
    counted,
    diary,
    entry,
    followup,
    late,
    parked,
    people,
    plan,
    question,
    rating,
    report,
    survey,
    themes,
)
from handlers.screens.screen import Compose as Compose
from handlers.screens.screen import Look as Look
from handlers.screens.screen import Screen as Screen

SCREENS: dict[str, Compose] = {
    "afterwards": question.afterwards,
    "alert": alert.screen,
    "appeal": appeal.screen,
    "call": followup.call,
    "causes": report.causes,
    "closing": conversation.closing,
    "comment": survey.comment,
    "conversation": conversation.screen,
    "diaries": entry.entries,
    "diary": diary.screen,
    "entry": entry.screen,
    "fixed": followup.fixed,
    "follow-up": entry.follow_up,
    "heard": conversation.heard,
    "kpi": counted.screen,
    "late": late.asked_for,
    "late-replies": late.listed,
    "left": people.left,
    "member": people.member,
    "more": conversation.more,
    "nudge": conversation.nudge,
    "parked": parked.screen,
    "plan": plan.screen,
    "praise": rating.praise,
    "report": report.screen,
    "silent": question.silent,
    "survey": survey.screen,
    "team": people.team,
    "themes": themes.screen,
    "unattended": conversation.unattended,
    "undelivered": question.undelivered,
    "whose": question.whose,
}
"""Who composes a card, by the first word of its subject ("alert:17")."""
