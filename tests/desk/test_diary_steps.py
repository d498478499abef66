from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.diary_content import Content
from desk.diary_steps import FIELDS, Step, cleared, has_answer, is_long, later, who
from desk.rules import Rules
from i18n.pages import pages, units
from kpi.quality import REQUIRED
from storage.models import Channel, DiaryEntry, DiaryStatus

NOON = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Monday, 12:00 in Moscow."""

contents = st.builds(
    Content,
    at=st.just(NOON),
    channel=st.none() | st.sampled_from(Channel),
    customer_id=st.none() | st.integers(1, 9),
    customer_name=st.text(),
    customer_contact=st.text(),
    request=st.text(),
    done=st.text(),
    result=st.text(),
    mood=st.none() | st.integers(1, 5),
    status=st.none() | st.sampled_from(DiaryStatus),
    follow_up_at=st.none() | st.just(NOON),
    photos=st.lists(st.text(), max_size=3).map(tuple),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Pavel", ("Pavel", "")),
        ("Pavel, +7 900 000-00-00", ("Pavel", "+7 900 000-00-00")),
        ("Pavel\npavel@example.com", ("Pavel", "pavel@example.com")),
        ("Pavel, Moscow, +7 900", ("Pavel", "Moscow, +7 900")),
        ("+7 900 000-00-00", ("", "+7 900 000-00-00")),
        ("@pavel", ("", "@pavel")),
        ("Agent 007", ("Agent 007", "")),
        (", 12345", ("", "12345")),
        ("<b>Павел</b> 😀", ("<b>Павел</b> 😀", "")),
    ],
)
def test_who_the_customer_is(words: str, found: tuple[str, str]) -> None:
    assert who(words) == found


@pytest.mark.parametrize(
    ("choice", "moment"),
    [
        ("evening", "2026-03-02 15:00"),
        ("tomorrow", "2026-03-03 07:00"),
        ("days3", "2026-03-05 07:00"),
        ("monday", "2026-03-09 07:00"),
    ],
)
def test_when_the_buttons_mean(choice: str, moment: str) -> None:
    assert f"{later(choice, Rules(), NOON):%Y-%m-%d %H:%M}" == moment


@given(contents)
def test_a_content_is_read_back_as_it_was(content: Content) -> None:
    assert Content.from_json(content.to_json()) == content
    entry = DiaryEntry(conversation_id=12)
    content.put_into(entry)
    assert Content.of(entry) == content


@given(contents, contents, contents)
def test_corrections_made_side_by_side_join(base: Content, ours: Content, theirs: Content) -> None:
    joined = theirs.with_changes(base, ours)
    for field in ("request", "mood", "status", "photos"):
        mine = getattr(ours, field) != getattr(base, field)
        assert getattr(joined, field) == getattr(ours if mine else theirs, field)


@given(contents)
def test_what_is_cleared_has_no_answer(content: Content) -> None:
    for step in (Step.CUSTOMER, Step.REQUEST, Step.MOOD, Step.STATUS):
        assert not has_answer(cleared(content, step), step)
    assert cleared(content, Step.FIELDS).photos == ()
    assert cleared(content, Step.TIME) == content


def test_completeness_counts_required_fields() -> None:
    empty = Content(at=NOON, customer_name="Pavel", result="fine")
    full = Content(at=NOON, channel=Channel.PHONE, request="a", done="b", mood=1)
    assert (empty.filled, full.filled, len(REQUIRED)) == (0, 4, 5)
    assert set(REQUIRED) <= {field for fields in FIELDS.values() for field in fields}


@pytest.mark.parametrize(
    ("words", "long"), [("a" * 3_799, False), ("a" * 3_800, True), ("😀" * 1_900, True)]
)
def test_a_text_telegram_may_have_cut(words: str, long: bool) -> None:
    assert is_long(words) is long


@given(st.text(alphabet="a \n😀<"), st.integers(2, 20))
def test_pages_fit_and_lose_nothing_but_white_space(words: str, at_most: int) -> None:
    parts = pages(words, at_most)
    assert all(units(part) <= at_most for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())
    assert all(len(part.encode("utf-16-le")) == 2 * units(part) for part in parts)
