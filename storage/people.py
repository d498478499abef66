from collections.abc import Collection as Bag
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import BESIDE_REFERENCES, Collection
from storage.models import THE_TEAM, Invite, Person, Role, ScheduleVersion, Team

BY_TELEGRAM = select(Person).where(Person.telegram_id.in_(bindparam("ids", expanding=True)))
BY_NUMBER = select(Person).where(Person.id.in_(bindparam("ids", expanding=True)))
STAFF = (
    select(Person)
    .where(or_(Person.is_operator, Person.is_supervisor), Person.deleted_at.is_(None))
    .order_by(Person.id)
    .execution_options(autoflush=False)
)


class People(Collection[Person]):
    kind = Person

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._by_telegram: dict[int, Person | None] = {}
        self._staff: list[Person] | None = None
        self._staff_changed = False

    async def read_ahead(self, telegram_ids: Bag[int]) -> None:
        found = await self._session.scalars(BY_TELEGRAM, {"ids": list(telegram_ids)})
        self._by_telegram |= dict.fromkeys(telegram_ids)
        self._by_telegram |= {p.telegram_id: p for p in found if p.telegram_id is not None}

    async def by_telegram(self, telegram_id: int) -> Person | None:
        if telegram_id not in self._by_telegram:
            await self.read_ahead([telegram_id])
        return self._by_telegram[telegram_id]

    def forget(self, telegram_id: int) -> None:
        """Whoever comes with this id next is somebody new, in this very batch too."""
        self._by_telegram.pop(telegram_id, None)

    async def add(self, row: Person) -> Person:
        if row.telegram_id is not None:
            self._by_telegram[row.telegram_id] = row
        self.staff_changed()
        return await super().add(row)

    def staff_changed(self) -> None:
        """Somebody was given a role: whom we know to have one are not all."""
        self._staff, self._staff_changed = None, True

    async def some(self, numbers: Bag[int]) -> dict[int, Person]:
        """These people, by number."""
        if not numbers:
            return {}
        found = await self._session.scalars(BY_NUMBER, {"ids": list(numbers)})
        return {person.id: person for person in found}

    async def operators(self) -> Sequence[Person]:
        """Who may answer customers: operators and supervisors, by number."""
        if self._staff is None:
            if self._staff_changed:  # what is not written yet would not be found
                await self._session.flush()
            self._staff = list(await self._session.scalars(STAFF))
        return [p for p in self._staff if p.may(Role.OPERATOR) and p.deleted_at is None]

    async def supervisors(self) -> Sequence[Person]:
        return [person for person in await self.operators() if person.is_supervisor]

    async def banned(self, limit: int) -> Sequence[Person]:
        """Whose messages nobody gets, the last one first."""
        found = await self._session.scalars(
            select(Person)
            .where(Person.banned_at.is_not(None), Person.deleted_at.is_(None))
            .order_by(Person.banned_at.desc(), Person.id)
            .limit(limit)
        )
        return found.all()

    async def named(self, words: str, limit: int) -> Sequence[Person]:
        """Whose name holds the words, or whose @username it is; the newest first.

        Neither database folds the case of every alphabet, so the usual spellings are tried.
        """
        spellings = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
        fits = [
            column.contains(spelling, autoescape=True)
            for column in (Person.name, Person.display_name)
            for spelling in spellings
        ]
        found = await self._session.scalars(
            select(Person)
            .where(
                or_(func.lower(Person.username) == words.removeprefix("@").lower(), *fits),
                Person.deleted_at.is_(None),
            )
            .order_by(Person.id.desc())
            .limit(limit)
        )
        return found.all()

    async def on_shift(self) -> Sequence[Person]:
        """Who answers customers now and can be written to, by number."""
        return [p for p in await self.operators() if p.on_shift and p.reachable]


class Invites(Collection[Invite]):
    kind = Invite

    async def by_hash(self, secret_hash: str) -> Invite | None:
        found: Invite | None = await self._session.scalar(
            select(Invite)
            .where(Invite.secret_hash == secret_hash)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        return found

    async def usable(self, now: datetime) -> Sequence[Invite]:
        """Links that still let somebody in, the oldest first."""
        found = await self._session.scalars(
            select(Invite)
            .where(Invite.used_at.is_(None), Invite.revoked_at.is_(None), Invite.expires_at > now)
            .order_by(Invite.id)
        )
        return found.all()


class Teams:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ours(self) -> Team:
        return await self._session.get_one(Team, THE_TEAM)

    async def lock(self) -> Team:
        """The team as it is now, held until the transaction ends."""
        await self._session.flush()
        return await self._session.get_one(
            Team, THE_TEAM, with_for_update=BESIDE_REFERENCES, populate_existing=True
        )

    async def stay(self) -> None:
        """Nobody who locks the team gets it before this transaction ends; others may stay, too."""
        if self._session.get_bind().dialect.name == "postgresql":
            await self._session.execute(
                select(Team.id).where(Team.id == THE_TEAM).with_for_update(read=True)
            )

    async def schedules(self) -> Sequence[ScheduleVersion]:
        """Working hours since the first start, oldest first."""
        found = await self._session.scalars(
            select(ScheduleVersion).order_by(ScheduleVersion.since, ScheduleVersion.id)
        )
        return found.all()

    def keep_schedule(self, version: ScheduleVersion) -> None:
        self._session.add(version)
