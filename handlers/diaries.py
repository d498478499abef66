"""/diaries: looking entries through, searching, reading one whole; reminders to follow up."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from desk import diary
from desk.diary_content import Content
from desk.diary_steps import WORDS
from desk.refusals import NotYours
from desk.rules import Rules
from handlers.callbacks import (
    DiariesAllTap,
    DiariesSearchTap,
    DiariesTap,
    EntryPageTap,
    EntryTap,
    FollowUpTap,
)
from handlers.context import Clock, Say, Toast
from handlers.filters import Is, NotACommand, Words
from handlers.keyboards import button, keyboard
from handlers.screens.entry import list_key, plain_title
from i18n import Texts
from i18n.pages import pages
from storage.database import UnitOfWork
from storage.models import Person, Role

PAGE_UNITS = 3_700
"""Of an entry's whole text in one message, beside its title."""


class DiariesForm(StatesGroup):
    searching = State()
    """Waiting for the words to search for."""


async def asked(
    _: Message, command: CommandObject, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    """`/diaries refund` searches at once."""
    await _look_through(tx, me, clock, words=command.args or "")


async def _look_through(
    tx: UnitOfWork, me: Person, clock: Clock, *, anew: bool = True, **which: Any
) -> None:
    """Show the list from its first page, of what `which` says."""
    tx.forms.put(list_key(me.id), None, {"page": 0, **which})
    if anew:
        await tx.cards.show_anew(f"diaries:{me.id}", me.id, clock())
    else:
        tx.cards.changed(f"diaries:{me.id}", clock())


async def turned(
    _: CallbackQuery, callback_data: DiariesTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    key = list_key(me.id)
    which = (await tx.forms.get(key))[1]
    tx.forms.put(key, None, {**which, "page": max(0, callback_data.page)})
    tx.cards.changed(f"diaries:{me.id}", clock())


async def all_asked(_: CallbackQuery, me: Person, tx: UnitOfWork, clock: Clock) -> None:
    await _look_through(tx, me, clock, anew=False)


# --- searching ---


async def search_asked(_: CallbackQuery, state: FSMContext, texts: Texts, say: Say) -> None:
    await state.set_state(DiariesForm.searching)
    say(texts("entries-ask"))


async def searched(
    _: Message, words: str, state: FSMContext, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    await state.clear()
    await _look_through(tx, me, clock, words=words)


async def search_cancelled(_: Message, state: FSMContext, texts: Texts, say: Say) -> None:
    await state.clear()
    say(texts("entries-not-searched"))


async def words_needed(_: Message, texts: Texts, say: Say) -> None:
    say(texts("entries-words-needed"))


# --- one entry ---


async def opened(
    _: CallbackQuery, callback_data: EntryTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    entry = await diary.read(tx, entry_id=callback_data.entry_id, by=me, now=clock())
    await tx.cards.show_anew(f"entry:{entry.id}", me.id, clock())


async def of_customer_asked(
    _: CallbackQuery, callback_data: EntryTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    """Everything about the customer of an entry; who is not on Telegram is known by name."""
    entry = await diary.readable(tx, entry_id=callback_data.entry_id, by=me)
    if entry.customer_id is not None:
        which: dict[str, Any] = {"customer": entry.customer_id, "name": entry.customer_name}
        await _look_through(tx, me, clock, **which)
    else:
        await _look_through(tx, me, clock, words=entry.customer_name)


async def page_asked(
    _: CallbackQuery,
    callback_data: EntryPageTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
) -> None:
    """A part of the whole text, of the version the button says; buttons lead to the others."""
    entry = await diary.readable(tx, entry_id=callback_data.entry_id, by=me)
    version = await tx.diary.version(entry.id, callback_data.version)
    if version is None:
        raise NotYours
    content = Content.from_json(version.content)
    parts = pages(_whole(texts, content), PAGE_UNITS)
    if not 0 <= callback_data.page < len(parts):
        raise NotYours
    number = callback_data.page
    head = texts(
        "entry-page-title",
        title=plain_title(texts, entry.conversation_id, content),
        version=version.version,
        page=number + 1,
        pages=len(parts),
    )
    buttons = []
    if number + 1 < len(parts):
        following = EntryPageTap(entry_id=entry.id, version=version.version, page=number + 1)
        buttons.append(button(texts.plain("entry-next-page"), following, primary=True))
    if version.version > 1:
        before = EntryPageTap(entry_id=entry.id, version=version.version - 1, page=0)
        buttons.append(button(texts.plain("entry-before"), before))
    page = texts.quote(parts[number], PAGE_UNITS)
    say(texts.lines(head, page), keyboard(buttons) if buttons else None)


async def photos_asked(
    _: CallbackQuery, callback_data: EntryTap, me: Person, tx: UnitOfWork, texts: Texts, say: Say
) -> None:
    """All pictures of the entry, in the order they were sent."""
    entry = await diary.readable(tx, entry_id=callback_data.entry_id, by=me)
    title = plain_title(texts, entry.conversation_id, Content.of(entry))
    photos = entry.photos or []
    for number, photo in enumerate(photos, 1):
        caption = texts("entry-photo", title=title, number=number, count=len(photos))
        say(caption, photo=photo)


def _whole(texts: Texts, content: Content) -> str:
    """Every word of it, under the names of the fields."""
    customer = ", ".join(
        part for part in (content.customer_name, content.customer_contact) if part
    )
    told = [
        f"{texts.plain('entry-field', field=step.value)}\n{words}"
        for step in WORDS
        if (words := getattr(content, step.value))
    ]
    return "\n\n".join([customer, *told] if customer else told)


# --- following up ---


async def followed_up(
    _: CallbackQuery,
    callback_data: FollowUpTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    entry_id, now = callback_data.entry_id, clock()
    if callback_data.done:
        await diary.followed_up(tx, entry_id=entry_id, by=me, now=now)
        toast.text = texts.plain("followup-done")
    else:
        due = await diary.put_off(tx, entry_id=entry_id, by=me, rules=rules, now=now)
        toast.text = texts.plain("followup-moved", at=texts.moment(due, rules.zone, now))


def router() -> Router:
    diaries = Router(name="diaries")
    diaries.message.filter(Is(Role.OPERATOR))
    diaries.message.register(asked, Command("diaries"))
    tap = diaries.callback_query.register
    tap(turned, DiariesTap.filter())
    tap(all_asked, DiariesAllTap.filter())
    tap(search_asked, DiariesSearchTap.filter())
    tap(opened, EntryTap.filter(F.does == "open"))
    tap(of_customer_asked, EntryTap.filter(F.does == "customer"))
    tap(photos_asked, EntryTap.filter(F.does == "photos"))
    tap(page_asked, EntryPageTap.filter())
    tap(followed_up, FollowUpTap.filter())
    searching = StateFilter(DiariesForm)
    diaries.message.register(search_cancelled, searching, Command("cancel"))
    diaries.message.register(searched, searching, Words())
    diaries.message.register(words_needed, searching, NotACommand())
    return diaries
