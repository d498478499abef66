"""The operators' diary, and the weeks' figures as people were shown them."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select

from storage.collection import Collection, insert
from storage.models import (
    Conversation,
    ConversationState,
    Delivery,
    DiaryDraft,
    DiaryEntry,
    DiaryVersion,
    DraftState,
    Job,
    KpiPush,
    Outcome,
)

MOST_WORDS = 20
"""Of a search that are looked for, the first: databases refuse a thousand conditions."""

ABOUT_CUSTOMER = (
    select(DiaryEntry)
    .where(DiaryEntry.customer_id == bindparam("customer_id"))
    .order_by(DiaryEntry.at.desc(), DiaryEntry.id.desc())
    .limit(bindparam("limit"))
)


def folded(words: str) -> str:
    """The words as they are searched for: of any case, with е for ё."""
    return unicodedata.normalize("NFKC", words).casefold().replace("ё", "е")


class Diary(Collection[DiaryEntry]):
    kind = DiaryEntry

    async def of_conversation(self, conversation_id: int, operator_id: int) -> DiaryEntry | None:
        """The operator's entry about the conversation; another operator may have one too."""
        found: DiaryEntry | None = await self._session.scalar(
            select(DiaryEntry)
            .where(
                DiaryEntry.conversation_id == conversation_id,
                DiaryEntry.operator_id == operator_id,
            )
            .order_by(DiaryEntry.id.desc())
            .limit(1)
        )
        return found

    async def about_customer(self, customer_id: int, limit: int) -> Sequence[DiaryEntry]:
        """The newest entries about a customer, by whomever."""
        asked = {"customer_id": customer_id, "limit": limit}
        return (await self._session.scalars(ABOUT_CUSTOMER, asked)).all()

    async def page(
        self,
        *,
        operator_id: int | None,
        words: str = "",
        customer_id: int | None = None,
        skip: int,
        limit: int,
    ) -> Sequence[DiaryEntry]:
        """Entries newest first; None for an operator is everybody's."""
        found = await self._session.scalars(
            _matching(select(DiaryEntry), operator_id, words, customer_id)
            .order_by(DiaryEntry.at.desc(), DiaryEntry.id.desc())
            .offset(skip)
            .limit(limit)
        )
        return found.all()

    async def count(
        self, *, operator_id: int | None, words: str = "", customer_id: int | None = None
    ) -> int:
        counted = await self._session.scalar(
            _matching(select(func.count(DiaryEntry.id)), operator_id, words, customer_id)
        )
        return counted or 0

    async def keep_version(self, version: DiaryVersion) -> None:
        self._session.add(version)
        await self._session.flush()

    async def version(self, entry_id: int, number: int) -> DiaryVersion | None:
        found: DiaryVersion | None = await self._session.scalar(
            select(DiaryVersion).where(
                DiaryVersion.entry_id == entry_id, DiaryVersion.version == number
            )
        )
        return found


def _matching(
    statement: Select[Any], operator_id: int | None, words: str, customer_id: int | None
) -> Select[Any]:
    """Entries that hold every one of the words, wherever; % and _ are letters like others."""
    if operator_id is not None:
        statement = statement.where(DiaryEntry.operator_id == operator_id)
    if customer_id is not None:
        statement = statement.where(DiaryEntry.customer_id == customer_id)
    for word in list(dict.fromkeys(folded(words).split()))[:MOST_WORDS]:
        statement = statement.where(DiaryEntry.words.contains(word, autoescape=True))
    return statement


class DiaryDrafts(Collection[DiaryDraft]):
    kind = DiaryDraft

    async def writing(self, writer_id: int) -> Sequence[DiaryDraft]:
        """What somebody is writing now: one, as a rule."""
        found = await self._session.scalars(
            select(DiaryDraft)
            .where(DiaryDraft.writer_id == writer_id, DiaryDraft.state == DraftState.WRITING)
            .order_by(DiaryDraft.id.desc())
        )
        return found.all()

    async def remove(self, draft: DiaryDraft) -> None:
        """Nothing was written in it: there is nothing to keep."""
        await self._session.delete(draft)
        await self._session.flush()

    async def about(self, conversation_id: int) -> Sequence[DiaryDraft]:
        """Unsaved new entries about a conversation, whoever writes them."""
        found = await self._session.scalars(
            select(DiaryDraft)
            .where(
                DiaryDraft.conversation_id == conversation_id,
                DiaryDraft.entry_id.is_(None),
                DiaryDraft.state != DraftState.SAVED,
            )
            .order_by(DiaryDraft.id)
        )
        return found.all()

    async def correcting(self, entry_id: int, writer_id: int) -> DiaryDraft | None:
        """Somebody's unsaved correction of an entry."""
        found: DiaryDraft | None = await self._session.scalar(
            select(DiaryDraft)
            .where(
                DiaryDraft.entry_id == entry_id,
                DiaryDraft.writer_id == writer_id,
                DiaryDraft.state != DraftState.SAVED,
            )
            .order_by(DiaryDraft.id.desc())
            .limit(1)
        )
        return found

    async def without_entry(self, operator_id: int, limit: int) -> Sequence[Conversation]:
        """Conversations the operator answered last and closed, not yet in their diary."""
        found = await self._session.scalars(
            select(Conversation)
            .where(
                or_(
                    Conversation.last_answer_by_id == operator_id,
                    and_(
                        Conversation.last_answer_by_id.is_(None),
                        Conversation.holder_id == operator_id,
                    ),
                ),
                Conversation.state == ConversationState.CLOSED,
                Conversation.outcome.not_in((Outcome.SPAM, Outcome.LEFT)),
                ~select(DiaryEntry.id)
                .where(
                    DiaryEntry.conversation_id == Conversation.id,
                    DiaryEntry.operator_id == operator_id,
                )
                .exists(),
            )
            .order_by(Conversation.closed_at.desc(), Conversation.id.desc())
            .limit(limit)
        )
        return found.all()


class Pushes(Collection[KpiPush]):
    kind = KpiPush

    async def of_week(self, person_id: int, week: date) -> KpiPush | None:
        """What the person was shown for the week that begins on `week`; None: nothing yet."""
        found: KpiPush | None = await self._session.scalar(
            select(KpiPush).where(KpiPush.person_id == person_id, KpiPush.week == week)
        )
        return found

    async def people_of_week(self, week: date) -> set[int]:
        """Who has been shown the week that begins on `week`."""
        return set(
            await self._session.scalars(select(KpiPush.person_id).where(KpiPush.week == week))
        )

    async def keep(
        self, person_id: int, week: date, figures: dict[str, Any], now: datetime
    ) -> bool:
        """Write down what they are shown; False when another was faster, and nothing is to be
        sent."""
        got = await self._session.scalar(
            insert(self._session, KpiPush)
            .values(person_id=person_id, week=week, figures=figures, pushed_at=now)
            .on_conflict_do_nothing(index_elements=["person_id", "week"])
            .returning(KpiPush.id)
        )
        return got is not None

    async def unsent(self, kind: str) -> int:
        """How many weeks are still to be drawn, and pictures to be sent, by jobs of this kind."""
        jobs = select(func.count()).where(Job.kind == kind, Job.due_at.is_not(None))
        sends = select(func.count()).where(
            Delivery.key.startswith(f"{kind}:", autoescape=True), Delivery.due_at.is_not(None)
        )
        counted = await self._session.scalar(
            select(jobs.scalar_subquery() + sends.scalar_subquery())
        )
        return counted or 0
