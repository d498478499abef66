"""Conversations another tool's file told of: put in, and the facts figures take from them.

A fact is about the row with the negative of its number: 0 and more are conversations of our own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kpi.records import ClosedConversation, FirstResponse, Outcome, Rating, Wait
from kpi.satisfaction import SATISFIED_FROM
from storage.collection import inserting_once
from storage.models import ImportedConversation as Row
from storage.models import ImportedOperator

Period = tuple[int | None, datetime, datetime]
"""Whose (None: the team's), and from when to before when."""


class Imported:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._none: bool | None = None

    # --- put in ---

    async def put(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """What is there already stays as it is. Every row has `source` and `external_id`."""
        dialect = self._session.get_bind().dialect.name
        statement = inserting_once(dialect, Row, "source", "external_id")
        await self._session.execute(statement, list(rows))

    async def there(self, source: str) -> set[str]:
        """Which conversations of a source there are, by their numbers in it."""
        asked = select(Row.external_id).where(Row.source == source)
        return set((await self._session.scalars(asked)).all())

    async def operators(self, source: str) -> Mapping[str, int]:
        """Who is who in that source: digest of the name, and the person's number."""
        found = await self._session.execute(
            select(ImportedOperator.digest, ImportedOperator.person_id).where(
                ImportedOperator.source == source
            )
        )
        return {row.digest: row.person_id for row in found}

    async def know(self, source: str, digest: str, person_id: int) -> None:
        """Somebody of that source is this person from now on."""
        await self._session.execute(
            insert(ImportedOperator).values(source=source, digest=digest, person_id=person_id)
        )

    # --- what figures take from them ---

    async def closed(self, *period: Any) -> Sequence[tuple[datetime, bool, ClosedConversation]]:
        """By closing: whether somebody is known to have closed it, and how."""
        rows = await self._found(
            Row.closed_at,
            period,
            Row.id,
            Row.operator_id,
            Row.outcome,
            Row.priority,
            Row.operators,
            Row.first_answer_seconds,
            Row.handle_seconds,
            Row.resolution_seconds,
        )
        return [
            (
                row.closed_at,
                row.operator_id is not None,
                ClosedConversation(
                    outcome=None if row.outcome is None else Outcome(row.outcome.value),
                    has_diary=None,
                    priority=row.priority.value,
                    alone=None if row.operators is None else row.operators == 1,
                    answered=None if row.first_answer_seconds is None else True,
                    handle_seconds=row.handle_seconds,
                    resolution_seconds=row.resolution_seconds,
                    about=-row.id,
                ),
            )
            for row in rows
        ]

    async def first_responses(self, *period: Any) -> Sequence[tuple[datetime, FirstResponse]]:
        """By opening; of the operator the file names."""
        rows = await self._found(Row.opened_at, period, Row.id, Row.first_answer_seconds)
        return [
            (at, FirstResponse(seconds, known=seconds is not None, about=-number))
            for at, number, seconds in rows
        ]

    async def waits(self, *period: Any) -> Sequence[tuple[datetime, Wait]]:
        """By opening: that there was one, and that nobody knows when it was due."""
        rows = await self._found(Row.opened_at, period, Row.id)
        return [(at, Wait(at, None, None, known=False, about=-number)) for at, number in rows]

    async def ratings(self, *period: Any) -> Sequence[tuple[datetime, Rating]]:
        rows = await self._found(Row.rated_at, period, Row.id, Row.stars)
        return [(at, Rating(stars, about=-number)) for at, number, stars in rows]

    async def good_ratings(self, edges: Sequence[datetime]) -> Sequence[Any]:
        """Operator, period between one of `edges` and the next, satisfied ones, all of them."""
        period = case(*((Row.rated_at < edge, number) for number, edge in enumerate(edges[1:])))
        found = await self._session.execute(
            select(
                Row.operator_id,
                period.label("period"),
                func.sum(case((Row.stars >= SATISFIED_FROM, 1), else_=0)),
                func.count(),
            )
            .where(
                Row.rated_at >= edges[0], Row.rated_at < edges[-1], Row.operator_id.is_not(None)
            )
            .group_by(Row.operator_id, "period")
        )
        return found.all()

    async def _found(self, moment: Any, period: Any, *columns: Any) -> Sequence[Any]:
        if self._none is None:  # most teams have none: asked once
            self._none = (
                await self._session.scalar(select(Row.id).where(Row.id > 0).limit(1)) is None
            )
        if self._none:
            return ()
        whose, start, end = period
        asked = select(moment, *columns).where(moment >= start, moment < end)
        if whose is not None:
            asked = asked.where(_of(whose))
        rows: Sequence[Any] = (await self._session.execute(asked)).all()
        return rows


def _of(whose: int) -> ColumnElement[bool]:
    return Row.operator_id == whose
