"""The team: who is in it, what they may do, what customers call them; invites; bans."""

import re

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from desk import invites, people
from desk.refusals import NotYours, TooLate
from desk.rules import Rules
from handlers.callbacks import (
    BanTap,
    FindTap,
    InviteAskTap,
    InviteTap,
    MemberTap,
    NameResetTap,
    NameTap,
    RemoveSureTap,
    RemoveTap,
    RevokeTap,
    RoleTap,
)
from handlers.context import Clock, Say, Toast
from handlers.filters import Is, NotACommand, Words
from handlers.keyboards import button, keyboard
from handlers.screens.people import link_to, roles_of
from i18n import Texts, texts_for
from storage.database import UnitOfWork
from storage.models import Deed, Person, Role

FOUND_AT_MOST = 8
NUMBER = re.compile(r"(?:№|no\.?|#)?\s*([0-9]{1,15})", re.IGNORECASE)


class TeamForm(StatesGroup):
    naming = State()
    """Waiting for the name customers shall see; `person_id` says whose."""
    finding = State()
    """Waiting for a conversation's number or a name."""


async def team_asked(
    _: Message, me: Person, tx: UnitOfWork, bot_username: str, clock: Clock
) -> None:
    (await tx.teams.ours()).bot_username = bot_username  # the card's links are made with it
    await tx.cards.show_anew(people.TEAM_CARD, me.id, clock())


async def invite_asked(_: Message | CallbackQuery, texts: Texts, say: Say) -> None:
    choice = [
        button(texts.plain(f"people-invitee-{role}"), InviteTap(role=role))
        for role in people.STAFF_ROLES
    ]
    say(texts("people-invite-ask"), keyboard(choice))


async def invited(
    _: CallbackQuery,
    callback_data: InviteTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    bot_username: str,
    clock: Clock,
) -> None:
    """The link is in this message only: we keep no more than its hash."""
    now = clock()
    invite, secret = await invites.make(tx, role=callback_data.role, by=me, now=now)
    until = texts.bound(invite.expires_at, rules.zone, now)
    revoke = button(texts.plain("people-invite-revoke"), RevokeTap(invite_id=invite.id))
    say(
        texts.lines(
            texts("people-invite-made", role=texts.plain(f"role-{invite.role}")),
            texts("people-invite-how", until=until),
            f"{link_to(bot_username)}?start=invite-{secret}",
        ),
        keyboard([revoke]),
    )


