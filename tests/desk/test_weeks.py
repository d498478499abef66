"""Weeks, months and quarters lie side by side, and buttons bring the same ones back."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.weeks import KINDS, Month, Quarter, Span, Week, numbered

DAY = st.dates(date(1990, 1, 1), date(2090, 1, 1))
KIND = st.sampled_from(list(KINDS.values()))


@given(DAY, KIND)
def test_a_day_is_in_the_span_that_has_it(day: date, kind: type[Span]) -> None:
    span = kind.on(day)
    assert span.first <= day <= span.last
    assert kind.on(span.first) == kind.on(span.last) == span
    assert numbered(span.number) == span
    assert type(numbered(span.number)) is kind


@given(DAY, KIND, st.integers(-40, 40))
def test_they_lie_side_by_side(day: date, kind: type[Span], many: int) -> None:
    span = kind.on(day)
    assert span.later(1).first == span.last + timedelta(days=1)
    assert span.later(many).later(-many) == span
    assert span.later(many).number == span.number + many
    assert span.end(ZoneInfo("Europe/Moscow")) == span.later(1).start(ZoneInfo("Europe/Moscow"))


def test_as_a_calendar_has_them() -> None:
    day = date(2026, 11, 27)
    assert (Week.on(day).first, Week.on(day).last) == (date(2026, 11, 23), date(2026, 11, 29))
    assert (Month.on(day).first, Month.on(day).last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (Quarter.on(day).first, Quarter.on(day).last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert len(Month.on(day).later(-3).until(Month.on(day))) == 4


@pytest.mark.parametrize("number", [999_999, 1_999_999, 2**63 - 1, 2_000_000])
def test_a_made_up_number_is_no_span(number: int) -> None:
    with pytest.raises((OverflowError, ValueError)):
        numbered(number)
