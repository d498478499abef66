"""Writing a diary entry: which one is being written, its answers, going about, saving."""

from dataclasses import replace
from datetime import datetime

from desk import diary, moments
from desk.diary_content import Content
from desk.diary_steps import (
    Hint,
    Step,
    chosen,
    cleared,
    has_answer,
    is_long,
    steps,
    who,
    with_words,
)
from desk.moments import Trouble
from desk.refusals import DraftAside, DraftSaved, NotYours, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import (
    ConversationState,
    DiaryDraft,
    DiaryEntry,
    DiaryStatus,
    DraftState,
    Person,
    Urgency,
)

# --- which draft ---


async def begin(
    tx: UnitOfWork, *, by: Person, now: datetime, instead_of: int | None = None
) -> DiaryDraft:
    """A new entry about something that happened outside Telegram, from its first step.

    `instead_of` the one being written, which is left for later.
    """
    if instead_of is not None:
        await _mine(tx, instead_of, by, DraftState.WRITING)
    await _set_others_aside(tx, by, None, now)
    draft = await tx.drafts.add(
        DiaryDraft(
            writer_id=by.id,
            state=DraftState.WRITING,
            step=Step.TIME,
            content=Content(at=now).to_json(),
            begun_at=now,
        )
    )
    tx.cards.show(f"diary:{draft.id}", by.id, now)
    return draft


async def resume(
    tx: UnitOfWork, *, draft_id: int, by: Person, now: datetime, anew: bool = False
) -> DiaryDraft:
    """Go on with an offered entry or one left for later."""
    draft = await _mine(tx, draft_id, by, *DraftState)
    if draft.state is DraftState.SAVED:
        raise DraftSaved
    await _set_others_aside(tx, by, draft, now)
    draft.state, draft.hint = DraftState.WRITING, None
    await _show(tx, draft, now, anew=anew)
    return draft


async def correcting(tx: UnitOfWork, *, entry_id: int, by: Person, now: datetime) -> DiaryDraft:
    """A saved entry, to be corrected: nothing changes until it is saved again."""
    entry = await diary.readable(tx, entry_id=entry_id, by=by)
    draft = await tx.drafts.correcting(entry.id, by.id)
    if draft is None:
        draft = await tx.drafts.add(
            DiaryDraft(
                writer_id=by.id,
                conversation_id=entry.conversation_id,
                entry_id=entry.id,
                base_version=entry.version,
                state=DraftState.WRITING,
                step=Step.FIELDS,
                content=Content.of(entry).to_json(),
                begun_at=now,
            )
        )
    return await resume(tx, draft_id=draft.id, by=by, now=now, anew=True)


async def about(
    tx: UnitOfWork, *, draft_id: int, conversation_id: int, by: Person, now: datetime
) -> DiaryDraft:
    """The new entry is about a conversation of theirs after all."""
    conversation = await tx.conversations.lock(conversation_id)
    draft = await _mine(tx, draft_id, by, DraftState.WRITING)
    if conversation is None or by.id != (conversation.last_answer_by_id or conversation.holder_id):
        raise NotYours
    if (
        conversation.state is not ConversationState.CLOSED
        or draft.step != Step.TIME
        or Content.from_json(draft.content).says_something
        or await tx.diary.of_conversation(conversation.id, by.id) is not None
    ):
        raise TooLate
    await tx.drafts.remove(draft)
    tx.cards.changed(f"diary:{draft.id}", now)
    offered = await diary.draft_about(tx, conversation=conversation, by=by, now=now)
    return await resume(tx, draft_id=offered.id, by=by, now=now, anew=True)


async def unfinished(tx: UnitOfWork, by: Person) -> DiaryDraft | None:
    """What they are writing now."""
    writing = await tx.drafts.writing(by.id)
    return writing[0] if writing else None


async def being_written(tx: UnitOfWork, draft_id: int, by: Person) -> DiaryDraft:
    """Errors: NotYours, DraftSaved, DraftAside."""
    return await _at(tx, draft_id, by, None)


async def show_again(tx: UnitOfWork, *, draft: DiaryDraft, now: datetime) -> None:
    """Something else was written in between: the question comes below it."""
    await _show(tx, draft, now, anew=True)


async def _set_others_aside(
    tx: UnitOfWork, by: Person, chosen: DiaryDraft | None, now: datetime
) -> None:
    for draft in await tx.drafts.writing(by.id):
        if draft is not chosen:
            await _leave(tx, draft, now)


