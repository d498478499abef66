"""What customers felt and said."""

from collections import Counter
from collections.abc import Iterable

from kpi.figures import Mean, Share, mean, net, share
from kpi.records import LeftOut, Rating, Recovery, Said, SolvedAnswer, SurveyOutcome, SurveyState

STARS = (1, 5)
SATISFIED_FROM = 4
MIN_ANSWERS = 5
MIN_SURVEYS = 10
MIN_RECOMMENDING = 10
RECOMMENDING, EASE = (0, 10), (1, 7)
PROMOTERS_FROM, DETRACTORS_TO = 9, 6


def average_rating(ratings: Iterable[Rating]) -> Mean:
    """`average_rating`: mean of ratings with its distribution. 1-5, more is better, from 5 on.

    Counted at the first tap with the last value. Never called CSAT and never judged. No rating
    is no number: whoever was not rated has no average. Source: surveys.
    """
    ratings = list(ratings)
    return mean(_stars(ratings), MIN_ANSWERS, STARS, _excluded(ratings))


def csat(ratings: Iterable[Rating]) -> Share:
    """`csat`: ratings of 4 and 5 among all ratings. %, more is better, from 5 ratings on.

    "Top-2-box", the usual definition, so our figure can be laid beside another
    team's (Intercom, "How is CSAT score calculated": 30 such of 50 are 60 %).
    A survey nobody answered is not a rating: it counts in `survey_response_rate`.
    Counted at the first tap with the last value. Source: surveys.
    """
    ratings = list(ratings)
    stars = _stars(ratings)
    return share(_satisfied(stars), len(stars), MIN_ANSWERS, _excluded(ratings))


def scored_csat(ratings: Iterable[Rating]) -> Share:
    """`csat` as an operator's score reads it: less the ratings that blame only the product."""
    ratings = list(ratings)
    of_people = [rating for rating in ratings if not rating.product_only or rating.excluded]
    stars = _stars(of_people)
    left_out: dict[str, int] = {
        **_excluded(ratings),
        LeftOut.PRODUCT: len(ratings) - len(of_people),
    }
    return share(_satisfied(stars), len(stars), MIN_ANSWERS, left_out)


def confirmed_share(answers: Iterable[SolvedAnswer]) -> Share:
    """`confirmed_share`: "yes" among answers to "Is it solved?". %, more is better, from 5 on.

    Counted at the answer. A question nobody answered is neither yes nor no: it is told beside
    the figure. Source: surveys.
    """
    answers = list(answers)
    counted = [answer for answer in answers if not answer.excluded]
    given = [answer.solved for answer in counted if answer.solved is not None]
    left_out: dict[str, int] = {
        LeftOut.EXCLUDED: len(answers) - len(counted),
        LeftOut.NOT_ANSWERED: len(counted) - len(given),
    }
    return share(sum(given), len(given), MIN_ANSWERS, left_out)


def satisfied_share(answers: Iterable[Said]) -> Share:
    """`satisfied_share`: "yes" among answers to "Are you satisfied with the answers?".

    %, more is better, from 5 on; counted at the answer. Source: surveys.
    """
    return _yes(answers)


def professional_share(answers: Iterable[Said]) -> Share:
    """`professional_share`: "yes" among answers to "Were you answered adequately and
    professionally?". %, more is better, from 5 on; counted at the answer. Source: surveys.
    """
    return _yes(answers)


def nps(answers: Iterable[Said]) -> Mean:
    """`nps`: % of 9 and 10 less % of 0 to 6, of answers 0 to 10 (Reichheld, 2003).

    -100 to 100, more is better, from 10 on; shown with its distribution and never judged. Its
    interval is Student's, of answers worth 100, 0 and -100. Counted at the answer. Source:
    surveys.
    """
    given, left_out = _given(answers)
    return net(given, MIN_RECOMMENDING, RECOMMENDING, _recommends, left_out)


def ces(answers: Iterable[Said]) -> Mean:
    """`ces`: mean of "It was easy to get my question solved", 1 to 7 (Dixon, 2010).

    More is better, from 5 on; counted at the answer. Source: surveys.
    """
    given, left_out = _given(answers)
    return mean(given, MIN_ANSWERS, EASE, left_out)


def survey_response_rate(surveys: Iterable[SurveyOutcome]) -> Share:
    """`survey_response_rate`: surveys answered among answered or expired.

    %, more is better, from 10 on; counted at the answer or the expiry. Surveys still open, and
    those not sent with the reason why, are told beside the figure. Source: surveys.
    """
    counted: Counter[SurveyState] = Counter()
    left_out: Counter[str] = Counter()
    for survey in surveys:
        if survey.excluded:
            left_out[LeftOut.EXCLUDED] += 1
        elif survey.state is SurveyState.OPEN:
            left_out[LeftOut.OPEN] += 1
        elif survey.state is SurveyState.NOT_SENT:
            why = f".{survey.not_sent}" if survey.not_sent else ""
            left_out[LeftOut.NOT_SENT + why] += 1
        else:
            counted[survey.state] += 1
    return share(counted[SurveyState.ANSWERED], counted.total(), MIN_SURVEYS, left_out)


def recovery_share(recoveries: Iterable[Recovery]) -> Share:
    """`recovery_share`: customers who say that it is fixed now, among those with a rating ever
    negative that was followed up, who answered.

    %, more is better, from 5 on; counted at the answer, with the last one. Source: alerts.
    """
    recoveries = list(recoveries)
    counted = [each.fixed for each in recoveries if not each.excluded]
    left_out: dict[str, int] = {LeftOut.EXCLUDED: len(recoveries) - len(counted)}
    return share(sum(counted), len(counted), MIN_ANSWERS, left_out)


def _stars(ratings: Iterable[Rating]) -> list[int]:
    return [rating.stars for rating in ratings if not rating.excluded]


def _satisfied(stars: Iterable[int]) -> int:
    return sum(given >= SATISFIED_FROM for given in stars)


def _excluded(ratings: Iterable[Rating]) -> dict[str, int]:
    return {LeftOut.EXCLUDED: sum(rating.excluded for rating in ratings)}


def _yes(answers: Iterable[Said]) -> Share:
    given, left_out = _given(answers)
    return share(sum(given), len(given), MIN_ANSWERS, left_out)


def _given(answers: Iterable[Said]) -> tuple[list[int], dict[str, int]]:
    """The answers there are, and why others are not."""
    answers = list(answers)
    counted = [each.answer for each in answers if not each.excluded]
    given = [answer for answer in counted if answer is not None]
    return given, {
        LeftOut.EXCLUDED: len(answers) - len(counted),
        LeftOut.NOT_ANSWERED: len(counted) - len(given),
    }


def _recommends(answer: int) -> int:
    return 100 * ((answer >= PROMOTERS_FROM) - (answer <= DETRACTORS_TO))
