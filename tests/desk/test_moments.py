from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.moments import Side, Trouble, parse

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=MOSCOW)


def read(words: str, side: Side) -> str:
    found = parse(words, MONDAY, MOSCOW, side)
    return (
        found.value if isinstance(found, Trouble) else f"{found.astimezone(MOSCOW):%Y-%m-%d %H:%M}"
    )


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("14:30", "2026-03-02 14:30"),
        ("в 14:30", "2026-03-02 14:30"),
        ("at 2:30 pm", "2026-03-02 14:30"),
        ("3pm", "2026-03-02 15:00"),
        ("в 18", "2026-03-02 18:00"),
        ("завтра в 15", "2026-03-03 15:00"),
        ("on Friday at 16", "2026-03-06 16:00"),
        ("через 3 дня в 9", "2026-03-05 09:00"),
        ("в 25", "unreadable"),
        ("завтра 15", "unreadable"),
        ("сегодня 18:00", "2026-03-02 18:00"),
        ("today at 18:00", "2026-03-02 18:00"),
        ("Завтра в 9:05", "2026-03-03 09:05"),
        ("tomorrow, 10:00", "2026-03-03 10:00"),
        ("завтра", "2026-03-03 10:00"),
        ("послезавтра 10:00", "2026-03-04 10:00"),
        ("пятница", "2026-03-06 10:00"),
        ("в пятницу в 16:00", "2026-03-06 16:00"),
        ("on friday at 4 pm", "2026-03-06 16:00"),
        ("monday", "2026-03-09 10:00"),
        ("12.03 15:00", "2026-03-12 15:00"),
        ("12.03.2026 15:00", "2026-03-12 15:00"),
        ("1.02.27", "2027-02-01 10:00"),
        ("1 марта", "2027-03-01 10:00"),
        ("2026-03-12 15:00", "2026-03-12 15:00"),
        ("12 марта, 15:00", "2026-03-12 15:00"),
        ("12 March at 3 pm", "2026-03-12 15:00"),
        ("March 12, 15:00", "2026-03-12 15:00"),
        ("через час", "2026-03-02 13:00"),
        ("через полчаса", "2026-03-02 12:30"),
        ("через 45 мин", "2026-03-02 12:45"),
        ("in 2 hours", "2026-03-02 14:00"),
        ("in 3 days", "2026-03-05 10:00"),
        ("через 3 дня в 15:00", "2026-03-05 15:00"),
        ("через неделю", "2026-03-09 10:00"),
        ("11:59", "passed"),
        ("12:00", "passed"),
        ("вчера 10:00", "passed"),
        ("12.03.2031 15:00", "far"),
        ("", "unreadable"),
        ("потом", "unreadable"),
        ("25:00", "unreadable"),
        ("14:60", "unreadable"),
        ("13 pm", "unreadable"),
        ("0 am", "unreadable"),
        ("14.30", "unreadable"),
        ("31.02 10:00", "unreadable"),
        ("29.02.2027", "unreadable"),
        ("0.03 10:00", "unreadable"),
        ("12/03 10:00", "unreadable"),
        ("0001-01-01 00:00", "unreadable"),
        ("9999-12-31 23:59", "unreadable"),
        ("завтра 10:00 или 11:00", "unreadable"),
        ("завтра послезавтра", "unreadable"),
        ("позвонить завтра 10:00", "unreadable"),
        ("через 2 часа в 15:00", "unreadable"),
        ("2 часа назад", "unreadable"),
        ("5", "unreadable"),
        ("15", "unreadable"),
        ("через", "unreadable"),
        ("99999999999999:00", "unreadable"),
        ("٣:٠٠ pm!", "unreadable"),
    ],
)
def test_what_is_still_to_be_done(words: str, moment: str) -> None:
    assert read(words, "future") == moment


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("сейчас", "2026-03-02 12:00"),
        ("now", "2026-03-02 12:00"),
        ("11:30", "2026-03-02 11:30"),
        ("вчера 10:00", "2026-03-01 10:00"),
        ("Yesterday at 10:00", "2026-03-01 10:00"),
        ("вчера в 18", "2026-03-01 18:00"),
        ("позавчера в 18:20", "2026-02-28 18:20"),
        ("пятница 10:00", "2026-02-27 10:00"),
        ("monday 13:00", "2026-02-23 13:00"),
        ("понедельник 11:00", "2026-03-02 11:00"),
        ("28.02 15:00", "2026-02-28 15:00"),
        ("12.03 15:00", "2025-03-12 15:00"),
        ("полчаса назад", "2026-03-02 11:30"),
        ("час назад", "2026-03-02 11:00"),
        ("2 hours ago", "2026-03-02 10:00"),
        ("14:30", "ahead"),
        ("завтра 10:00", "ahead"),
        ("12.03.1999 10:00", "far"),
        ("вчера", "unreadable"),
        ("12.03", "unreadable"),
        ("in 2 hours", "unreadable"),
        ("😀", "unreadable"),
    ],
)
def test_what_has_happened(words: str, moment: str) -> None:
    assert read(words, "past") == moment


def test_a_missing_wall_time_moves_forward_and_a_doubled_one_is_its_first() -> None:
    spring = parse("29.03 02:30", datetime(2026, 3, 20, tzinfo=UTC), BERLIN, "future")
    autumn = parse("25.10 02:30", datetime(2026, 10, 20, tzinfo=UTC), BERLIN, "future")
    assert spring == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert autumn == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered(words: str) -> None:
    sides: tuple[Side, ...] = ("past", "future")
    for side in sides:
        found = parse(words, MONDAY, MOSCOW, side)
        assert isinstance(found, Trouble | datetime)


@given(st.integers(1, 364), st.integers(0, 1439))
def test_every_moment_of_the_year_ahead_can_be_typed(days: int, minute: int) -> None:
    wanted = MONDAY.replace(hour=minute // 60, minute=minute % 60) + timedelta(days=days)
    for words in (f"{wanted:%d.%m.%Y %H:%M}", f"{wanted:%Y-%m-%d %H:%M}"):
        assert parse(words, MONDAY, MOSCOW, "future") == wanted
