"""Who you are here and what you can do now; the links that let somebody in; the language."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from desk import invites, people
from desk.refusals import NotYours
from desk.rules import Rules
from handlers.callbacks import (
    LanguageTap,
)
from handlers.context import Clock, Say, Toast
from handlers.keyboards import button, keyboard
from handlers.rights import commands_of
from handlers.screens.people import roles_of
from i18n import LANGUAGES, Texts, texts_for
from storage.database import UnitOfWork
from storage.models import Person, Role


async def started(
    _: Message,
    command: CommandObject,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    """/start, from the button or from a link with a word in it."""
    now = clock()
    word, _dash, secret = (command.args or "").strip().partition("-")
    head: str | None = None
    if word == "invite" and secret:
        invite = await invites.redeem(tx, secret=secret, by=me, rules=rules, now=now)
        maker = await tx.people.one(invite.made_by_id)
        theirs = texts_for(maker.speaks, rules.locale)
        role = theirs.plain(f"role-{invite.role}")
        say(theirs("people-joined-tell", name=me.shown_name, role=role), to=maker)
        head = texts("people-joined", role=texts.plain(f"role-{invite.role}"))
    elif word == "setup" and secret:
        await people.set_up(tx, secret=secret, by=me, rules=rules, now=now)
        head = texts.lines(texts("people-set-up"), texts("people-set-up-next"))
    else:
        await people.started(tx, person=me, rules=rules, now=now)
        head = texts("people-link-nothing") if word else None
    say(texts.lines(head, await _what_now(tx, me, texts, rules, clock, named=head is None)))


async def helped(
    _: Message,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    say(await _what_now(tx, me, texts, rules, clock, named=True))


async def _what_now(
    tx: UnitOfWork, me: Person, texts: Texts, rules: Rules, clock: Clock, *, named: bool
) -> str:
    """Who they are here and what they can do now; `named`: begin with their name and role."""
    lines: list[str | None] = []
    if not me.may(Role.OPERATOR):
        lines.append(texts("people-hello-customer"))
        conversation = await tx.conversations.open_of(me.id)
        if conversation is not None:
            lines.append(texts("people-question-open", number=str(conversation.id)))
    else:
        if named:
            roles = roles_of(me, texts)
            lines.append(texts("people-hello-staff", name=me.shown_name, roles=roles))
        if me.on_shift and me.shift_since is not None:
            since = texts.bound(me.shift_since, rules.zone, clock())
            lines.append(texts("people-shift-on", since=since))
        else:
            lines.append(texts("people-shift-off"))
        held = len(await tx.conversations.held_by(me.id))
        lines.append(texts("people-holding", count=held) if held else None)
    lines += [
        texts("people-command", name=name, does=texts.plain(f"command-{name}"))
        for name in commands_of(me)
        if name != "help"  # this is it
    ]
    return texts.lines(*lines)


async def language_asked(_: Message, texts: Texts, say: Say) -> None:
    choice = [
        button(texts.plain(f"language-{code}"), LanguageTap(code=code)) for code in LANGUAGES
    ]
    say(texts("people-language-ask"), keyboard(choice))


async def language_chosen(
    _: CallbackQuery,
    callback_data: LanguageTap,
    me: Person,
    tx: UnitOfWork,
    say: Say,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    if callback_data.code not in LANGUAGES:
        raise NotYours
    await people.choose_language(tx, person=me, language=callback_data.code, now=clock())
    texts = texts_for(callback_data.code, rules.locale)
    toast.text = texts.plain("people-language-set")
    say(texts("people-language-set"))


def router() -> Router:
    start = Router(name="start")
    start.message.register(started, CommandStart())
    start.message.register(helped, Command("help"))
    start.message.register(language_asked, Command("language"))
    start.callback_query.register(language_chosen, LanguageTap.filter())
    return start
