"""Writing the diary: offered after a conversation, or begun with /diary; tapped and typed."""

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from desk import diary_drafts as drafts
from desk.diary_steps import Step
from desk.refusals import NotYours
from desk.rules import Rules
from handlers.callbacks import (
    DiaryAboutTap,
    DiaryAnswerTap,
    DiaryFieldTap,
    DiaryStepTap,
    DiaryTap,
    EntryTap,
)
from handlers.context import Clock, Say, Toast
from handlers.diary_form import DiaryForm, listen, stop_listening, written
from handlers.filters import Has, Is, NotACommand, Words
from handlers.keyboards import button, keyboard
from handlers.screens.diary import choices
from i18n import LANGUAGES, Texts, texts_for
from storage.database import UnitOfWork
from storage.diary import folded
from storage.models import DraftState, Person, Role

ENDINGS = " .!"
"""What people put, or leave out, at the end of a button's words."""


# --- beginning ---


async def asked(
    _: Message,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    draft = await drafts.unfinished(tx, me)
    if draft is None:
        await listen(state, await drafts.begin(tx, by=me, now=clock()))
        return
    on = DiaryTap(draft_id=draft.id, does="continue")
    new = DiaryTap(draft_id=draft.id, does="new")
    say(
        texts("diary-unfinished"),
        keyboard(
            [
                button(texts.plain("diary-continue"), on, primary=True),
                button(texts.plain("diary-new"), new),
            ]
        ),
    )


async def new_tapped(
    _: CallbackQuery,
    callback_data: DiaryTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    number = callback_data.draft_id
    await listen(state, await drafts.begin(tx, by=me, now=clock(), instead_of=number))


async def write_tapped(
    _: CallbackQuery,
    callback_data: DiaryTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    """Under the draft itself it turns; asked for from elsewhere it comes again below."""
    draft = await drafts.resume(
        tx,
        draft_id=callback_data.draft_id,
        by=me,
        now=clock(),
        anew=callback_data.does == "continue",
    )
    await listen(state, draft)


async def about_tapped(
    _: CallbackQuery,
    callback_data: DiaryAboutTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    draft = await drafts.about(
        tx,
        draft_id=callback_data.draft_id,
        conversation_id=callback_data.conversation_id,
        by=me,
        now=clock(),
    )
    await listen(state, draft)


async def correct_tapped(
    _: CallbackQuery,
    callback_data: EntryTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    entry_id = callback_data.entry_id
    await listen(state, await drafts.correcting(tx, entry_id=entry_id, by=me, now=clock()))


# --- answering ---


async def answer_tapped(
    _: CallbackQuery,
    callback_data: DiaryAnswerTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    draft = await drafts.choose(
        tx,
        draft_id=callback_data.draft_id,
        step=callback_data.step,
        value=callback_data.value,
        by=me,
        rules=rules,
        now=clock(),
    )
    if draft.state is DraftState.WRITING:  # mood and status on an offer open no form
        await listen(state, draft)


async def told(
    _: Message,
    words: str,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    """Typed: the words of a step, or of one of its buttons."""
    draft, now = await written(state, tx, me), clock()
    number, step = draft.id, Step(draft.step)
    value = _as_button(step, words)
    if value is None:
        await drafts.typed(tx, draft_id=number, words=words, by=me, rules=rules, now=now)
    else:
        await drafts.choose(
            tx, draft_id=number, step=step, value=value, by=me, rules=rules, now=now, anew=True
        )


def _as_button(step: Step, words: str) -> str | None:
    """What the button says that was typed instead of tapped, in either language."""
    typed = folded(words).strip(ENDINGS)
    for language in LANGUAGES:
        for value, label in choices(texts_for(language), step):
            if typed in (folded(label).strip(ENDINGS), value if step is Step.MOOD else None):
                return value
    return None


async def pictured(
    message: Message,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    """A photo is kept, its caption is text like any other."""
    assert message.photo
    draft = await written(state, tx, me)
    await drafts.pictured(
        tx, draft_id=draft.id, file_id=message.photo[-1].file_id, by=me, now=clock()
    )
    if message.caption:
        await told(message, message.caption, state, me, tx, rules, clock)


async def introduced(
    message: Message, state: FSMContext, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    assert message.contact
    contact = message.contact
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    await drafts.introduced(
        tx,
        draft_id=(await written(state, tx, me)).id,
        name=name,
        phone=contact.phone_number,
        by=me,
        now=clock(),
    )


async def unfit(_: Message, state: FSMContext, me: Person, tx: UnitOfWork, clock: Clock) -> None:
    await drafts.unfit(tx, draft_id=(await written(state, tx, me)).id, by=me, now=clock())


# --- going about ---


async def skipped(_: Message, state: FSMContext, me: Person, tx: UnitOfWork, clock: Clock) -> None:
    await drafts.skip(
        tx, draft_id=(await written(state, tx, me)).id, by=me, now=clock(), anew=True
    )


async def went_back(
    _: Message, state: FSMContext, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    await drafts.back(
        tx, draft_id=(await written(state, tx, me)).id, by=me, now=clock(), anew=True
    )


async def cancelled(
    _: Message,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    draft = await written(state, tx, me)
    await state.clear()
    if not await drafts.cancel(tx, draft_id=draft.id, by=me, now=clock(), anew=True):
        say(texts("diary-cancelled"))


async def cancel_tapped(
    _: CallbackQuery,
    callback_data: DiaryTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    number = callback_data.draft_id
    if not await drafts.cancel(tx, draft_id=number, by=me, now=clock()):
        toast.text = texts.plain("diary-cancelled")
    await stop_listening(state, number)


async def step_tapped(
    _: CallbackQuery,
    callback_data: DiaryStepTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    moves = {"skip": drafts.skip, "back": drafts.back, "clear": drafts.clear}
    move = moves.get(callback_data.does)
    if move is None:
        raise NotYours
    draft = await move(
        tx, draft_id=callback_data.draft_id, step=callback_data.step, by=me, now=clock()
    )
    await listen(state, draft)


async def field_tapped(
    _: CallbackQuery,
    callback_data: DiaryFieldTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    draft = await drafts.pick(
        tx, draft_id=callback_data.draft_id, field=callback_data.field, by=me, now=clock()
    )
    await listen(state, draft)


async def again_tapped(
    _: CallbackQuery,
    callback_data: DiaryTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    number = callback_data.draft_id
    await listen(state, await drafts.again(tx, draft_id=number, by=me, now=clock()))


async def save_tapped(
    _: CallbackQuery,
    callback_data: DiaryTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    number = callback_data.draft_id
    entry = await drafts.save(tx, draft_id=number, by=me, now=clock())
    toast.text = texts.plain("diary-saved" if entry else "diary-not-yet")
    await listen(state, await tx.drafts.one(number))


def router() -> Router:
    diary = Router(name="diary")
    diary.message.filter(Is(Role.OPERATOR))
    diary.message.register(asked, Command("diary"))
    tap = diary.callback_query.register
    tap(new_tapped, DiaryTap.filter(F.does == "new"))
    tap(write_tapped, DiaryTap.filter(F.does.in_({"write", "continue"})))
    tap(save_tapped, DiaryTap.filter(F.does == "save"))
    tap(again_tapped, DiaryTap.filter(F.does == "again"))
    tap(cancel_tapped, DiaryTap.filter(F.does == "cancel"))
    tap(correct_tapped, EntryTap.filter(F.does == "correct"))
    tap(about_tapped, DiaryAboutTap.filter())
    tap(answer_tapped, DiaryAnswerTap.filter())
    tap(step_tapped, DiaryStepTap.filter())
    tap(field_tapped, DiaryFieldTap.filter())
    writing = StateFilter(DiaryForm)
    diary.message.register(skipped, writing, Command("skip"))
    diary.message.register(went_back, writing, Command("back"))
    diary.message.register(cancelled, writing, Command("cancel"))
    diary.message.register(told, writing, Words())
    diary.message.register(pictured, writing, Has(ContentType.PHOTO))
    diary.message.register(introduced, writing, Has(ContentType.CONTACT))
    diary.message.register(unfit, writing, NotACommand())
    return diary