async def _mine(tx: UnitOfWork, draft_id: int, by: Person, *states: DraftState) -> DiaryDraft:
    draft = await tx.drafts.lock(draft_id)
    if draft is None or draft.writer_id != by.id:
        raise NotYours
    if draft.state not in states:
        raise DraftSaved if draft.state is DraftState.SAVED else DraftAside
    return draft


async def _at(tx: UnitOfWork, draft_id: int, by: Person, step: str | None) -> DiaryDraft:
    """The draft being written; `step` None: wherever it is."""
    draft = await _mine(tx, draft_id, by, DraftState.WRITING)
    if step is not None and draft.step != step:
        raise TooLate
    return draft


async def _show(tx: UnitOfWork, draft: DiaryDraft, now: datetime, *, anew: bool) -> None:
    """After a tap the card turns, after a message it comes again below."""
    if anew:
        await tx.cards.show_anew(f"diary:{draft.id}", draft.writer_id, now)
    else:
        tx.cards.changed(f"diary:{draft.id}", now)


# --- where a step leads ---

UNASKED = (Step.TIME, Step.CUSTOMER, Step.DONE, Step.RESULT)
"""Of who dictated: what they did not say, they had nothing to say of."""


def _advance(draft: DiaryDraft, content: Content) -> None:
    """To the next step; what was already tapped or dictated is not asked again."""
    here, draft.hint = Step(draft.step), None
    needs_date = content.status is DiaryStatus.FOLLOW_UP and content.follow_up_at is None
    if draft.single and not (here is Step.STATUS and needs_date):
        draft.step, draft.single = Step.PREVIEW, False
        return
    route = steps(draft, content)
    for step in route[route.index(here) + 1 :]:
        known = step in (Step.MOOD, Step.STATUS, Step.WHEN) or content.heard
        if not (known and has_answer(content, step)) and not (content.heard and step in UNASKED):
            draft.step = step
            return


async def _take(
    tx: UnitOfWork, draft: DiaryDraft, content: Content, now: datetime, *, anew: bool
) -> None:
    """An answer: keep it and go on."""
    draft.content = content.to_json()
    _advance(draft, content)
    await _show(tx, draft, now, anew=anew)


# --- answers ---


async def choose(
    tx: UnitOfWork,
    *,
    draft_id: int,
    step: str,
    value: str,
    by: Person,
    rules: Rules,
    now: datetime,
    anew: bool = False,
) -> DiaryDraft:
    """A button of a step. Mood and status answer on the offer as well."""
    draft = await _mine(tx, draft_id, by, DraftState.OFFERED, DraftState.WRITING)
    offered = draft.state is DraftState.OFFERED
    if draft.step != step and not (offered and step in (Step.MOOD, Step.STATUS)):
        raise TooLate
    changed = chosen(Content.from_json(draft.content), step, value, rules, now)
    if isinstance(changed, Trouble):
        draft.hint = changed
        await _show(tx, draft, now, anew=anew)
    elif not offered:
        await _take(tx, draft, changed, now, anew=anew)
    else:
        draft.content = changed.to_json()
        if changed.status is DiaryStatus.FOLLOW_UP and step == Step.STATUS:
            await _set_others_aside(tx, by, draft, now)
            draft.state, draft.step, draft.single = DraftState.WRITING, Step.WHEN, True
        await _show(tx, draft, now, anew=anew)
    return draft


async def typed(
    tx: UnitOfWork, *, draft_id: int, words: str, by: Person, rules: Rules, now: datetime
) -> DiaryDraft:
    """A text, whatever the step. One that does not fit is answered and changes nothing."""
    draft = await _at(tx, draft_id, by, None)
    content = Content.from_json(draft.content)
    match draft.step:
        case Step.REQUEST | Step.DONE | Step.RESULT:
            await _take_words(tx, draft, content, words, now)
        case Step.CUSTOMER:
            name, contact = who(words)
            content = replace(content, customer_name=name, customer_contact=contact)
            await _take(tx, draft, content, now, anew=True)
        case Step.TIME | Step.WHEN:
            past = draft.step == Step.TIME
            moment = moments.parse(words, now, rules.zone, "past" if past else "future")
            if isinstance(moment, Trouble):
                await hint(tx, draft, moment, now)
            elif past:
                await _take(tx, draft, replace(content, at=moment), now, anew=True)
            else:
                content = replace(content, follow_up_at=moment)
                await _take(tx, draft, content, now, anew=True)
        case _:
            await hint(tx, draft, Hint.BUTTON, now)
    return draft


