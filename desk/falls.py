"""Figures against one's own history: what moved beyond chance, and who carries too much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk import themes
from desk.reports import Facts
from desk.rules import Rules
from desk.team import COMPARED, Period, compared_figures, facts_to_compare, first_times
from desk.themes import Theme
from desk.weeks import Week
from kpi.catalogue import CATALOGUE
from kpi.comparison import Against, discoveries, of_medians, of_shares
from kpi.figures import Direction, Figure, Share, share
from storage.database import UnitOfWork
from storage.models import Person

HISTORY = 13
"""Complete weeks before."""
SURELY = 0.01
"""An alert during the week: at 99 %."""
MUCH_MORE = 1.25
"""Times one's own usual week."""
OPEN_MANY, OPEN_TIMES = 5, 2
"""Open conversations that are many by themselves, and how many times the others' middle."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of a week beside the same of the weeks before; somebody's own, or the team's."""

    person: Person | None
    metric: str
    now: Figure
    before: Figure
    p: float
    better: bool

    @property
    def key(self) -> tuple[int, str]:
        return (0 if self.person is None else self.person.id), self.metric


@dataclass(frozen=True, slots=True)
class Load:
    """Chats of a week, what is usual, and what is open now."""

    person: Person
    handled: int
    usual: float
    open: int
    others_open: float
    more: bool
    """More chats than usual, beyond chance."""
    many_open: bool


@dataclass(frozen=True, slots=True)
class Digest:
    fell: Sequence[Moved]
    rose: Sequence[Moved]
    loaded: Sequence[Load]
    growing: Sequence[Theme] = ()
    """Themes of comments there are more of than in the weeks before, beyond chance."""
    unnamed: int = 0
    """Words that stand often in comments without a theme."""


async def moved(tx: UnitOfWork, week: Week, rules: Rules, now: datetime) -> Sequence[Moved]:
    """Everything of the week there is enough of to be laid beside its history, the team first."""
    return [each for _, found, _, _ in await _all(tx, week, rules, now) for each in found]


async def digest(tx: UnitOfWork, week: Week, rules: Rules, now: datetime) -> Digest:
    """What of a complete week is worth a supervisor's minute. All of it is tested together, so
    that of what is said one in ten at most is chance, on average."""
    people = await _all(tx, week, rules, now)
    all_moved = [each for _, found, _, _ in people for each in found]
    real = discoveries({each.key: each.p for each in all_moved})
    kept = [each for each in all_moved if each.key in real]
    said = await themes.overview(tx, period=Period(week, week), rules=rules)
    return Digest(
        fell=[each for each in kept if not each.better],
        rose=[each for each in kept if each.better and each.person is not None],
        loaded=await _loaded(tx, people),
        growing=[theme for theme in said.themes if theme.grows],
        unnamed=len(said.offered),
    )


async def falling(tx: UnitOfWork, week: Week, rules: Rules, now: datetime) -> Sequence[Moved]:
    """What is worse than its history at 99 % while the week goes on.

    With many operators one in a hundred of them is so each day by chance; so theirs must stand,
    besides, when all that was looked at is taken together.
    """
    found = await moved(tx, week, rules, now)
    real = discoveries({each.key: each.p for each in found})
    return [
        each
        for each in found
        if not each.better and each.p <= SURELY and (each.person is None or each.key in real)
    ]


_Of = tuple[Person | None, Sequence[Moved], Facts, Facts]


async def _all(tx: UnitOfWork, week: Week, rules: Rules, now: datetime) -> Sequence[_Of]:
    start, zone = week.start(rules.zone), rules.zone
    history = week.later(-HISTORY).start(zone), start
    found: list[_Of] = []
    for person in (None, *await tx.people.operators()):
        facts = await facts_to_compare(tx, person, (start, week.end(zone)), rules, now)
        if not facts:
            continue
        before = await facts_to_compare(tx, person, history, rules, now)
        found.append((person, _moved(person, facts, before, now), facts, before))
    return found


def _moved(person: Person | None, facts: Facts, before: Facts, now: datetime) -> list[Moved]:
    theirs, earlier = compared_figures(facts, now), compared_figures(before, now)
    times = {"now": first_times(facts), "before": first_times(before)}
    found = []
    for metric in COMPARED:
        figures = {"now": theirs[metric], "before": earlier[metric]}
        against = _against(figures, times)
        if against.p is None:
            continue
        better = against.more == (CATALOGUE[metric].direction is Direction.UP)
        found.append(Moved(person, metric, figures["now"], figures["before"], against.p, better))
    return found


def _against(figures: Mapping[str, Figure], times: Mapping[str, Sequence[float]]) -> Against:
    shares = {name: each for name, each in figures.items() if isinstance(each, Share)}
    return (of_shares(shares) if shares else of_medians(figures, times))["now"]


async def _loaded(tx: UnitOfWork, people: Sequence[_Of]) -> Sequence[Load]:
    """Who has a larger part of the team's chats than usual and a quarter more of them, or holds
    many open ones and twice as many as others do in the middle."""
    ours = [
        (person, len(now.answered_in), len(before.answered_in))
        for person, _, now, before in people
        if person is not None
    ]
    n, earlier = sum(x for _, x, _ in ours), sum(x for _, _, x in ours)
    pairs = {
        person.id: of_shares({"now": share(x, n, 10), "before": share(was, earlier, 10)})["now"]
        for person, x, was in ours
    }
    real = discoveries({who: each.p for who, each in pairs.items() if each.p is not None})
    loads = await tx.conversations.loads([person.id for person, _, _ in ours])
    held = {who: load.open for who, load in loads.items()}
    found = []
    for person, x, was in ours:
        usual = was / HISTORY
        more = person.id in real and pairs[person.id].more and x >= MUCH_MORE * usual
        others = sorted(held.get(other.id, 0) for other, _, _ in ours if other is not person)
        middle = float(others[len(others) // 2]) if others else 0.0
        count = held.get(person.id, 0)
        many = bool(others) and count >= max(OPEN_MANY, OPEN_TIMES * middle)
        if more or many:
            found.append(Load(person, x, usual, count, middle, more, many))
    return found
