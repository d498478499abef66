"""Figures of the questions after the stars, of customers who come again and of the diary."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from desk.reports import Agreed, Facts, week_of
from desk.weeks import Week
from kpi.figures import figure_from_json
from kpi.quality import REQUIRED, diary_completeness, fcr, repeat_share
from kpi.records import LeftOut, Outcome, Said, WeekAfter, WrittenEntry
from kpi.satisfaction import ces, nps, professional_share, satisfied_share
from kpi.score import Category, default_plan

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