async def _take_words(
    tx: UnitOfWork, draft: DiaryDraft, content: Content, words: str, now: datetime
) -> None:
    """The answer is the whole text: Telegram cuts a long one in parts, so more may follow."""
    content = with_words(content, draft.step, words, more=draft.hint == Hint.MORE)
    if is_long(words):
        draft.content = content.to_json()
        await hint(tx, draft, Hint.MORE, now)
    else:
        await _take(tx, draft, content, now, anew=True)


async def introduced(
    tx: UnitOfWork, *, draft_id: int, name: str, phone: str, by: Person, now: datetime
) -> DiaryDraft:
    """A contact shared from the phone book."""
    draft = await _at(tx, draft_id, by, None)
    if draft.step != Step.CUSTOMER:
        return await hint(tx, draft, _expected(draft), now)
    content = Content.from_json(draft.content)
    content = replace(content, customer_name=name, customer_contact=phone)
    await _take(tx, draft, content, now, anew=True)
    return draft


async def pictured(
    tx: UnitOfWork, *, draft_id: int, file_id: str, by: Person, now: datetime
) -> DiaryDraft:
    """A photo is kept beside the words, at whatever step it comes."""
    draft = await _at(tx, draft_id, by, None)
    content = Content.from_json(draft.content)
    draft.content = replace(content, photos=(*content.photos, file_id)).to_json()
    more = draft.hint == Hint.MORE
    return await hint(tx, draft, Hint.MORE if more else Hint.PHOTO, now)


async def unfit(tx: UnitOfWork, *, draft_id: int, by: Person, now: datetime) -> DiaryDraft:
    """A sticker, a file: say what is expected; nothing is lost."""
    draft = await _at(tx, draft_id, by, None)
    return await hint(tx, draft, _expected(draft), now)


def _expected(draft: DiaryDraft) -> Hint:
    match draft.step:
        case Step.TIME | Step.WHEN:
            return Hint.MOMENT
        case Step.REQUEST | Step.DONE | Step.RESULT | Step.CUSTOMER:
            return Hint.WORDS
        case _:
            return Hint.BUTTON


async def hint(
    tx: UnitOfWork, draft: DiaryDraft, about: Hint | Trouble, now: datetime
) -> DiaryDraft:
    """Say something about what was sent last; nothing else changes."""
    draft.hint = about
    await _show(tx, draft, now, anew=True)
    return draft


# --- moving about ---


async def skip(
    tx: UnitOfWork,
    *,
    draft_id: int,
    by: Person,
    now: datetime,
    step: str | None = None,
    anew: bool = False,
) -> DiaryDraft:
    """Go on with what there is. A follow-up without a date is simply open."""
    draft = await _at(tx, draft_id, by, step)
    content = Content.from_json(draft.content)
    if draft.step in (Step.PREVIEW, Step.FIELDS):
        draft.hint = Hint.BUTTON
        await _show(tx, draft, now, anew=anew)
        return draft
    if draft.step == Step.WHEN and content.follow_up_at is None:
        content = replace(content, status=DiaryStatus.OPEN)
        draft.content = content.to_json()
        draft.step = Step.STATUS  # WHEN is no step of an open entry
    await _take(tx, draft, content, now, anew=anew)
    return draft


async def back(
    tx: UnitOfWork,
    *,
    draft_id: int,
    by: Person,
    now: datetime,
    step: str | None = None,
    anew: bool = False,
) -> DiaryDraft:
    """To the step before; everything stays as it was told."""
    draft = await _at(tx, draft_id, by, step)
    draft.hint = None
    if draft.single or draft.step == Step.FIELDS:
        draft.step, draft.single = Step.PREVIEW, False
    else:
        route = steps(draft, Content.from_json(draft.content))
        place = route.index(Step(draft.step))
        if place:
            draft.step = route[place - 1]
        else:
            draft.hint = Hint.FIRST
    await _show(tx, draft, now, anew=anew)
    return draft


async def clear(
    tx: UnitOfWork, *, draft_id: int, step: str, by: Person, now: datetime
) -> DiaryDraft:
    """Empty the answer of the step; at the choice of fields, take the photos away."""
    draft = await _at(tx, draft_id, by, step)
    content = cleared(Content.from_json(draft.content), step)
    draft.content, draft.hint = content.to_json(), None
    await _show(tx, draft, now, anew=False)
    return draft


