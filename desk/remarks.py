"""One thing that went well and one to work on: facts about a week, each with a count in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.reports import Facts, WeekFigures, limit_of
from desk.rules import Rules
from kpi.figures import Share
from kpi.times import is_overdue
from storage.models import Reason

LEAST = 3
"""Fewer times is no fact worth a sentence."""
MOST_OF = 0.8
"""What nearly all did: worth praising."""
MANY = 0.2
"""What so many missed is worth a word."""
MOST_LATE = 0.6
"""Of the late replies: so many after one hour are no accident."""
LATE_HOURS = range(19, 11, -1)
"""The latest first: "after 18:00" says more than "after 12:00"."""
NOT_THEIRS = {Reason.PRODUCT, Reason.OTHER}


@dataclass(frozen=True, slots=True)
class Found:
    """A fact by name, with the numbers its sentence needs."""

    what: str
    values: Mapping[str, str | int]


def praise(week: WeekFigures, rules: Rules) -> Found | None:
    """The first fact that holds; None: nothing to praise with a number."""
    return next(_praises(week, rules), None)


def _praises(week: WeekFigures, rules: Rules) -> Iterator[Found]:
    facts, figures = week.facts, week.figures
    late = figures["overdue_share"]
    if isinstance(late, Share) and late.n >= LEAST and late.hits == 0:
        yield Found("in-time", {"n": late.n})
    waited = _first_times(facts)
    quick = sum(seconds < limit_of(rules) for seconds in waited)
    if len(waited) >= LEAST and quick >= MOST_OF * len(waited):
        yield Found("first", {"hits": quick, "n": len(waited)})
    for metric in ("csat", "confirmed_share", "diary_share"):
        share = figures[metric]
        if isinstance(share, Share) and share.enough and share.hits >= MOST_OF * share.n:
            yield Found(metric, {"hits": share.hits, "n": share.n})
    if (handled := figures["handled"].n) >= LEAST:
        yield Found("handled", {"n": handled})


def work_on(week: WeekFigures, rules: Rules, now: datetime) -> Found | None:
    """The first that holds; None: there was enough to look at, and nothing was found."""
    if not any(week.figures[metric].enough for metric in ("csat", "overdue_share")):
        return Found("unknown", {"n": week.figures["csat"].n})
    return next(_works(week, rules, now), None)


def _works(week: WeekFigures, rules: Rules, now: datetime) -> Iterator[Found]:
    facts, figures = week.facts, week.figures
    late = figures["overdue_share"]
    if isinstance(late, Share) and late.enough and late.hits >= LEAST:
        if (evening := _evening(facts, rules, now)) is not None:
            yield evening
        if late.hits >= MANY / 2 * late.n:
            yield Found("late", {"hits": late.hits, "n": late.n})
    if (reason := _reason(facts, rules)) is not None:
        yield reason
    waited = _first_times(facts)
    slow = sum(seconds >= limit_of(rules) for seconds in waited)
    if figures["first_response_time"].enough and slow >= max(LEAST, MANY * len(waited)):
        yield Found("first", {"hits": slow, "n": len(waited)})
    denied = figures["confirmed_share"]
    if isinstance(denied, Share) and denied.enough:
        no = denied.n - denied.hits
        if no >= max(LEAST, MANY * denied.n):
            yield Found("confirmed_share", {"hits": no, "n": denied.n})
    diary = figures["diary_share"]
    if isinstance(diary, Share) and diary.enough and 2 * diary.hits < diary.n:
        yield Found("diary_share", {"hits": diary.hits, "n": diary.n})


def _evening(facts: Facts, rules: Rules, now: datetime) -> Found | None:
    """Most late replies came after some hour, and far more of them than of all replies."""
    counted = [
        (wait.due_at.astimezone(rules.zone).hour, is_overdue(wait, now)) for wait in facts.waits
    ]
    all_late = sum(late for _, late in counted)
    for hour in LATE_HOURS:
        after = [late for at, late in counted if at >= hour]
        hits = sum(after)
        more = hits / all_late - len(after) / len(counted)
        if hits >= max(LEAST, MOST_LATE * all_late) and more > MANY:
            return Found("evening", {"hits": hits, "n": all_late, "hour": f"{hour}:00"})
    return None


def _reason(facts: Facts, rules: Rules) -> Found | None:
    """What customers ticked most often under low ratings, as far as the team can mend it."""
    ticked = Counter(reason for reasons in facts.reasons for reason in reasons)
    low = sum(r.stars <= rules.negative_rating for r in facts.ratings if not r.excluded)
    for reason, hits in ticked.most_common():
        if LEAST <= hits <= low and reason not in NOT_THEIRS:
            return Found("reason", {"reason": reason.value, "hits": hits, "n": low})
    return None


def _first_times(facts: Facts) -> list[float]:
    return [
        first.seconds
        for first in facts.first_responses
        if first.seconds is not None and not first.opened_by_team
    ]
