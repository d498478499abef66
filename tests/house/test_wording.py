"""Moments and numbers as they are read in the middle of a sentence."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from i18n import texts_for

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("language", "moment", "alone", "after"),
    [
        ("ru", NOW, "10:00", "10:00"),
        ("ru", NOW + DAY, "завтра, 10:00", "10:00 завтра"),
        ("ru", NOW - DAY, "вчера, 10:00", "10:00 вчера"),
        ("ru", NOW - 7 * DAY, "23 февраля, 10:00", "23 февраля, 10:00"),
        ("en", NOW, "10:00", "10:00"),
        ("en", NOW + DAY, "tomorrow, 10:00", "tomorrow, 10:00"),
        ("en", NOW - DAY, "yesterday, 10:00", "yesterday, 10:00"),
        ("en", NOW - 7 * DAY, "23 February, 10:00", "23 February, 10:00"),
    ],
)
def test_a_moment_reads_well_after_a_preposition(
    language: str, moment: datetime, alone: str, after: str
) -> None:
    texts = texts_for(language)
    assert texts.moment(moment, MOSCOW, NOW) == alone
    assert texts.bound(moment, MOSCOW, NOW) == after  # «с …», «до …», "since …", "by …"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Павел", "№ 5 · Павел"),
        ("שרה", "№ 5 · \u2068שרה\u2069"),
        ("\u202eевил", "№ 5 · \u2068\u202eевил\u2069"),
        ("\u2069\u202eевил", "№ 5 · \u2068\u202eевил\u2069"),  # nor can it end ours
    ],
)
def test_a_name_turns_no_line_around(name: str, read: str) -> None:
    assert texts_for("ru").plain("conversation-label", number=5, customer=name) == read


@pytest.mark.parametrize(
    ("language", "read"), [("ru", "№ 12345 у вас"), ("en", "No. 12345 is yours")]
)
def test_a_number_is_read_as_it_is_typed(language: str, read: str) -> None:
    assert texts_for(language).plain("conversation-taken-toast", number=12345) == read
