"""What the tables hold about one person: to be handed to them, or to be taken away."""

from collections.abc import Collection as Bag
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import (
    Alert,
    Appeal,
    AuditRecord,
    Base,
    Card,
    Comment,
    Conversation,
    ConversationEvent,
    Delivery,
    DeliveryKind,
    DiaryDraft,
    DiaryEntry,
    DiaryStatus,
    DiaryVersion,
    DraftState,
    EventKind,
    Form,
    Invite,
    Job,
    KpiPlan,
    KpiPush,
    Message,
    Person,
    PlanRemark,
    SentMessage,
    StalledUpdate,
    Survey,
    SurveyTap,
    Wait,
)

NOBODY = "—"
"""Stands where the name of somebody stood who deleted their data; the same in every language."""

NOTES = (EventKind.HANDED_OVER, EventKind.QUEUED)
"""Events that carry somebody's words; the others' text is an outcome or a priority."""

TOLD: Mapping[str, Any] = {
    "customer_name": "",
    "customer_contact": "",
    "request": "",
    "done": "",
    "result": "",
}
"""An entry's words, once nobody may know whom it is about."""

UNSEEN: Mapping[str, Any] = {"photos": [], "voices": [], "heard": ""}
"""What came beside them, in a version of it."""

OURS = frozenset({"team_id", "secret_hash", "words", "begun", "showing"})
"""Columns that say nothing of a person."""

PIECE = 500
"""Subjects asked for at once: a statement takes only so many values."""


@dataclass(frozen=True, slots=True)
class SentCopy:
    """A Telegram message in somebody's chat, and since when it is there."""

    person_id: int
    message_id: int
    sent_at: datetime