async def revoked(
    _: CallbackQuery,
    callback_data: RevokeTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    await invites.revoke(tx, invite_id=callback_data.invite_id, by=me, now=clock())
    toast.text = texts.plain("people-invite-revoked")


async def member_opened(
    _: CallbackQuery, callback_data: MemberTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    person = await tx.people.get(callback_data.person_id)
    if person is None or person.deleted_at is not None:
        raise NotYours
    about = f"member:{person.id}"
    if not person.may(Role.OPERATOR):  # a customer: who looked is written down
        tx.audit.note(Deed.PERSON_SEEN, about=f"person:{person.id}", by_id=me.id, now=clock())
    await tx.cards.show_anew(about, me.id, clock())


async def role_changed(
    _: CallbackQuery,
    callback_data: RoleTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    """Whose role it is hears of it; who did it sees it on the card."""
    change = people.give_role if callback_data.has else people.take_role
    person = await change(
        tx,
        person_id=callback_data.person_id,
        role=callback_data.role,
        by=me,
        rules=rules,
        now=clock(),
    )
    done = "people-role-given" if callback_data.has else "people-role-taken"
    toast.text = texts.plain(done)
    _tell_their_role(say, person, rules)


async def removal_asked(
    _: CallbackQuery,
    callback_data: RemoveTap,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
) -> None:
    """A slip of the thumb must not send somebody's conversations to the queue."""
    person = await tx.people.get(callback_data.person_id)
    if person is None:
        raise NotYours
    sure = RemoveSureTap(person_id=person.id)
    say(
        texts("people-remove-ask", name=person.shown_name),
        keyboard([button(texts.plain("people-remove-button"), sure)]),
    )


async def removed(
    _: CallbackQuery,
    callback_data: RemoveSureTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    person = await people.remove(
        tx, person_id=callback_data.person_id, by=me, rules=rules, now=clock()
    )
    say(texts("people-removed", name=person.shown_name))
    _tell_their_role(say, person, rules)


def _tell_their_role(say: Say, person: Person, rules: Rules) -> None:
    """In the language of whose it is."""
    texts = texts_for(person.speaks, rules.locale)
    if not person.reachable:
        return
    if person.may(Role.OPERATOR):
        say(texts("people-now-roles", roles=roles_of(person, texts)), to=person)
    else:
        say(texts("people-now-customer"), to=person)


async def access_changed(
    _: CallbackQuery,
    callback_data: BanTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    person_id, now = callback_data.person_id, clock()
    if callback_data.banned:
        await people.ban(tx, person_id=person_id, by=me, rules=rules, now=now)
        toast.text = texts.plain("people-ban-done")
    else:
        await people.unban(tx, person_id=person_id, by=me, now=now)
        toast.text = texts.plain("people-unban-done")


async def name_asked(
    _: CallbackQuery,
    callback_data: NameTap,
    state: FSMContext,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
) -> None:
    person = await tx.people.get(callback_data.person_id)
    if person is None:
        raise NotYours
    await state.set_state(TeamForm.naming)
    await state.set_data({"person_id": person.id})
    reset = NameResetTap(person_id=person.id)
    say(
        texts("people-name-ask", name=person.shown_name),
        keyboard([button(texts.plain("people-name-reset"), reset)]),
    )


async def named(
    _: Message,
    words: str,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    person_id = int((await state.get_data())["person_id"])
    try:
        person = await people.set_display_name(
            tx, person_id=person_id, words=words, by=me, now=clock()
        )
    except TooLate:  # removed meanwhile: there is nobody to name any more
        await state.clear()
        raise
    await state.clear()
    say(texts("people-name-set", name=person.shown_name))


async def name_reset(
    _: CallbackQuery,
    callback_data: NameResetTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    person = await people.set_display_name(
        tx, person_id=callback_data.person_id, words=None, by=me, now=clock()
    )
    if await state.get_state() == TeamForm.naming.state:
        await state.clear()
    say(texts("people-name-set", name=person.shown_name))


async def name_asked_again(_: Message, texts: Texts, say: Say) -> None:
    say(texts("people-name-again"))


async def search_asked(_: CallbackQuery, state: FSMContext, texts: Texts, say: Say) -> None:
    await state.set_state(TeamForm.finding)
    say(texts("people-find-ask"))


async def searched(
    _: Message,
    words: str,
    state: FSMContext,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
) -> None:
    found = await _find(tx, words.strip())
    if not found:
        say(texts("people-find-none"))
        return
    await state.clear()
    rows = []
    for person in found:
        label = texts.plain(
            "people-find-label", name=person.shown_name, roles=roles_of(person, texts)
        )
        rows.append([button(label, MemberTap(person_id=person.id))])
    say(texts("people-find-which"), keyboard(*rows))


async def _find(tx: UnitOfWork, words: str) -> list[Person]:
    """By a conversation's number its customer; else by name."""
    number = NUMBER.fullmatch(words)
    conversation = await tx.conversations.get(int(number[1])) if number else None
    if conversation is not None:
        return [await tx.people.one(conversation.customer_id)]
    return list(await tx.people.named(words, FOUND_AT_MOST))


async def search_asked_again(_: Message, texts: Texts, say: Say) -> None:
    say(texts("people-find-again"))


async def left(_: Message, state: FSMContext, texts: Texts, say: Say) -> None:
    await state.clear()
    say(texts("people-cancelled"))


def router() -> Router:
    team = Router(name="team")
    team.message.register(team_asked, Command("team"))
    team.message.register(invite_asked, Command("invite"))
    team.callback_query.register(invite_asked, InviteAskTap.filter())
    team.callback_query.register(invited, InviteTap.filter())
    team.callback_query.register(revoked, RevokeTap.filter())
    team.callback_query.register(member_opened, MemberTap.filter())
    team.callback_query.register(role_changed, RoleTap.filter())
    team.callback_query.register(removal_asked, RemoveTap.filter())
    team.callback_query.register(removed, RemoveSureTap.filter())
    team.callback_query.register(access_changed, BanTap.filter())
    team.callback_query.register(name_asked, NameTap.filter())
    team.callback_query.register(name_reset, NameResetTap.filter())
    team.callback_query.register(search_asked, FindTap.filter())
    return team


def forms() -> Router:
    """What was asked for and not told yet. Every step answers everything but other commands."""
    form = Router(name="team forms")
    form.message.filter(Is(Role.SUPERVISOR))
    naming, finding = StateFilter(TeamForm.naming), StateFilter(TeamForm.finding)
    form.message.register(left, StateFilter(TeamForm), Command("cancel"))
    form.message.register(named, naming, Words())
    form.message.register(name_asked_again, naming, NotACommand())
    form.message.register(searched, finding, Words())
    form.message.register(search_asked_again, finding, NotACommand())
    return form
