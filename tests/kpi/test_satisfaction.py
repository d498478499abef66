import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.records import Rating, SolvedAnswer, SurveyOutcome, SurveyState
from kpi.satisfaction import (
    average_rating,
    confirmed_share,
    csat,
    scored_csat,
    survey_response_rate,
)


def rated(*stars: int) -> list[Rating]:
    return [Rating(given) for given in stars]


@pytest.mark.parametrize(
    ("stars", "value", "enough"),
    [
        pytest.param([], None, False, id="nobody rated"),
        pytest.param([5, 4], 1.0, False, id="too few to say"),
        pytest.param([3] * 5, 0.0, True, id="neutral is not satisfied"),
        pytest.param([5] * 10 + [4] * 20 + [3] * 10 + [1] * 10, 0.6, True, id="Intercom: 60 %"),
    ],
)
def test_csat(stars: list[int], value: float | None, enough: bool) -> None:
    figure = csat(rated(*stars))
    assert (figure.value, figure.n, figure.enough) == (value, len(stars), enough)


def test_the_interval_is_wilsons() -> None:
    figure = csat(rated(*[5] * 30 + [1] * 20))
    assert (figure.low, figure.high) == pytest.approx((0.4618, 0.7239), abs=1e-4)


def test_an_excluded_rating_is_in_no_figure_and_is_told() -> None:
    ratings = [*rated(5, 4, 5, 3, 5), Rating(1, excluded=True)]
    for figure in (csat(ratings), average_rating(ratings), scored_csat(ratings)):
        assert (figure.n, figure.left_out) == (5, {"excluded": 1})
    assert csat(ratings).value == 0.8
    assert average_rating(ratings).value == 4.4
    assert average_rating(ratings).distribution == {1: 0, 2: 0, 3: 1, 4: 1, 5: 3}


def test_blaming_only_the_product_counts_in_csat_and_not_in_the_score() -> None:
    ratings = [*rated(5, 5, 5, 5, 1), Rating(1, product_only=True)]
    assert (csat(ratings).hits, csat(ratings).n) == (4, 6)
    assert (scored_csat(ratings).hits, scored_csat(ratings).n) == (4, 5)
    assert scored_csat(ratings).left_out == {"product": 1}


def test_no_answer_is_neither_yes_nor_no() -> None:
    answers = [SolvedAnswer(True)] * 4 + [SolvedAnswer(False)] + [SolvedAnswer(None)] * 3
    figure = confirmed_share([*answers, SolvedAnswer(True, excluded=True)])
    assert (figure.value, figure.n, figure.enough) == (0.8, 5, True)
    assert figure.left_out == {"not_answered": 3, "excluded": 1}


def test_open_and_unsent_surveys_stand_beside_the_rate() -> None:
    figure = survey_response_rate(
        [SurveyOutcome(SurveyState.ANSWERED)] * 6
        + [SurveyOutcome(SurveyState.EXPIRED)] * 4
        + [SurveyOutcome(SurveyState.OPEN)] * 2
        + [SurveyOutcome(SurveyState.NOT_SENT, "recent")] * 3
        + [SurveyOutcome(SurveyState.NOT_SENT)]
        + [SurveyOutcome(SurveyState.ANSWERED, excluded=True)]
    )
    assert (figure.value, figure.n, figure.enough) == (0.6, 10, True)
    assert figure.left_out == {"open": 2, "not_sent.recent": 3, "not_sent": 1, "excluded": 1}


@given(st.lists(st.integers(1, 5), min_size=1))
def test_the_figure_lies_in_its_interval_whatever_the_order(stars: list[int]) -> None:
    figure = csat(rated(*stars))
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    assert 0.0 <= figure.low <= figure.value <= figure.high <= 1.0
    assert csat(rated(*sorted(stars))) == figure
