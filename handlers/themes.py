"""Themes of comments: looked at by supervisors, and their words changed."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from desk import themes
from desk.refusals import NotYours, TooLate
from desk.rules import Rules
from desk.team import SPANS, Period
from desk.themes import key_of
from handlers.context import Clock, Say, Toast
from handlers.figure_callbacks import ThemesTap
from handlers.filters import Is, NotACommand, Words
from handlers.screens.themes import ALL, CARD, LIST, PAGES, USUAL, WORDS, key, name
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import Person, Role


class ThemesForm(StatesGroup):
    words = State()
    """Waiting for what belongs to a theme; `theme` says which."""


async def opened(
    _: CallbackQuery, callback_data: ThemesTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    """The card itself goes to another page."""
    page = {"page": callback_data.does, "one": callback_data.one, "other": callback_data.other}
    await _turn(tx, me, clock, **page)


async def asked(
    _: CallbackQuery, callback_data: ThemesTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    """From the report or the digest: as a message of its own."""
    page = WORDS if callback_data.one else ALL
    await _remember(tx, me, page=page)
    await tx.cards.show_anew(CARD, me.id, clock())


async def span_chosen(
    _: CallbackQuery, callback_data: ThemesTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    if callback_data.one not in SPANS:
        raise NotYours
    await _turn(tx, me, clock, weeks=callback_data.one, page=ALL)


async def added(
    _: CallbackQuery,
    callback_data: ThemesTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    """An offered word goes into a theme, or into one of its own."""
    now = clock()
    weeks = (await tx.forms.get(key(me.id)))[1].get("weeks", USUAL)
    period = Period.before(now, rules.zone, weeks)
    word = await themes.offered_word(tx, key=callback_data.other, period=period, rules=rules)
    if word is None:
        raise TooLate
    new = callback_data.one == key_of(word)
    theme = word if new else themes.theme_of(await themes.lexicon(tx), callback_data.one)
    await themes.put(tx, theme=theme, words=word, by=me, now=now)
    toast.text = texts.plain("themes-added", words=word, theme=name(texts, theme))
    await _turn(tx, me, clock, page=WORDS)


async def dropped(
    _: CallbackQuery,
    callback_data: ThemesTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    theme = themes.theme_of(await themes.lexicon(tx), callback_data.one)
    await themes.drop(tx, theme=theme, key=callback_data.other, by=me, now=clock())
    toast.text = texts.plain("themes-dropped")
    tx.cards.changed(CARD, clock())


async def write_asked(
    _: CallbackQuery,
    callback_data: ThemesTap,
    state: FSMContext,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
) -> None:
    theme = themes.theme_of(await themes.lexicon(tx), callback_data.one)
    await state.set_state(ThemesForm.words)
    await state.set_data({"theme": theme})
    say(texts("themes-write-ask", name=name(texts, theme)))


async def written(
    _: Message,
    words: str,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    theme = (await state.get_data())["theme"]
    try:
        await themes.put(tx, theme=theme, words=words, by=me, now=clock())
    except NotYours:
        say(texts("themes-write-words"))
        return
    await state.clear()
    await _remember(tx, me, page=LIST, one=key_of(theme))
    await tx.cards.show_anew(CARD, me.id, clock())


async def asked_again(_: Message, texts: Texts, say: Say) -> None:
    say(texts("themes-write-words"))


async def left(_: Message, state: FSMContext, texts: Texts, say: Say) -> None:
    await state.clear()
    say(texts("themes-left"))


async def _turn(tx: UnitOfWork, me: Person, clock: Clock, **what: Any) -> None:
    await _remember(tx, me, **what)
    tx.cards.changed(CARD, clock())


async def _remember(tx: UnitOfWork, me: Person, **what: Any) -> None:
    _, answers = await tx.forms.get(key(me.id))
    tx.forms.put(key(me.id), None, {"weeks": USUAL, **answers, **what})


def router() -> Router:
    topic = Router(name="themes")
    tap = topic.callback_query.register
    tap(opened, ThemesTap.filter(F.does.in_(set(PAGES))))
    tap(asked, ThemesTap.filter(F.does == "ask"))
    tap(span_chosen, ThemesTap.filter(F.does == "weeks"))
    tap(added, ThemesTap.filter(F.does == "add"))
    tap(dropped, ThemesTap.filter(F.does == "drop"))
    tap(write_asked, ThemesTap.filter(F.does == "write"))
    return topic


def forms() -> Router:
    form = Router(name="themes' form")
    form.message.filter(Is(Role.SUPERVISOR), StateFilter(ThemesForm))
    form.message.register(left, Command("cancel"))
    form.message.register(written, Words())
    form.message.register(asked_again, NotACommand())
    return form
