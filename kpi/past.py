"""Another tool's history in figures: what `import --check` says of a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kpi import quality, times
from kpi.figures import Count, Figure, MeanTime, Median, Share, count, median_of, share
from kpi.quality import MIN_CLOSED
from kpi.records import ClosedConversation, FirstResponse, LeftOut, Outcome, Rating
from kpi.satisfaction import average_rating, csat
from kpi.times import MIN_TIMES, first_response_time


@dataclass(frozen=True, slots=True)
class PastConversation:
    """What a file says of one conversation; None where it says nothing, never 0 or no."""

    is_closed: bool
    outcome: Outcome | None = None
    first_answer_seconds: float | None = None
    first_closing_seconds: float | None = None
    """From opening to the first closing."""
    resolution_seconds: float | None = None
    """From opening to the last closing."""
    handle_seconds: float | None = None
    operators: int | None = None
    """How many people of the team had to do with it."""
    reopened: int | None = None
    stars: int | None = None


Past = Sequence[PastConversation]


def conversations(past: Past) -> Count:
    """How many the file has."""
    return count(len(past))


def closed(past: Past) -> Count:
    """How many of them were closed."""
    return count(sum(each.is_closed for each in past))


def first_response(past: Past) -> Median:
    """`first_response_time`, of the conversations whose file says when they were answered."""
    return first_response_time(
        FirstResponse(each.first_answer_seconds, known=each.first_answer_seconds is not None)
        for each in past
    )


def first_closing_time(past: Past) -> Median:
    """From opening to the first closing, whatever it was closed as: seconds, from 10 on.

    Not of the catalogue: other tools have it beside their resolution time.
    """
    return _times(each.first_closing_seconds for each in past if each.is_closed)


def last_closing_time(past: Past) -> Median:
    """From opening to the last closing, whatever it was closed as: seconds, from 10 on."""
    return _times(each.resolution_seconds for each in past if each.is_closed)


def resolution_time(past: Past) -> Median:
    """The catalogue's, of what the file says."""
    return times.resolution_time(_closed(past))


def handle_time(past: Past) -> MeanTime:
    """The catalogue's, of the spans the file gives."""
    return times.handle_time(_closed(past))


def solved(past: Past) -> Share:
    """`solved_share`, of what was closed."""
    return quality.solved_share(_closed(past))


def self_solved_share(past: Past) -> Share:
    """The catalogue's; alone is with one person of the team."""
    return quality.self_solved_share(_closed(past))


def _closed(past: Past) -> Iterator[ClosedConversation]:
    for each in past:
        if each.is_closed:
            yield ClosedConversation(
                each.outcome,
                alone=None if each.operators is None else each.operators == 1,
                handle_seconds=each.handle_seconds,
                resolution_seconds=each.resolution_seconds,
            )


def reopened_share(past: Past) -> Share:
    """How many of the closed were opened again at least once: %, less is better, from 10 on."""
    known = [each.reopened for each in past if each.is_closed and each.reopened is not None]
    unknown = sum(each.is_closed and each.reopened is None for each in past)
    left_out: dict[str, int] = {LeftOut.UNKNOWN: unknown}
    return share(sum(times > 0 for times in known), len(known), MIN_CLOSED, left_out)


def _ratings(past: Past) -> Iterable[Rating]:
    return (Rating(each.stars) for each in past if each.stars is not None)


PAST: Mapping[str, Callable[[Past], Figure]] = MappingProxyType(
    {
        "conversations": conversations,
        "closed": closed,
        "first_response_time": first_response,
        "first_closing_time": first_closing_time,
        "last_closing_time": last_closing_time,
        "resolution_time": resolution_time,
        "handle_time": handle_time,
        "solved_share": solved,
        "self_solved_share": self_solved_share,
        "reopened_share": reopened_share,
        "csat": lambda past: csat(_ratings(past)),
        "average_rating": lambda past: average_rating(_ratings(past)),
    }
)
"""In the order people read them; `first_closing_time`, `last_closing_time` and `reopened_share`
are not of the catalogue."""


def _times(seconds: Iterable[float | None]) -> Median:
    found = list(seconds)
    known = [each for each in found if each is not None]
    return median_of(known, MIN_TIMES, {LeftOut.UNKNOWN: len(found) - len(known)})
