"""The team's report as tables: every figure, and the records it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.reports import Facts, figures_of
from desk.rules import Rules
from desk.team import Period, facts_between
from kpi.figures import Figure
from storage.database import UnitOfWork
from storage.models import Person


@dataclass(frozen=True, slots=True)
class Scope:
    operator: Person | None
    """None: the whole team, with what belongs to nobody."""
    facts: Facts
    figures: Mapping[str, Figure]
    """By metric, in the catalogue's order."""


async def scopes(
    tx: UnitOfWork, *, period: Period, rules: Rules, now: datetime
) -> Sequence[Scope]:
    """The team, then its operators by name; who has no record of that time is not there."""
    edges = period.edges(rules.zone)
    people = sorted(await tx.people.operators(), key=lambda each: each.shown_name.casefold())
    found = []
    for operator in (None, *people):
        facts = await facts_between(tx, operator, edges, rules, now)
        if facts or operator is None:
            found.append(Scope(operator, facts, figures_of(facts, now)))
    return found
