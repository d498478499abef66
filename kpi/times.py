"""How long customers waited."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from kpi.figures import Count, MeanTime, Median, Share, count, mean_time, median_of, share
from kpi.quality import of_solved
from kpi.records import ClosedConversation, FirstResponse, LeftOut, Wait, WaitEnd

MIN_TIMES = 10

NOBODY_WAITED = {
    WaitEnd.SPAM: LeftOut.SPAM,
    WaitEnd.LEFT: LeftOut.LEFT,
    WaitEnd.THANKS: LeftOut.THANKS,
}


def first_response_time(conversations: Iterable[FirstResponse]) -> Median:
    """`first_response_time`: median (and mean, p90) from the customer's first message to the
    first operator message. Seconds of working time, less is better, from 10 conversations on.

    Counted at opening. Conversations the team opened are out; one not answered yet has no
    time, neither 0 nor the time so far, and is told beside the figure. Source: waits.
    """
    times: list[float] = []
    left_out: Counter[str] = Counter()
    for conversation in conversations:
        if not conversation.known:
            left_out[LeftOut.UNKNOWN] += 1
        elif conversation.opened_by_team:
            left_out[LeftOut.OPENED_BY_TEAM] += 1
        elif conversation.excluded:
            left_out[LeftOut.EXCLUDED] += 1
        elif conversation.seconds is None:
            left_out[LeftOut.NOT_ANSWERED] += 1
        else:
            times.append(conversation.seconds)
    return median_of(times, MIN_TIMES, left_out)


def overdue_share(waits: Iterable[Wait], now: datetime) -> Share:
    """`overdue_share`: overdue waits among those answered, past due or closed unanswered.

    %, less is better, from 10 waits on; counted at the wait's start. A wait that is not due yet
    at `now` says nothing yet, and one that ended as spam, as *left* or as mere thanks was
    nobody's to answer: both are told beside the figure. Source: waits.
    """
    late: list[bool] = []
    left_out: Counter[str] = Counter()
    for wait in waits:
        if (reason := _left_out(wait, now)) is not None:
            left_out[reason] += 1
        else:
            late.append(is_overdue(wait, now))
    return share(sum(late), len(late), MIN_TIMES, left_out)


def overdue(waits: Iterable[Wait], now: datetime) -> Count:
    """`overdue`: waits not answered by their due moment, or closed unanswered; a count.

    Less is better; counted at the wait's start. Left out is what `overdue_share` leaves out.
    Source: waits.
    """
    late = 0
    left_out: Counter[str] = Counter()
    for wait in waits:
        if (reason := _left_out(wait, now)) is not None:
            left_out[reason] += 1
        else:
            late += is_overdue(wait, now)
    return count(late, left_out)


def reply_time(waits: Iterable[Wait]) -> Median:
    """`reply_time`: median (and mean, p90) over answered waits. Seconds of working time, less is
    better, from 10 on; counted at the wait's start. Source: waits.
    """
    times: list[float] = []
    left_out: Counter[str] = Counter()
    for wait in waits:
        if not wait.known:
            left_out[LeftOut.UNKNOWN] += 1
        elif wait.excluded:
            left_out[LeftOut.EXCLUDED] += 1
        elif wait.ended_as in NOBODY_WAITED:
            left_out[NOBODY_WAITED[wait.ended_as]] += 1
        elif wait.ended_as is not WaitEnd.ANSWERED or wait.seconds is None:
            left_out[LeftOut.NOT_ANSWERED] += 1
        else:
            times.append(wait.seconds)
    return median_of(times, MIN_TIMES, left_out)


def handle_time(conversations: Iterable[ClosedConversation]) -> MeanTime:
    """`handle_time`: mean from first taking to last closing less the time it was closed.

    Seconds of working time, less is better, from 10 on; counted at the last closing. Of chats,
    so not comparable with telephony's. Source: conversations, events.
    """
    times: list[float] = []
    left_out: Counter[str] = Counter()
    for closed in conversations:
        if not closed.taken:
            left_out[LeftOut.NOT_TAKEN] += 1
        elif closed.handle_seconds is None:
            left_out[LeftOut.UNKNOWN] += 1
        else:
            times.append(closed.handle_seconds)
    return mean_time(times, MIN_TIMES, left_out)


def resolution_time(conversations: Iterable[ClosedConversation]) -> Median:
    """`resolution_time`: median from opening to last closing, of those closed as *solved*.

    Seconds of working time, less is better, from 10 on; counted at the last closing. Source:
    conversations.
    """
    spans, left_out = of_solved(conversations, lambda closed: closed.resolution_seconds)
    return median_of(spans, MIN_TIMES, left_out)


def is_overdue(wait: Wait, now: datetime) -> bool:
    """`overdue`: not answered by its due moment, or closed unanswered.

    An answer at the due moment itself is in time.
    """
    if not wait.known or wait.excluded or wait.ended_as in NOBODY_WAITED:
        return False
    if wait.ended_as is WaitEnd.CLOSED:
        return True
    return (wait.ended_at or now) > wait.due_at


def _left_out(wait: Wait, now: datetime) -> LeftOut | None:
    if not wait.known:
        return LeftOut.UNKNOWN
    if wait.excluded:
        return LeftOut.EXCLUDED
    if wait.ended_as is not None:
        return NOBODY_WAITED.get(wait.ended_as)
    return None if now > wait.due_at else LeftOut.NOT_ANSWERED
