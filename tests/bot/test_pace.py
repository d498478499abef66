"""The limits hold for any load, and an alert never waits for what can."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Limits, Pace
from storage.models import Urgency

LIMITS = Limits(per_second=28, bulk_per_second=22, chat_burst=4)


def send_all(pace: Pace, load: list[tuple[int, Urgency]]) -> list[tuple[float, int, Urgency]]:
    """Each as soon as it may go, one after another; when, to whom, how urgent."""
    sent, now = [], 0.0
    for chat, urgency in load:
        now = max(now, pace.opens(chat, urgency, now))
        while (opens := pace.opens(chat, urgency, now)) > now:
            now = opens
        pace.sent(chat, urgency, now)
        sent.append((now, chat, urgency))
    return sent


loads = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(Urgency)), max_size=200)


@given(loads)
def test_no_second_has_more_than_telegram_allows(load: list[tuple[int, Urgency]]) -> None:
    moments = [moment for moment, _, _ in send_all(Pace(LIMITS), load)]
    for first, last in zip(moments, moments[LIMITS.per_second :], strict=False):
        assert last - first >= 1.0 - 1e-9


@given(loads)
def test_a_chat_gets_one_a_second_after_a_short_burst(load: list[tuple[int, Urgency]]) -> None:
    sent = send_all(Pace(LIMITS), load)
    for chat in {chat for _, chat, _ in sent}:
        moments = [moment for moment, to, _ in sent if to == chat]
        for count, (first, last) in enumerate(
            zip(moments, moments[LIMITS.chat_burst :], strict=False)
        ):
            assert last - first >= 1.0 - 1e-9, count


def test_an_alert_finds_a_free_place_among_a_thousand_charts() -> None:
    pace = Pace(LIMITS)
    now = send_all(pace, [(chat, Urgency.BULK) for chat in range(1000)])[-1][0]
    assert pace.opens(5000, Urgency.NOW, now) <= now


def test_a_refused_chat_waits_alone_and_two_within_a_second_stop_all() -> None:
    pace = Pace(LIMITS)
    pace.refused(1, 10, now=0.0)
    assert pace.opens(1, Urgency.NOW, 0.5) == 10.0
    assert pace.opens(2, Urgency.NOW, 0.5) <= 0.5
    pace.refused(2, 20, now=0.6)
    assert pace.opens(3, Urgency.NOW, 0.7) == 20.6


def test_the_same_chat_refused_twice_stops_nobody_else() -> None:
    pace = Pace(LIMITS)
    pace.refused(1, 10, now=0.0)
    pace.refused(1, 10, now=0.5)
    assert pace.opens(2, Urgency.NOW, 0.6) <= 0.6
