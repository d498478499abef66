"""The operator's diary: what is offered after a conversation, entries and their versions."""

from datetime import datetime

from desk import moments
from desk.diary_content import Content
from desk.refusals import NothingToSave, NotYours, TooLate
from desk.rules import Rules
from i18n.texts import shorten
from storage.database import UnitOfWork
from storage.models import (
    Channel,
    Conversation,
    Deed,
    DiaryDraft,
    DiaryEntry,
    DiaryStatus,
    DiaryVersion,
    DraftState,
    Outcome,
    Person,
    Role,
    Urgency,
)

FOLLOW_UP = "diary-follow-up"
UNSPOKEN = (Outcome.SPAM, Outcome.LEFT)
"""Closed so, there is nothing to write about."""
GLANCE = 120
"""Characters of an entry on somebody else's card."""


# --- after a conversation ---


async def offer(tx: UnitOfWork, *, conversation: Conversation, now: datetime) -> None:
    """Offer who answered last (else who held it) an entry about a conversation just closed.

    Closed as spam or left: what was offered before disappears. With an entry already (it was
    reopened): that entry, to be corrected.
    """
    if conversation.outcome in UNSPOKEN:
        for draft in await tx.drafts.about(conversation.id):
            tx.cards.changed(f"diary:{draft.id}", now)
        return
    operator = await _whose(tx, conversation)
    if operator is None or conversation.follow_up_by_id is not None:
        return
    entry = await tx.diary.of_conversation(conversation.id, operator.id)
    if entry is not None:
        await tx.cards.show_anew(f"entry:{entry.id}", operator.id, now, Urgency.SOON)
        return
    draft = await draft_about(tx, conversation=conversation, by=operator, now=now)
    await tx.cards.show_anew(f"diary:{draft.id}", operator.id, now, Urgency.SOON)


async def _whose(tx: UnitOfWork, conversation: Conversation) -> Person | None:
    """Who should write about it: the last to answer, else who held it."""
    number = conversation.last_answer_by_id or conversation.holder_id
    operator = await tx.people.get(number) if number is not None else None
    if operator is None or not operator.may(Role.OPERATOR) or operator.deleted_at is not None:
        return None
    return operator


async def draft_about(
    tx: UnitOfWork, *, conversation: Conversation, by: Person, now: datetime
) -> DiaryDraft:
    """The person's unsaved entry about a conversation, begun unless it was."""
    for draft in await tx.drafts.about(conversation.id):
        if draft.writer_id == by.id:
            return draft
    customer = await tx.people.one(conversation.customer_id)
    content = Content(
        at=conversation.taken_at or conversation.opened_at,
        channel=Channel.TELEGRAM,
        customer_id=customer.id,
        customer_name=customer.shown_name,
    )
    return await tx.drafts.add(
        DiaryDraft(
            writer_id=by.id,
            conversation_id=conversation.id,
            state=DraftState.OFFERED,
            step="request",
            content=content.to_json(),
            begun_at=now,
        )
    )


async def last_line(tx: UnitOfWork, customer_id: int) -> str | None:
    """What the diary last said about a customer, one short plain line; None: nothing."""
    for entry in await tx.diary.about_customer(customer_id, limit=3):
        parts = (entry.done or entry.request, entry.result)
        words = ", ".join(" ".join(part.split()) for part in parts if part.strip())
        if words:
            return shorten(words, GLANCE)
    return None


# --- entries ---


async def readable(tx: UnitOfWork, *, entry_id: int, by: Person) -> DiaryEntry:
    """The entry, if it is theirs to read and correct: their own, a supervisor any."""
    entry = await tx.diary.get(entry_id)
    if entry is None or not may_read(entry, by):
        raise NotYours
    return entry


async def read(tx: UnitOfWork, *, entry_id: int, by: Person, now: datetime) -> DiaryEntry:
    """The entry, for them to read whole; that they read another's is written down."""
    entry = await readable(tx, entry_id=entry_id, by=by)
    if entry.operator_id != by.id:
        tx.audit.note(Deed.ENTRY_READ, about=f"entry:{entry.id}", by_id=by.id, now=now)
    return entry


def may_read(entry: DiaryEntry, reader: Person) -> bool:
    if reader.may(Role.SUPERVISOR):
        return True
    return reader.may(Role.OPERATOR) and entry.operator_id == reader.id