async def pick(
    tx: UnitOfWork, *, draft_id: int, field: str, by: Person, now: datetime
) -> DiaryDraft:
    """Correct one field (or choose which): the preview comes after it."""
    draft = await _mine(tx, draft_id, by, DraftState.WRITING)
    if draft.step not in (Step.PREVIEW, Step.FIELDS):
        raise TooLate
    route = steps(draft, Content.from_json(draft.content))
    if field != Step.FIELDS and field not in route:
        raise NotYours
    draft.step, draft.single, draft.hint = field, field not in (Step.FIELDS, Step.PREVIEW), None
    await _show(tx, draft, now, anew=False)
    return draft


async def again(tx: UnitOfWork, *, draft_id: int, by: Person, now: datetime) -> DiaryDraft:
    """From the beginning: what was filled in for them stays, a correction starts over."""
    draft = await _at(tx, draft_id, by, Step.PREVIEW)
    told = Content.from_json(draft.content)
    draft.hint = None
    if draft.entry_id is not None:
        entry = await tx.diary.one(draft.entry_id)
        content, draft.base_version = Content.of(entry), entry.version
        draft.step = Step.FIELDS
    elif draft.conversation_id is not None:
        content = Content(
            at=told.at,
            channel=told.channel,
            customer_id=told.customer_id,
            customer_name=told.customer_name,
        )
        draft.step = Step.REQUEST
    else:
        content, draft.step = Content(at=now), Step.TIME
    draft.content = content.to_json()
    await _show(tx, draft, now, anew=False)
    return draft


async def cancel(
    tx: UnitOfWork, *, draft_id: int, by: Person, now: datetime, anew: bool = False
) -> bool:
    """Write no further. False: nothing had been told, and nothing is kept."""
    draft = await _at(tx, draft_id, by, None)
    new = draft.conversation_id is None and draft.entry_id is None
    if new and not Content.from_json(draft.content).says_something:
        await tx.drafts.remove(draft)
        tx.cards.changed(f"diary:{draft.id}", now)
        return False
    await _leave(tx, draft, now)
    if anew:
        await _show(tx, draft, now, anew=True)
    return True


async def _leave(tx: UnitOfWork, draft: DiaryDraft, now: datetime) -> None:
    """Left for later: an offer is an offer again."""
    offered = draft.conversation_id is not None and draft.entry_id is None
    draft.state = DraftState.OFFERED if offered else DraftState.ASIDE
    draft.hint = None
    if offered and draft.single:
        draft.step, draft.single = Step.REQUEST, False
    await _show(tx, draft, now, anew=False)


# --- saving ---


async def save(tx: UnitOfWork, *, draft_id: int, by: Person, now: datetime) -> DiaryEntry | None:
    """Into the diary. None: not yet, the moment to follow up is missing or has passed."""
    draft = await _mine(tx, draft_id, by, DraftState.OFFERED, DraftState.WRITING)
    if draft.state is DraftState.WRITING and draft.step != Step.PREVIEW:
        raise TooLate
    content = Content.from_json(draft.content)
    entry = None
    if draft.entry_id is not None:
        await diary.readable(tx, entry_id=draft.entry_id, by=by)
        entry = await tx.diary.lock(draft.entry_id)
        assert entry is not None
    unchanged = entry is not None and entry.follow_up_at == content.follow_up_at
    if content.status is DiaryStatus.FOLLOW_UP and not unchanged:
        moment = content.follow_up_at
        if moment is None or moment <= now:
            await _set_others_aside(tx, by, draft, now)
            draft.state, draft.step, draft.single = DraftState.WRITING, Step.WHEN, True
            draft.hint = Trouble.PASSED if moment else Hint.DATE
            await _show(tx, draft, now, anew=False)
            return None
    if entry is None:
        entry = await diary.write(
            tx, by=by, conversation_id=draft.conversation_id, content=content, now=now
        )
    else:
        assert draft.base_version is not None
        await diary.correct(
            tx, entry=entry, by=by, base_version=draft.base_version, content=content, now=now
        )
    draft.state, draft.entry_id, draft.content = DraftState.SAVED, entry.id, {}
    tx.cards.changed(f"diary:{draft.id}", now)
    await tx.cards.show_anew(f"entry:{entry.id}", by.id, now, Urgency.NOW)
    return entry
