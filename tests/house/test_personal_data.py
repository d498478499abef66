"""Whoever adds a column that can hold words decides what becomes of it when a person goes."""

from sqlalchemy import JSON, LargeBinary, String

from handlers.screens import SCREENS
from storage import records
from storage.models import Base
from storage.types import WORDS

EMPTIED = {
    "people": {"name", "display_name", "username", "language", "telegram_language", "phone"},
    "messages": {"text", "entities", "file_id", "heard", "details", "versions", "album"},
    "conversation_events": {"text"},
    "alerts": {"note", "phone", "call_time"},
    "appeals": {"why", "note"},
    "plan_remarks": {"text"},
    "diary_entries": {
        "customer_name", "customer_contact", "request", "done", "result", "photos", "voices",
        "heard", "words",
    },
    "diary_versions": {"content"},
    "diary_drafts": {"content"},
    "kpi_pushes": {"figures"},
    "forms": {"key", "answers"},
    "deliveries": {"content", "picture"},
    "stalled_updates": {"raw"},
    "jobs": {"about"},
}  # fmt: skip
"""By storage/traces.py, or once it is settled; tests/stories/test_privacy.py looks for it."""

HARMLESS = {
    "people": {"theme"},
    "teams": {"name", "setup_hash", "bot_username"},
    "schedules": {"hours", "holidays", "zone"},
    "invites": {"secret_hash"},
    "conversations": {"was"},
    "kpi_plans": {"content"},
    "lexicon_words": {"theme", "words"},
    "imported_conversations": {"source", "external_id", "customer"},
    "imported_operators": {"source", "digest"},
    "surveys": {"questions", "reasons"},
    "answers": {"question", "value"},
    "diary_drafts": {"step", "hint"},
    "forms": {"state"},
    "deliveries": {"key", "subject", "failure"},
    "cards": {"subject", "shown", "failure"},
    "sent_messages": {"subject"},
    "stalled_updates": {"error"},
    "jobs": {"key", "kind", "error"},
    "timers": {"kind", "error"},
    "slots": {"name"},
    "leases": {"name", "holder"},
    "audit_log": {"action", "about", "details"},
}
"""Our own words, numbers and hashes."""


def can_hold_words() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, table in Base.metadata.tables.items():
        for column in table.columns:
            kind = column.type
            of_ours = isinstance(kind, type(WORDS))
            if isinstance(kind, String | JSON | LargeBinary) and not of_ours:
                found.setdefault(name, set()).add(column.name)
    return found


def test_every_column_that_can_hold_words_is_emptied_or_known_to_be_harmless() -> None:
    known = {
        name: EMPTIED.get(name, set()) | HARMLESS.get(name, set()) for name in EMPTIED | HARMLESS
    }
    assert can_hold_words() == known


NUMBERS_ALONE = {"kpi_pushes": {"figures"}}
"""Emptied, but of nobody else's words."""


def test_no_words_are_exported_unasked() -> None:
    exported = {
        name: EMPTIED[name] - NUMBERS_ALONE.get(name, set())
        for name in records.tables()
        if name in EMPTIED
    }
    told = {name: set(columns) for name, columns in records.WORDS.items()}
    assert {n: c - told.get(n, set()) for n, c in exported.items() if c - told.get(n, set())} == {}


SHOWN_ANEW = {
    "alert", "appeal", "causes", "closing", "conversation", "diaries", "diary", "entry",
    "follow-up", "heard", "late", "late-replies", "member", "more", "nudge", "praise", "team",
    "themes", "unattended", "undelivered", "whose",
}  # fmt: skip
"""On which somebody else may read a customer's name or words; `Traces.subjects` finds them."""

THEIR_OWN = {"afterwards", "call", "comment", "fixed", "silent", "survey"}
"""In the customer's own chat: nothing can be sent there any more."""

OF_NOBODY = {"kpi", "left", "parked", "plan", "report"}


def test_every_card_is_shown_anew_at_a_deletion_or_tells_nothing() -> None:
    assert SCREENS.keys() == SHOWN_ANEW | THEIR_OWN | OF_NOBODY