async def write(
    tx: UnitOfWork,
    *,
    by: Person,
    conversation_id: int | None,
    content: Content,
    now: datetime,
) -> DiaryEntry:
    """A new entry, and its first version."""
    if not content.says_something:
        raise NothingToSave
    entry = DiaryEntry(
        operator_id=by.id,
        conversation_id=conversation_id,
        saved_at=now,
        first_saved_at=now,
        version=1,
    )
    content.put_into(entry)
    await tx.diary.add(entry)
    await _keep(tx, entry, by=by, now=now)
    return entry


async def correct(
    tx: UnitOfWork,
    *,
    entry: DiaryEntry,
    by: Person,
    base_version: int,
    content: Content,
    now: datetime,
) -> None:
    """Make what was changed since `base_version` the next version.

    What somebody else corrected meanwhile in other fields stays.
    """
    base = await tx.diary.version(entry.id, base_version)
    assert base is not None
    before = Content.of(entry)
    after = before.with_changes(Content.from_json(base.content), content)
    if not after.says_something:
        raise NothingToSave
    if after == before:
        return
    after.put_into(entry)
    entry.version += 1
    entry.saved_at = now
    await _keep(tx, entry, by=by, now=now)


async def _keep(tx: UnitOfWork, entry: DiaryEntry, *, by: Person, now: datetime) -> None:
    """Write the version down, have it remembered when it is to be, show it."""
    if by.id != entry.operator_id:
        tx.audit.note(Deed.ENTRY_CORRECTED, about=f"entry:{entry.id}", by_id=by.id, now=now)
    await tx.diary.keep_version(
        DiaryVersion(
            entry_id=entry.id,
            version=entry.version,
            content=Content.of(entry).to_json(),
            saved_at=now,
            saved_by_id=by.id,
        )
    )
    due = entry.follow_up_at if entry.status is DiaryStatus.FOLLOW_UP else None
    if due is not None and due > now:
        await tx.timers.set(FOLLOW_UP, entry.id, due)
    else:
        await tx.timers.clear(entry.id, FOLLOW_UP)
    tx.cards.changed(f"entry:{entry.id}", now)
    tx.cards.changed(f"follow-up:{entry.id}", now)


# --- following up ---


async def remind(tx: UnitOfWork, entry_id: int, _rules: Rules, now: datetime) -> None:
    """The moment to follow up has come: its operator hears of it, on shift or not.

    If they are no operator any more or cannot be written to, supervisors do.
    """
    entry = await tx.diary.lock(entry_id)
    if not is_due(entry, now):
        return
    assert entry is not None
    operator = await tx.people.one(entry.operator_id)
    theirs = operator.may(Role.OPERATOR) and operator.reachable and operator.deleted_at is None
    for reader in [operator] if theirs else await tx.people.supervisors():
        await tx.cards.show_anew(f"follow-up:{entry.id}", reader.id, now, Urgency.SOON)


def is_due(entry: DiaryEntry | None, now: datetime) -> bool:
    """Whether somebody should follow it up by now."""
    return (
        entry is not None
        and entry.status is DiaryStatus.FOLLOW_UP
        and entry.follow_up_at is not None
        and entry.follow_up_at <= now
    )


async def followed_up(tx: UnitOfWork, *, entry_id: int, by: Person, now: datetime) -> None:
    """It is seen to: the entry's next version is done."""
    entry = await _to_follow_up(tx, entry_id, by)
    entry.status, entry.follow_up_at = DiaryStatus.DONE, None
    entry.version += 1
    entry.saved_at = now
    await _keep(tx, entry, by=by, now=now)


async def put_off(
    tx: UnitOfWork, *, entry_id: int, by: Person, rules: Rules, now: datetime
) -> datetime:
    """Tomorrow morning instead; answers when that is."""
    entry = await _to_follow_up(tx, entry_id, by)
    tomorrow = now.astimezone(rules.zone).date() + moments.DAY
    due = moments.at(tomorrow, moments.MORNING, rules.zone)
    if entry.follow_up_at != due:  # else it was tapped twice
        entry.follow_up_at = due
        entry.version += 1
        entry.saved_at = now
        await _keep(tx, entry, by=by, now=now)
    return due


async def _to_follow_up(tx: UnitOfWork, entry_id: int, by: Person) -> DiaryEntry:
    entry = await tx.diary.lock(entry_id)
    if entry is None or not may_read(entry, by):
        raise NotYours
    if entry.status is not DiaryStatus.FOLLOW_UP:
        raise TooLate
    return entry