class Traces:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # --- to be handed to them ---

    async def of(self, person: Person) -> dict[str, list[dict[str, Any]]]:
        """Every row about the person, by table; what others told of themselves is left out."""
        theirs = _conversations_of(person.id)
        surveys = select(Survey.id).where(Survey.customer_id == person.id)
        about = or_(DiaryEntry.customer_id == person.id, DiaryEntry.conversation_id.in_(theirs))
        entries = select(DiaryEntry.id).where(about)
        wanted: list[tuple[str, Select[Any]]] = [
            ("people", select(Person).where(Person.id == person.id)),
            ("conversations", select(Conversation).where(Conversation.customer_id == person.id)),
            ("conversation_events", _in(ConversationEvent, theirs)),
            (
                "messages",
                select(Message).where(or_(_talk(person.id), Message.author_id == person.id)),
            ),
            ("waits", _in(Wait, theirs)),
            ("surveys", select(Survey).where(Survey.customer_id == person.id)),
            ("answers", select(SurveyTap).where(SurveyTap.survey_id.in_(surveys))),
            ("comments", select(Comment).where(Comment.survey_id.in_(surveys))),
            ("alerts", _in(Alert, theirs)),
            (
                "appeals",
                select(Appeal).where(
                    or_(Appeal.conversation_id.in_(theirs), Appeal.operator_id == person.id)
                ),
            ),
            ("kpi_plans", select(KpiPlan).where(KpiPlan.operator_id == person.id)),
            ("plan_remarks", select(PlanRemark).where(PlanRemark.author_id == person.id)),
            ("diary_entries", select(DiaryEntry).where(about)),
            ("diary_versions", select(DiaryVersion).where(DiaryVersion.entry_id.in_(entries))),
            ("kpi_pushes", select(KpiPush).where(KpiPush.person_id == person.id)),
            (
                "invites",
                select(Invite).where(
                    or_(Invite.made_by_id == person.id, Invite.used_by_id == person.id)
                ),
            ),
            (
                "audit_log",
                select(AuditRecord).where(
                    or_(
                        AuditRecord.by_id == person.id,
                        AuditRecord.about == f"person:{person.id}",
                    )
                ),
            ),
            ("stalled_updates", select(StalledUpdate).where(_came_from(person))),
        ]
        found = {name: await self._rows(asked) for name, asked in wanted}
        written = select(DiaryEntry).where(DiaryEntry.operator_id == person.id, ~about)
        without_whom = {"customer_id", "customer_name", "customer_contact"}
        found["diary_entries_written"] = await self._rows(written, without_whom)
        return {name: rows for name, rows in found.items() if rows}

    async def names(self, conversations_of: int) -> dict[int, str]:
        """What everybody is called who wrote in the person's conversations, by number."""
        rows = await self._session.execute(
            select(Person.id, func.coalesce(Person.display_name, Person.name)).where(
                Person.id.in_(
                    select(Message.author_id).where(
                        Message.conversation_id.in_(_conversations_of(conversations_of))
                    )
                )
            )
        )
        return {number: name for number, name in rows}  # noqa: C416 - rows are no pairs to mypy

    async def _rows(
        self, asked: Select[Any], besides: Bag[str] = frozenset()
    ) -> list[dict[str, Any]]:
        found = await self._session.scalars(asked)
        return [
            {
                column.key: getattr(row, column.key)
                for column in type(row).__table__.columns
                if column.key not in OURS and column.key not in besides
            }
            for row in found
        ]

    # --- to be taken away ---

    async def copies(self, person_id: int) -> Sequence[SentCopy]:
        """What others have on their screens of the person's own words, and of talk about them.

        Not the cards: those are shown as what they have become.
        """
        said = await self._session.scalars(select(Message.id).where(_talk(person_id)))
        subjects = [f"message:{number}" for number in said]
        theirs = (await self._session.scalars(_conversations_of(person_id))).all()
        subjects += [f"{kind}:{number}" for number in theirs for kind in ("about", "conversation")]
        cards = select(Card.message_id).where(
            Card.person_id == SentMessage.person_id, Card.message_id == SentMessage.message_id
        )
        found: list[SentCopy] = []
        for at in range(0, len(subjects), PIECE):
            rows = await self._session.execute(
                select(SentMessage.person_id, SentMessage.message_id, SentMessage.sent_at).where(
                    SentMessage.subject.in_(subjects[at : at + PIECE]),
                    SentMessage.person_id != person_id,
                    ~cards.exists(),
                )
            )
            found += [SentCopy(*row) for row in rows]
        return found

    async def subjects(self, person_id: int) -> Sequence[str]:
        """Of every card somebody else sees that tells of the person, or may."""
        theirs = _conversations_of(person_id)
        wanted: tuple[tuple[Select[Any], tuple[str, ...]], ...] = (
            (theirs, ("closing", "conversation", "more", "unattended")),
            (select(Wait.id).where(Wait.conversation_id.in_(theirs)), ("nudge",)),
            (select(Alert.id).where(Alert.conversation_id.in_(theirs)), ("alert", "late")),
            (select(Appeal.id).where(Appeal.conversation_id.in_(theirs)), ("appeal",)),
            (
                select(Alert.digest_id)
                .where(Alert.conversation_id.in_(theirs), Alert.digest_id.is_not(None))
                .distinct(),
                ("late-replies",),
            ),
            (select(Survey.id).where(Survey.customer_id == person_id), ("praise",)),
            (
                select(DiaryEntry.id).where(_entries_about(person_id, theirs)),
                ("entry", "follow-up"),
            ),
            (
                select(DiaryDraft.id).where(
                    or_(DiaryDraft.conversation_id.in_(theirs), DiaryDraft.writer_id == person_id)
                ),
                ("diary",),
            ),
            (
                select(Message.id).where(_talk(person_id)),
                ("undelivered", "heard"),
            ),
        )
        found = [f"member:{person_id}", "team:1", "causes:0", "themes:0"]
        for asked, kinds in wanted:
            numbers = (await self._session.scalars(asked)).all()
            found += [f"{kind}:{number}" for number in numbers for kind in kinds]
        lists = select(Card.subject).where(
            or_(Card.subject.startswith("diaries:"), Card.subject.startswith("whose:"))
        )
        return [*found, *await self._session.scalars(lists)]

    async def empty(self, person: Person, now: datetime) -> Sequence[str]:
        """Take every word, name and id of theirs away; rows that figures rest on stay, empty.

        Gives back the keys of forms that are open about them, to be closed.
        """
        theirs = _conversations_of(person.id)
        await self._empty_talk(person.id, now)
        await self._set(
            Alert, Alert.conversation_id.in_(theirs), note=None, phone=None, call_time=None
        )
        disputed = or_(Appeal.conversation_id.in_(theirs), Appeal.operator_id == person.id)
        await self._set(Appeal, disputed, why="", note=None)
        plans = select(KpiPlan.id).where(KpiPlan.operator_id == person.id)
        said = or_(PlanRemark.author_id == person.id, PlanRemark.plan_id.in_(plans))
        await self._set(PlanRemark, said, text="")
        await self._empty_diary(person.id)
        await self._forget_plumbing(person)
        return await self._forms_about(person)

    async def _empty_talk(self, person_id: int, now: datetime) -> None:
        theirs = _conversations_of(person_id)
        own = and_(Message.author_id == person_id, Message.from_customer)
        await self._set(Message, own, undone_at=func.coalesce(Message.undone_at, now))
        await self._set(
            Message,
            _talk(person_id),
            text="",
            entities=null(),
            file_id=None,
            heard=None,
            details=null(),
            versions=null(),
            album=None,
        )
        await self._set(
            ConversationEvent,
            and_(ConversationEvent.conversation_id.in_(theirs), ConversationEvent.kind.in_(NOTES)),
            text=None,
        )

    async def _empty_diary(self, person_id: int) -> None:
        theirs = _conversations_of(person_id)
        about = _entries_about(person_id, theirs)
        await self._set(
            DiaryEntry,
            and_(about, DiaryEntry.status == DiaryStatus.FOLLOW_UP),
            status=DiaryStatus.DONE,
            follow_up_at=None,
        )
        await self._set(
            DiaryEntry, about, **TOLD, words="", photos=null(), voices=null(), heard=""
        )
        versions = await self._session.scalars(
            select(DiaryVersion).where(
                DiaryVersion.entry_id.in_(select(DiaryEntry.id).where(about))
            )
        )
        for version in versions:
            version.content = {**version.content, **TOLD, **UNSEEN}
        drafts = await self._session.scalars(
            select(DiaryDraft).where(DiaryDraft.state != DraftState.SAVED)
        )
        conversations = set(await self._session.scalars(theirs))
        for draft in drafts:
            about_them = draft.content.get("customer_id") == person_id
            if (
                draft.writer_id == person_id
                or draft.conversation_id in conversations
                or about_them
            ):
                await self._session.delete(draft)
        await self._session.flush()

    async def _forms_about(self, person: Person) -> Sequence[str]:
        """Where somebody's unfinished words tell of them, and all that they began themselves.

        Whoever looks through the diary may have searched for them: every list begins anew.
        """
        found = []
        for form in await self._session.scalars(select(Form)):
            own = form.key.startswith(("diaries:", f"kpi:{person.id}:", f"plan:{person.id}:"))
            own = own or form.key in {f"report:{person.id}", f"themes:{person.id}"}
            own = own or str(person.telegram_id) in form.key.split(":")
            if own or await self._is_theirs(form.answers, person.id):
                found.append(form.key)
        return found

    async def _is_theirs(self, answers: Mapping[str, Any], person_id: int) -> bool:
        """Whether a form is about a conversation, an alert or the person by number."""
        if person_id in (answers.get("customer"), answers.get("person_id")):
            return True
        number = answers.get("conversation")
        if answers.get("alert_id") is not None:
            alert = await self._session.get(Alert, answers["alert_id"])
            number = alert.conversation_id if alert else None
        conversation = await self._session.get(Conversation, number) if number else None
        return conversation is not None and conversation.customer_id == person_id

    async def _forget_plumbing(self, person: Person) -> None:
        """What was on its way to them, and what their chat was known by."""
        for kind, which in (
            (Delivery, Delivery.person_id == person.id),
            (Card, Card.person_id == person.id),
            (SentMessage, SentMessage.person_id == person.id),
            (StalledUpdate, _came_from(person)),
            (KpiPush, KpiPush.person_id == person.id),
        ):
            await self._session.execute(delete(kind).where(which))
        about = [f"about:{n}" for n in await self._session.scalars(_conversations_of(person.id))]
        for at in range(0, len(about), PIECE):
            await self._session.execute(
                delete(Delivery).where(
                    Delivery.kind == DeliveryKind.SAY,
                    Delivery.subject.in_(about[at : at + PIECE]),
                    Delivery.due_at.is_not(None),
                )
            )
        for job in await self._session.scalars(select(Job).where(Job.done_at.is_(None))):
            if person.id == job.about.get("person_id"):
                await self._session.delete(job)
        await self._session.flush()

    async def _set(self, kind: type[Base], which: Any, **values: Any) -> None:
        await self._session.execute(update(kind).where(which).values(**values))


def _conversations_of(person_id: int) -> Select[Any]:
    return select(Conversation.id).where(Conversation.customer_id == person_id)


def _in(kind: type[Any], conversations: Select[Any]) -> Select[Any]:
    return select(kind).where(kind.conversation_id.in_(conversations)).order_by(kind.id)


def _talk(person_id: int) -> Any:
    """What was written in their conversations by whomever, and what they wrote as a customer."""
    theirs = _conversations_of(person_id)
    return or_(
        Message.conversation_id.in_(theirs),
        Message.asked_about_id.in_(theirs),
        and_(Message.author_id == person_id, Message.from_customer),
    )


def _entries_about(person_id: int, conversations: Select[Any]) -> Any:
    return or_(DiaryEntry.customer_id == person_id, DiaryEntry.conversation_id.in_(conversations))


def _came_from(person: Person) -> Any:
    return StalledUpdate.chat == (person.telegram_id or -1)
