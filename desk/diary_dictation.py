"""Dictating the diary: a voice is kept at once, and what was heard of it becomes fields."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk import diary, diary_drafts, dictation
from desk.diary_content import Content
from desk.diary_steps import FILLED_IN, WORDS, Hint, Step, has_answer, steps, who, with_words
from desk.dictation import How, Told
from desk.messages import LISTEN
from desk.moments import Trouble
from desk.refusals import NotYours
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Conversation, DiaryDraft, DiaryStatus, DraftState, Person

LONGEST = 600
"""Seconds of a voice that is listened to."""
LARGEST = 20 * 1024 * 1024
"""Bytes: Telegram gives bots no larger file."""
ASKED = (Step.CHANNEL, Step.REQUEST, Step.MOOD, Step.STATUS, Step.WHEN)
"""What is asked for after a dictation, if it was not said: what an entry is not whole without."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A voice, a round video or a sound file as Telegram describes it."""

    file_id: str
    seconds: int
    """0: Telegram does not say."""
    size: int
    """Bytes; 0: Telegram does not say."""

    @property
    def is_too_much(self) -> bool:
        return self.seconds > LONGEST or self.size > LARGEST


async def begin(tx: UnitOfWork, *, by: Person, now: datetime) -> DiaryDraft:
    """The entry being written, or a new one: what is dictated says what it is about."""
    draft = await diary_drafts.unfinished(tx, by)
    return draft or await diary_drafts.begin(tx, by=by, now=now)


async def about(
    tx: UnitOfWork, *, conversation: Conversation, by: Person, now: datetime
) -> DiaryDraft:
    """The entry about a conversation of theirs that is closed. Errors: NotYours."""
    if by.id != (conversation.last_answer_by_id or conversation.holder_id):
        raise NotYours
    entry = await tx.diary.of_conversation(conversation.id, by.id)
    if entry is not None:
        return await diary_drafts.correcting(tx, entry_id=entry.id, by=by, now=now)
    offered = await diary.draft_about(tx, conversation=conversation, by=by, now=now)
    return await diary_drafts.resume(tx, draft_id=offered.id, by=by, now=now, anew=True)


async def dictated(
    tx: UnitOfWork, *, draft_id: int, sound: Sound, by: Person, rules: Rules, now: datetime
) -> DiaryDraft:
    """Keep the voice, and have it listened to if that is possible."""
    draft = await diary_drafts.being_written(tx, draft_id, by)
    content = Content.from_json(draft.content)
    draft.content = replace(content, voices=(*content.voices, sound.file_id)).to_json()
    if not rules.dictation:
        return await diary_drafts.hint(tx, draft, Hint.VOICE, now)
    if sound.is_too_much:
        return await diary_drafts.hint(tx, draft, Hint.LONG, now)
    tx.jobs.ask(
        LISTEN,
        now,
        draft=draft.id,
        file=sound.file_id,
        language=by.speaks,
        seconds=sound.seconds,
    )
    return await diary_drafts.hint(tx, draft, Hint.LISTENING, now)


async def heard(
    tx: UnitOfWork, *, draft_id: int, text: str, rules: Rules, now: datetime
) -> DiaryDraft | None:
    """What was heard goes into the draft, which is shown; nothing is saved by that.

    None: it was saved or thrown away meanwhile, so there is nowhere to put it.
    """
    draft = await _draft(tx, draft_id)
    if draft is None:
        return None
    before = Content.from_json(draft.content)
    content, trouble = _with(before, draft, text, rules, now)
    draft.content, draft.hint = content.to_json(), trouble
    if draft.state is DraftState.WRITING:
        draft.step, draft.single = _where(draft, content), False
        await diary_drafts.show_again(tx, draft=draft, now=now)
    else:
        tx.cards.changed(f"diary:{draft.id}", now)
    return draft


async def not_heard(
    tx: UnitOfWork, *, draft_id: int, why: Hint, now: datetime
) -> DiaryDraft | None:
    """Say why; the voice is kept, and the form goes on where it was."""
    draft = await _draft(tx, draft_id)
    if draft is not None and draft.state is DraftState.WRITING:
        await diary_drafts.hint(tx, draft, why, now)
    return draft


async def _draft(tx: UnitOfWork, draft_id: int) -> DiaryDraft | None:
    draft = await tx.drafts.lock(draft_id)
    return None if draft is None or draft.state is DraftState.SAVED else draft


def _where(draft: DiaryDraft, content: Content) -> Step:
    """The first thing that is missing; a correction goes back to its preview."""
    if draft.entry_id is not None:
        return Step.PREVIEW
    missing = [s for s in steps(draft, content) if s in ASKED and not has_answer(content, s)]
    return missing[0] if missing else Step.PREVIEW


def _with(
    content: Content, draft: DiaryDraft, text: str, rules: Rules, now: datetime
) -> tuple[Content, Trouble | None]:
    """The content with what was said, and what was wrong with the moment to follow up."""
    told = dictation.read(text, now, rules.zone)
    content = replace(content, heard=f"{content.heard}\n{text}".strip())
    asked = Step(draft.step)
    if _is_answer(told, asked):
        if asked is Step.CUSTOMER:
            name, contact = who(text.strip(" ."))
            name, contact = told.customer or name, told.contact or contact
            return replace(content, customer_name=name, customer_contact=contact), None
        return with_words(content, asked, text, more=False), None
    for field, words in told.texts.items():
        content = _with_words(content, field, words, told.how.get(field, How.GUESSED))
    filled_in = FILLED_IN if draft.conversation_id is not None else ()
    return _with_choices(content, told, filled_in)


def _is_answer(told: Told, asked: Step) -> bool:
    """Whether all of it is the answer to the one question that was asked."""
    named = How.NAMED in told.how.values() or How.ADDED in told.how.values()
    if asked is Step.CUSTOMER:
        return not named and told.count - bool(told.customer) <= 1
    return asked in WORDS and not named and told.count <= 1


def _with_words(content: Content, field: str, words: str, how: How) -> Content:
    there: str = getattr(content, field)
    more = f"{there}\n{words}" if there and how is not How.NAMED else words
    said: dict[str, str] = {field: more}
    return replace(content, **said)  # type: ignore[arg-type]


def _with_choices(
    content: Content, told: Told, filled_in: Sequence[Step]
) -> tuple[Content, Trouble | None]:
    if told.mood is not None:
        content = replace(content, mood=told.mood)
    if told.status is not None:
        kept = content.follow_up_at if told.status is DiaryStatus.FOLLOW_UP else None
        content = replace(content, status=told.status, follow_up_at=kept)
    if told.channel is not None and Step.CHANNEL not in filled_in:
        content = replace(content, channel=told.channel)
    if Step.CUSTOMER not in filled_in:
        name, contact = told.customer, told.contact
        content = replace(
            content,
            customer_name=name or content.customer_name,
            customer_contact=contact or content.customer_contact,
        )
    if isinstance(told.follow_up, Trouble):
        return replace(content, status=DiaryStatus.FOLLOW_UP, follow_up_at=None), told.follow_up
    if told.follow_up is not None:
        content = replace(content, status=DiaryStatus.FOLLOW_UP, follow_up_at=told.follow_up)
    return content, None
