"""Figures of the questions after the stars, of customers who come again and of the diary."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from desk.reports import Agreed, Facts, week_of
from desk.weeks import Week
from kpi.figures import figure_from_json, mean_time
from kpi.quality import (
    REQUIRED,
    abandoned_share,
    diary_completeness,
    diary_gap,
    fcr,
    repeat_share,
    self_solved_share,
)
from kpi.records import (
    ClosedConversation,
    FirstResponse,
    Foreseen,
    LeftOut,
    Outcome,
    Recovery,
    Said,
    Sent,
    Wait,
    WaitEnd,
    WeekAfter,
    WrittenEntry,
)
from kpi.satisfaction import ces, nps, professional_share, recovery_share, satisfied_share
from kpi.score import Category, default_plan
from kpi.times import (
    first_response_time,
    handle_time,
    overdue,
    overdue_share,
    reply_time,
    resolution_time,
)
from kpi.volume import messages, solved, spam_count

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
SOLVED = Outcome.SOLVED


def test_yes_among_those_who_answered() -> None:
    answers = [Said(1)] * 4 + [Said(0), Said(None), Said(0, excluded=True)]
    for figure in (satisfied_share(answers), professional_share(answers)):
        assert (figure.hits, figure.n, figure.enough) == (4, 5, True)
        assert figure.left_out == {LeftOut.EXCLUDED: 1, LeftOut.NOT_ANSWERED: 1}


def test_nps_is_promoters_less_detractors() -> None:
    figure = nps([Said(10)] * 5 + [Said(9), Said(8), Said(7), Said(6), Said(0), Said(None)])
    assert (figure.value, figure.n, figure.enough) == (40.0, 10, True)
    assert [figure.distribution[point] for point in range(11)] == [1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 5]
    assert figure.left_out == {LeftOut.NOT_ANSWERED: 1}
    assert not nps([Said(10)] * 9).enough


@given(st.lists(st.integers(0, 10), min_size=2, max_size=60))
def test_the_interval_of_nps_is_students_cut_to_the_scale(answers: list[int]) -> None:
    figure = nps(Said(answer) for answer in answers)
    worth = [100 if x >= 9 else -100 if x <= 6 else 0 for x in answers]
    share = sum(w == 100 for w in worth) - sum(w == -100 for w in worth)
    assert figure.value == pytest.approx(100 * share / len(answers))
    assert figure_from_json(figure.to_json()) == figure
    if len(set(worth)) == 1:
        assert (figure.low, figure.high) == (None, None)
        return
    low, high = stats.t.interval(0.95, len(worth) - 1, figure.value, stats.sem(worth))
    assert figure.low == pytest.approx(max(-100, low))
    assert figure.high == pytest.approx(min(100, high))


def test_ease_is_a_mean_of_its_own_scale() -> None:
    figure = ces([Said(7), Said(7), Said(6), Said(5), Said(1)])
    assert (figure.value, figure.n, figure.enough) == (5.2, 5, True)
    assert figure.high == 7.0


def test_solved_the_first_time() -> None:
    figure = fcr(
        [WeekAfter(SOLVED)] * 6
        + [WeekAfter(SOLVED, denied=True), WeekAfter(SOLVED, came_again=True)]
        + [WeekAfter(SOLVED, was_again=True)] * 2
        + [WeekAfter(Outcome.NOT_SOLVED), WeekAfter(Outcome.SPAM), WeekAfter(None)]
        + [WeekAfter(SOLVED, came_again=None, was_again=None)]
    )
    assert (figure.hits, figure.n, figure.enough) == (6, 10, True)
    assert figure.left_out == {LeftOut.UNKNOWN: 2}


def test_customers_who_come_again() -> None:
    figure = repeat_share(
        [WeekAfter(Outcome.NOT_SOLVED, came_again=True)] * 3
        + [WeekAfter(SOLVED)] * 7
        + [WeekAfter(Outcome.SPAM, came_again=True), WeekAfter(Outcome.LEFT), WeekAfter(None)]
        + [WeekAfter(SOLVED, came_again=None)]
    )
    assert (figure.hits, figure.n, figure.enough) == (3, 10, True)
    assert figure.left_out == {LeftOut.SPAM: 1, LeftOut.LEFT: 1, LeftOut.UNKNOWN: 2}


def test_completeness_is_a_mean_of_parts() -> None:
    figure = diary_completeness([WrittenEntry(len(REQUIRED))] * 4 + [WrittenEntry(1)])
    assert figure.value == pytest.approx((4 + 1 / len(REQUIRED)) / 5)
    assert (figure.n, figure.enough, figure.high) == (5, True, 1.0)
    assert figure_from_json(figure.to_json()) == figure
    assert diary_completeness([]).value is None


def test_what_counts_in_which_part_of_the_score() -> None:
    """NPS by the answers of 13 weeks, though this week has none."""
    facts = Facts(
        professional=[Said(1)] * 9 + [Said(0)],
        weeks_after=[WeekAfter(SOLVED)] * 8 + [WeekAfter(SOLVED, came_again=True)] * 2,
        recommended_lately=[Said(10)] * 5 + [Said(8)] * 5,
        entries=[WrittenEntry(5)] * 5,
    )
    week = week_of(Week(date(2026, 3, 2)), facts, {}, Agreed(default_plan(300)), NOW)
    assert week.scored is not None
    points = {
        metric.metric: round(metric.points)
        for part in week.scored.score.categories
        for metric in part.metrics
        if metric.points is not None
    }
    assert points == {
        "professional_share": 80,
        "fcr": 100,
        "nps": 100,
        "repeat_share": 50,
        "diary_completeness": 114,
    }
    assert not week.figures["nps"].enough
    parts = {part.category: part.points for part in week.scored.score.categories}
    assert parts[Category.INITIATIVE] is None


def test_solved_alone_is_among_the_solved() -> None:
    closed = [ClosedConversation(SOLVED, alone=True)] * 7
    closed += [ClosedConversation(SOLVED, alone=False)] * 3
    closed += [ClosedConversation(SOLVED), ClosedConversation(Outcome.SPAM, alone=True)]
    figure = self_solved_share(closed)
    assert (figure.hits, figure.n, figure.left_out) == (7, 10, {LeftOut.UNKNOWN: 1})


def test_closed_without_a_word_of_ours_spam_left_out() -> None:
    closed = [ClosedConversation(Outcome.NO_ANSWER, answered=False)] * 2
    closed += [ClosedConversation(Outcome.LEFT, answered=True)] * 8
    closed += [ClosedConversation(Outcome.SPAM, answered=False), ClosedConversation(SOLVED)]
    figure = abandoned_share(closed)
    assert (figure.hits, figure.n) == (2, 10)
    assert figure.left_out == {LeftOut.SPAM: 1, LeftOut.UNKNOWN: 1}


def test_a_time_is_of_what_was_taken_and_of_what_was_solved() -> None:
    closed = [
        ClosedConversation(SOLVED, handle_seconds=60.0 * n, resolution_seconds=90.0 * n)
        for n in range(1, 11)
    ]
    closed += [ClosedConversation(Outcome.SPAM, taken=False, resolution_seconds=5.0)]
    handled, resolved = handle_time(closed), resolution_time(closed)
    assert (handled.value, handled.n, handled.left_out) == (330, 10, {LeftOut.NOT_TAKEN: 1})
    assert (resolved.value, resolved.n, resolved.left_out) == (495, 10, {})
    assert figure_from_json(handled.to_json()) == handled


@given(st.lists(st.floats(0, 1e5), min_size=2, max_size=40))
def test_a_mean_of_times_has_students_interval_from_nothing_on(seconds: list[float]) -> None:
    figure = mean_time(seconds, 2)
    assert figure.value == pytest.approx(sum(seconds) / len(seconds))
    if figure.low is not None and figure.high is not None:
        error = stats.sem(seconds)
        low, high = stats.t.interval(0.95, len(seconds) - 1, figure.value, error)
        assert figure.low == pytest.approx(max(0, low), rel=1e-5, abs=1e-6)
        assert figure.high == pytest.approx(high, rel=1e-5, abs=1e-6)


def test_replies_are_timed_where_they_came_and_late_ones_counted() -> None:
    on_time = Wait(NOW, NOW, WaitEnd.ANSWERED, seconds=100)
    late = Wait(NOW, NOW + timedelta(seconds=1), WaitEnd.ANSWERED, seconds=400)
    never = Wait(NOW, NOW, WaitEnd.CLOSED)
    thanks = Wait(NOW, NOW, WaitEnd.THANKS)
    excused = replace(late, excluded=True)
    waits = [on_time] * 9 + [late, never, thanks, excused]
    assert (overdue(waits, NOW).value, overdue_share(waits, NOW).hits) == (2, 2)
    replies = reply_time(waits)
    assert (replies.value, replies.n) == (100, 10)
    left_out = {LeftOut.NOT_ANSWERED: 1, LeftOut.THANKS: 1, LeftOut.EXCLUDED: 1}
    assert replies.left_out == left_out
    first = FirstResponse(900, excluded=True)
    assert first_response_time([first]).left_out == {LeftOut.EXCLUDED: 1}


def test_made_good_again_is_what_the_customer_says() -> None:
    said = [Recovery(fixed=True)] * 3 + [Recovery(fixed=False)] * 2
    figure = recovery_share([*said, Recovery(fixed=True, excluded=True)])
    assert (figure.hits, figure.n, figure.left_out) == (3, 5, {LeftOut.EXCLUDED: 1})


def test_a_gap_is_a_good_entry_under_a_bad_rating() -> None:
    both = [Foreseen(well, bad) for well in (True, False) for bad in (True, False)]
    figure = diary_gap([*both, Foreseen(went_well=True, negative=True, excluded=True), both[0]])
    assert (figure.hits, figure.n) == (2, 5)


def test_how_much_there_was() -> None:
    assert messages([Sent(3), Sent(2)]).n == 5
    closed = [ClosedConversation(SOLVED, denied=True), ClosedConversation(Outcome.SPAM)]
    assert (solved(closed).n, spam_count(closed).n) == (1, 1)
