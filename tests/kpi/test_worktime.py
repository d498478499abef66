from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.worktime import Schedule

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")
OFFICE = "mon-fri 09:00-13:00 14:00-18:00; sat 22:00-06:00"


def at(spelled: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.fromisoformat(spelled).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        pytest.param("2026-11-20 10:00", 5, "2026-11-20 10:05", id="inside"),
        pytest.param("2026-11-20 12:58", 5, "2026-11-20 14:03", id="over lunch"),
        pytest.param("2026-11-20 12:55", 5, "2026-11-20 13:00", id="to the last minute"),
        pytest.param("2026-11-20 19:00", 5, "2026-11-21 22:05", id="Friday night to Saturday's"),
        pytest.param("2026-11-22 05:58", 5, "2026-11-23 09:03", id="out of the night"),
        pytest.param("2026-11-22 12:00", 0, "2026-11-22 12:00", id="nothing takes no time"),
    ],
)
def test_working_time_passes_only_in_working_hours(start: str, minutes: int, end: str) -> None:
    schedule = Schedule.parse(OFFICE, "", MOSCOW)
    assert schedule.add(at(start), minutes * 60) == at(end)
    assert schedule.between(at(start), at(end)) == minutes * 60


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        pytest.param("2026-11-20 09:00", "2026-11-20 09:00", id="at opening"),
        pytest.param("2026-11-20 13:00", "2026-11-20 14:00", id="at closing no longer"),
        pytest.param("2026-11-22 05:59", "2026-11-22 05:59", id="Sunday, in Saturday's night"),
        pytest.param("2026-11-22 06:00", "2026-11-23 09:00", id="Sunday"),
        pytest.param("2025-12-31 10:00", "2026-01-10 22:00", id="Russia is on holiday"),
    ],
)
def test_when_the_team_is_back(moment: str, opens: str) -> None:
    schedule = Schedule.parse(OFFICE, "RU", MOSCOW)
    assert schedule.opens_after(at(moment)) == at(opens)
    assert schedule.is_open(at(moment)) is (moment == opens)


def test_a_holiday_takes_the_night_that_starts_on_it_only() -> None:
    nights = Schedule.parse("mon-sun 22:00-06:00", "2026-11-18", MOSCOW)
    assert nights.is_open(at("2026-11-18 05:00"))
    assert not nights.is_open(at("2026-11-18 23:00"))
    assert not nights.is_open(at("2026-11-19 05:00"))


@pytest.mark.parametrize(
    ("hours", "start", "end", "worked"),
    [
        pytest.param("sun 00:00-24:00", "2026-03-29", "2026-03-30", 23, id="spring's day"),
        pytest.param("sun 00:00-24:00", "2026-10-25", "2026-10-26", 25, id="autumn's day"),
        pytest.param("sat 22:00-06:00", "2026-03-28", "2026-03-30", 7, id="spring's night"),
        pytest.param("sun 02:30-05:00", "2026-03-29", "2026-03-30", 1.5, id="opens at 03:30"),
        pytest.param("sun 02:15-02:45", "2026-03-29", "2026-03-30", 0.5, id="03:15 to 03:45"),
        pytest.param("sun 02:30-03:10", "2026-03-29", "2026-03-30", 0, id="moved past its end"),
        pytest.param("sun 01:00-02:30", "2026-10-25", "2026-10-26", 1.5, id="closes at the first"),
        pytest.param("sun 02:30-04:00", "2026-10-25", "2026-10-26", 2.5, id="opens at the first"),
    ],
)
def test_the_night_the_clocks_change(hours: str, start: str, end: str, worked: float) -> None:
    schedule = Schedule.parse(hours, "", BERLIN)
    assert schedule.between(at(start, BERLIN), at(end, BERLIN)) == worked * 3600


@pytest.mark.parametrize(
    ("hours", "same"),
    [
        ("mon,wed,fri 10:00-19:00", "mon 10:00-19:00; wed 10:00-19:00; fri 10:00-19:00"),
        ("Sat-Mon 10:00-19:00", "sat,sun,mon 10:00-19:00"),
        ("mon 09:00-13:00 12:00-18:00", "mon 09:00-18:00"),
        ("mon-sun 00:00-24:00", "24/7"),
        ("mon-sun 08:00-00:00", "mon-sun 08:00-24:00;"),
    ],
)
def test_two_ways_to_write_the_same_hours(hours: str, same: str) -> None:
    one, other = Schedule.parse(hours, "", BERLIN), Schedule.parse(same, "", BERLIN)
    start = at("2026-03-23", BERLIN)
    for hour in range(24 * 14):
        moment = start + timedelta(hours=hour)
        assert one.opens_after(moment) == other.opens_after(moment)
        assert one.between(start, moment) == other.between(start, moment)


