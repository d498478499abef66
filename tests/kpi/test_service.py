from datetime import UTC, datetime, timedelta

import pytest

from kpi.catalogue import CATALOGUE, GROUPS
from kpi.figures import Change, Direction, mean, share
from kpi.quality import diary_share, solved_share, solved_share_by_priority
from kpi.records import ClosedConversation, FirstResponse, Outcome, Wait, WaitEnd
from kpi.times import first_response_time, overdue_share
from kpi.volume import handled

DUE = datetime(2026, 11, 20, 14, 7, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SOLVED = ClosedConversation(Outcome.SOLVED)


def test_spam_left_and_unknown_are_out_of_shares_and_told() -> None:
    figure = solved_share(
        [SOLVED] * 7
        + [ClosedConversation(Outcome.NOT_SOLVED), ClosedConversation(Outcome.NO_ANSWER)]
        + [ClosedConversation(Outcome.SOLVED, denied=True)]
        + [ClosedConversation(Outcome.SPAM), ClosedConversation(Outcome.LEFT)]
        + [ClosedConversation(None)] * 2
    )
    assert (figure.hits, figure.n, figure.enough) == (7, 10, True)
    assert figure.left_out == {"spam": 1, "left": 1, "unknown": 2}


def test_solved_by_priority() -> None:
    urgent = ClosedConversation(Outcome.NOT_SOLVED, priority="urgent")
    shares = solved_share_by_priority([SOLVED, urgent, SOLVED])
    assert {name: (s.hits, s.n) for name, s in shares.items()} == {
        "normal": (2, 2),
        "urgent": (0, 1),
    }


def test_a_diary_offered_and_not_written_is_a_no_an_imported_one_unknown() -> None:
    figure = diary_share(
        [ClosedConversation(Outcome.NO_ANSWER, has_diary=True)] * 6
        + [SOLVED] * 4
        + [ClosedConversation(Outcome.SPAM), ClosedConversation(Outcome.SOLVED, has_diary=None)]
    )
    assert (figure.hits, figure.n) == (6, 10)
    assert figure.left_out == {"spam": 1, "unknown": 1}


def test_the_first_response_leaves_out_what_has_no_time() -> None:
    figure = first_response_time(
        [FirstResponse(60.0), FirstResponse(120.0), FirstResponse(600.0), FirstResponse(100.0)]
        + [FirstResponse(None)] * 3
        + [FirstResponse(5.0, opened_by_team=True), FirstResponse(None, known=False)]
    )
    assert (figure.value, figure.mean, figure.p90) == (110.0, 220.0, 600.0)
    assert (figure.n, figure.enough) == (4, False)
    assert figure.left_out == {"not_answered": 3, "opened_by_team": 1, "unknown": 1}


@pytest.mark.parametrize(
    ("wait", "now", "overdue", "left_out"),
    [
        pytest.param(Wait(DUE, DUE, WaitEnd.ANSWERED), DUE, False, None, id="at the last moment"),
        pytest.param(Wait(DUE, DUE + SECOND, WaitEnd.ANSWERED), DUE, True, None, id="too late"),
        pytest.param(Wait(DUE, None, None), DUE + SECOND, True, None, id="past due"),
        pytest.param(Wait(DUE, None, None), DUE, None, "not_answered", id="may still come"),
        pytest.param(Wait(DUE, DUE - SECOND, WaitEnd.CLOSED), DUE, True, None, id="closed"),
        pytest.param(Wait(DUE, DUE + SECOND, WaitEnd.SPAM), DUE, None, "spam", id="spam"),
        pytest.param(Wait(DUE, DUE + SECOND, WaitEnd.LEFT), DUE, None, "left", id="left"),
        pytest.param(Wait(DUE, DUE - SECOND, WaitEnd.THANKS), DUE, None, "thanks", id="thanks"),
    ],
)
def test_what_is_overdue(
    wait: Wait, now: datetime, overdue: bool | None, left_out: str | None
) -> None:
    figure = overdue_share([wait], now)
    assert figure.value == overdue
    assert figure.left_out == ({left_out: 1} if left_out else {})


def test_handled_counts_each_once() -> None:
    figure = handled(answered=[1, 2, 3, 2], closed=[3, 4])
    assert (figure.value, figure.enough, figure.low) == (4, True, None)
    assert handled([], []).value == 0


def test_the_catalogue_judges_what_may_be_judged() -> None:
    good, bad = share(38, 40, 10), share(20, 40, 10)
    assert CATALOGUE["csat"].change(good, bad) is Change.BETTER
    assert CATALOGUE["overdue_share"].change(good, bad) is Change.WORSE
    fives, ones = (mean([x] * 9 + [3], 5, (1, 5)) for x in (5, 1))
    assert CATALOGUE["average_rating"].change(fives, ones) is Change.UNKNOWN
    assert all(name == metric.id for name, metric in CATALOGUE.items())
    assert [m.id for m in CATALOGUE.values() if m.direction is Direction.DOWN] == [
        "handle_time",
        "repeat_share",
        "first_response_time",
        "reply_time",
        "overdue_share",
        "overdue",
        "resolution_time",
        "abandoned_share",
        "diary_gap",
    ]
    assert {metric for group in GROUPS.values() for metric in group} == CATALOGUE.keys()