@pytest.mark.parametrize(
    ("hours", "holidays", "says"),
    [
        ("", "", "a part without days and times"),
        ("mon-fri", "", "“mon-fri” has no times"),
        ("mon-fry 09:00-18:00", "", "“fry” is not a day"),
        ("09:00-18:00", "", "is not a day"),
        ("mon 9:00-18:00", "", "“9:00-18:00” is not a span of times"),
        ("mon 09:00-24:30", "", "“09:00-24:30” is not a span of times"),
        ("mon 09:00-09:00", "", "ends where it starts"),
        ("24/7", "RUS", "“RUS” is neither a country code"),
        ("24/7", "XX", "no holidays are known for the country “XX”"),
        ("24/7", "2026-02-30", "“2026-02-30” is neither"),
        (
            "sun 10:00-11:00",
            ",".join(f"{datetime(2026, 1, 4) + timedelta(weeks=n):%Y-%m-%d}" for n in range(52)),  # noqa: DTZ001
            "works on no day of 2026",
        ),
    ],
)
def test_a_wrong_value_says_what_is_wrong(hours: str, holidays: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        Schedule.parse(hours, holidays, MOSCOW)
    assert "\n" not in str(refused.value)


def test_the_same_settings_are_read_once() -> None:
    assert Schedule.parse(OFFICE, "RU", MOSCOW) is Schedule.parse(OFFICE, "RU", MOSCOW)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Schedule.parse("24/7", "", MOSCOW).add(datetime(2026, 1, 1), 1)  # noqa: DTZ001


ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "UTC",
            "Europe/Berlin",
            "America/Sao_Paulo",  # midnight itself was missing
            "Australia/Lord_Howe",  # by half an hour
            "Atlantic/Azores",
            "Asia/Kathmandu",
            "Africa/Casablanca",
        )
    ]
)
QUARTERS = st.integers(0, 95).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
SPANS = st.one_of(
    st.just("00:00-24:00"),
    st.tuples(QUARTERS, QUARTERS).filter(lambda t: t[0] != t[1]).map("-".join),
)
NAMES = st.sampled_from(["mon", "tue-thu", "sat,sun", "fri-mon", "wed,sat", "mon-sun"])
PARTS = st.tuples(NAMES, st.lists(SPANS, min_size=1, max_size=3)).map(
    lambda part: f"{part[0]} {' '.join(part[1])}"
)
HOURS = st.one_of(st.just("24/7"), st.lists(PARTS, min_size=1, max_size=3).map("; ".join))
SCHEDULES = st.builds(
    Schedule.parse, HOURS, st.sampled_from(["", "RU", "DE,2018-11-04", "2026-03-29"]), ZONES
)
MOMENTS = st.datetimes(
    datetime(2018, 1, 1),  # noqa: DTZ001
    datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
SECONDS = st.one_of(st.integers(0, 3 * 86_400), st.floats(0, 3 * 86_400))


@given(SCHEDULES, MOMENTS, SECONDS)
@settings(deadline=None)
def test_adding_is_the_inverse_of_counting(s: Schedule, start: datetime, seconds: float) -> None:
    end = s.add(start, seconds)
    assert s.between(start, end) == pytest.approx(seconds, abs=1e-6)
    assert end == start or s.between(start, end - timedelta(microseconds=1)) < s.between(
        start, end
    )


@given(SCHEDULES, MOMENTS, SECONDS, SECONDS)
@settings(deadline=None)
def test_two_waits_are_as_long_as_the_one_they_make(
    s: Schedule, start: datetime, first: float, second: float
) -> None:
    middle = s.add(start, first)
    end = s.add(middle, second)
    assert s.between(start, end) == pytest.approx(
        s.between(start, middle) + s.between(middle, end), abs=1e-6
    )
    assert start <= middle <= end
    assert s.add(start, first + second) - end <= timedelta(microseconds=2)


@given(SCHEDULES, st.lists(MOMENTS, min_size=2, max_size=4), st.integers(0, 86_400))
@settings(deadline=None)
def test_who_waits_from_later_on_is_due_no_earlier(
    s: Schedule, moments: list[datetime], seconds: int
) -> None:
    for a, b in pairwise(sorted(moments)):
        assert s.add(a, seconds) <= s.add(b, seconds)
        assert 0 <= s.between(a, b) <= (b - a).total_seconds()
        assert s.between(b, a) == 0 or a == b
        assert s.opens_after(a) <= s.opens_after(b)


@given(SCHEDULES, MOMENTS)
@settings(deadline=None)
def test_opening_is_the_first_open_moment(s: Schedule, moment: datetime) -> None:
    opens = s.opens_after(moment)
    assert s.is_open(opens)
    assert opens.utcoffset() == timedelta()
    assert s.between(moment, opens) == 0
    assert s.is_open(moment) is (opens == moment)
