"""Who is who: first sight, names, roles, shifts, who can be written to, who is banned."""

from collections.abc import Sequence
from datetime import datetime

from desk import alerts, conversations, offers
from desk.links import hashed, is_of, new_secret
from desk.refusals import (
    LastSupervisor,
    LinkUnknown,
    LinkUsed,
    NameTooLong,
    NotAllowed,
    NotYours,
    SetInSettings,
    StaffNotBanned,
    TooLate,
)
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import THE_TEAM, Deed, Outcome, Person, Role

TEAM_CARD = f"team:{THE_TEAM}"
LONGEST_NAME = 256
LONGEST_DISPLAY_NAME = 64
LONGEST_CODE = 16
STAFF_ROLES = (Role.OPERATOR, Role.SUPERVISOR)


async def welcome(
    tx: UnitOfWork,
    *,
    telegram_id: int,
    name: str,
    username: str | None,
    language: str | None,
    rules: Rules,
    now: datetime,
) -> Person:
    """Somebody is here for the first time: a customer, unless the settings say otherwise."""
    return await tx.people.add(
        Person(
            telegram_id=telegram_id,
            name=name[:LONGEST_NAME],
            username=username,
            telegram_language=_code(language),
            is_operator=telegram_id in rules.operator_ids,
            is_supervisor=telegram_id in rules.supervisor_ids,
            created_at=now,
        )
    )


def recognise(
    tx: UnitOfWork,
    *,
    person: Person,
    name: str,
    username: str | None,
    language: str | None,
    now: datetime,
) -> None:
    """They call themselves as they do now, and their Telegram speaks what it does now.

    What did not change is not written.
    """
    if person.name != name[:LONGEST_NAME]:
        person.name = name[:LONGEST_NAME]
    if person.username != username:
        person.username = username
    if language is not None and person.telegram_language != _code(language):
        person.telegram_language = _code(language)
        if person.may(Role.OPERATOR):  # the menu of customers follows by itself
            tx.jobs.ask("menu", now, person_id=person.id)


def _code(language: str | None) -> str | None:
    """As much of a language's code as we keep."""
    return language and language[:LONGEST_CODE]


async def settle_roles(tx: UnitOfWork, *, rules: Rules, now: datetime) -> None:
    """Whom the settings name has the role, whatever the table says; they may be unknown yet."""
    named = sorted(rules.supervisor_ids | rules.operator_ids)
    await tx.lock_chats(named)  # they may be writing their first words
    await tx.teams.lock()  # two processes that start together settle one after the other
    await tx.people.read_ahead(named)
    for telegram_id in named:
        person = await tx.people.by_telegram(telegram_id)
        if person is None:
            person = await tx.people.add(
                Person(telegram_id=telegram_id, name="", reachable=False, created_at=now)
            )
        for role, ids in (
            (Role.OPERATOR, rules.operator_ids),
            (Role.SUPERVISOR, rules.supervisor_ids),
        ):
            if telegram_id in ids and not has_role(person, role):
                await gain(tx, person=person, role=role, by=None, rules=rules, now=now)


async def setup_secret(tx: UnitOfWork, *, rules: Rules, now: datetime) -> str | None:
    """The secret of a new setup link, replacing an older one; None: there is a supervisor."""
    team = await tx.teams.lock()
    if rules.supervisor_ids or await tx.people.supervisors():
        team.setup_hash = None
        return None
    secret = new_secret()
    team.setup_hash = hashed(secret)
    tx.audit.note(Deed.SETUP_LINK_MADE, about=TEAM_CARD, by_id=None, now=now)
    return secret


async def set_up(tx: UnitOfWork, *, secret: str, by: Person, rules: Rules, now: datetime) -> None:
    """Whoever comes first by the setup link is the first supervisor."""
    team = await tx.teams.lock()
    if team.setup_hash is None or await tx.people.supervisors():
        raise LinkUsed
    if not is_of(secret, team.setup_hash):
        raise LinkUnknown
    team.setup_hash = None
    await gain(tx, person=by, role=Role.SUPERVISOR, by=None, rules=rules, now=now)


def has_role(person: Person, role: Role) -> bool:
    """Whether they were given the very role; what they may do besides is `person.may`."""
    return person.is_operator if role is Role.OPERATOR else person.is_supervisor


def set_in_settings(person: Person, role: Role, rules: Rules) -> bool:
    ids = rules.operator_ids if role is Role.OPERATOR else rules.supervisor_ids
    return person.telegram_id in ids


async def started(tx: UnitOfWork, *, person: Person, rules: Rules, now: datetime) -> None:
    """They pressed Start. An operator's first one puts them on shift."""
    if not person.may(Role.OPERATOR):
        return
    if person.is_operator and person.shift_since is None:
        await go_on_shift(tx, person=person, rules=rules, now=now)
    tx.jobs.ask("menu", now, person_id=person.id)  # it may have been refused before they started
    _team_changed(tx, person, now)


async def gain(
    tx: UnitOfWork,
    *,
    person: Person,
    role: Role,
    by: Person | None,
    rules: Rules,
    now: datetime,
) -> None:
    """They have the role from now on; `by` None: the settings or the setup link say so.

    An operator whom we can reach is not put on shift here: that is their first /start.
    """
    if not person.may(Role.OPERATOR):
        # what they asked as a customer can go on no longer: they now write as staff
        await conversations.customer_left(tx, customer=person, rules=rules, now=now)
        person.banned_at = None
    tx.people.staff_changed()
    if role is Role.OPERATOR:
        person.is_operator = True
    else:
        person.is_supervisor = True
        if person.reachable:
            await alerts.show_open_to(tx, supervisor=person, now=now)
    _note(tx, Deed.ROLE_GIVEN, person, by, now, role=role)
    if person.reachable:
        tx.jobs.ask("menu", now, person_id=person.id)
    _team_changed(tx, person, now)


async def give_role(
    tx: UnitOfWork, *, person_id: int, role: Role, by: Person, rules: Rules, now: datetime
) -> Person:
    """A supervisor adds a role to somebody of the team; strangers are invited instead."""
    person = await _of_team(tx, person_id, by)
    if role not in STAFF_ROLES:
        raise NotYours
    if has_role(person, role):
        raise TooLate
    await gain(tx, person=person, role=role, by=by, rules=rules, now=now)
    if role is Role.OPERATOR and person.reachable and person.shift_since is None:
        await go_on_shift(tx, person=person, rules=rules, now=now)
    return person


async def take_role(
    tx: UnitOfWork, *, person_id: int, role: Role, by: Person, rules: Rules, now: datetime
) -> Person:
    """A supervisor takes a role away; without any, their conversations go to the queue."""
    return await _lose(tx, person_id=person_id, roles=(role,), by=by, rules=rules, now=now)


async def remove(
    tx: UnitOfWork, *, person_id: int, by: Person, rules: Rules, now: datetime
) -> Person:
    """A supervisor takes every role away: a customer again."""
    return await _lose(tx, person_id=person_id, roles=STAFF_ROLES, by=by, rules=rules, now=now)


async def _lose(
    tx: UnitOfWork,
    *,
    person_id: int,
    roles: tuple[Role, ...],
    by: Person,
    rules: Rules,
    now: datetime,
) -> Person:
    person = await _of_team(tx, person_id, by)
    if not set(roles) <= set(STAFF_ROLES):
        raise NotYours
    lost = [role for role in roles if has_role(person, role)]
    if not lost:
        raise TooLate
    if any(set_in_settings(person, role, rules) for role in lost):
        raise SetInSettings
    await tx.teams.lock()  # two may be about to take each other's role away
    if Role.SUPERVISOR in lost and len(await tx.people.supervisors()) == 1:
        raise LastSupervisor
    for role in lost:
        _note(tx, Deed.ROLE_TAKEN, person, by, now, role=role)
    await _without(tx, person, lost, by, rules, now)
    tx.jobs.ask("menu", now, person_id=person.id)
    return person


async def leave_team(tx: UnitOfWork, *, person: Person, rules: Rules, now: datetime) -> None:
    """They go by themselves: what they hold goes to the queue, their alerts are open for all."""
    await _without(tx, person, STAFF_ROLES, person, rules, now)


async def _without(
    tx: UnitOfWork,
    person: Person,
    lost: Sequence[Role],
    by: Person,
    rules: Rules,
    now: datetime,
) -> None:
    """They may do no more what the roles do, and let go of it."""
    if Role.OPERATOR in lost:
        person.is_operator = False
    if Role.SUPERVISOR in lost:
        person.is_supervisor = False
        await _end_follow_ups(tx, person, now)
        await _revoke_invites(tx, person, by, now)
        await alerts.let_go(tx, supervisor=person, rules=rules, now=now)
    if not person.may(Role.OPERATOR):
        await _leave_shift(tx, person=person, hand_over=True, rules=rules, now=now)
        person.shift_since = None  # invited again, their first /start counts as the first
    _team_changed(tx, person, now)


async def _end_follow_ups(tx: UnitOfWork, person: Person, now: datetime) -> None:
    """What customers answer to a supervisor is no operator's to read, perhaps the rated one's."""
    for held in await tx.conversations.held_by(person.id):
        if held.follow_up_by_id == person.id:
            await conversations.end_follow_up(tx, conversation_id=held.id, now=now)


async def _revoke_invites(tx: UnitOfWork, person: Person, by: Person, now: datetime) -> None:
    """Who may invite nobody any more has no links that let somebody in."""
    for invite in await tx.invites.usable(now):
        if invite.made_by_id == person.id:
            invite.revoked_at = now
            tx.audit.note(Deed.INVITE_REVOKED, about=f"invite:{invite.id}", by_id=by.id, now=now)


async def go_on_shift(tx: UnitOfWork, *, person: Person, rules: Rules, now: datetime) -> None:
    """New questions are offered to them from now on."""
    if not person.may(Role.OPERATOR):
        raise NotAllowed
    if person.on_shift:
        return
    person.on_shift, person.shift_since = True, now
    await conversations.came_on_shift(tx, person=person, rules=rules, now=now)
    _team_changed(tx, person, now)


async def go_off_shift(
    tx: UnitOfWork, *, person: Person, hand_over: bool, of: int, rules: Rules, now: datetime
) -> int:
    """No new questions; what they hold goes to the queue, or they finish it.

    `of` says which shift (see `shift_number`): they cannot end today's by yesterday's button.
    Gives back how many conversations went to the queue.
    """
    if not person.may(Role.OPERATOR):
        raise NotAllowed
    if of != shift_number(person):
        raise TooLate
    return await _leave_shift(tx, person=person, hand_over=hand_over, rules=rules, now=now)


def shift_number(person: Person) -> int:
    """Which of their shifts is the last one: the second it began in; 0 before the first."""
    return int(person.shift_since.timestamp()) if person.shift_since else 0


async def _leave_shift(
    tx: UnitOfWork, *, person: Person, hand_over: bool, rules: Rules, now: datetime
) -> int:
    await tx.teams.lock()  # the last two may be about to leave
    was_there = person.on_shift
    person.on_shift = False  # first, so that what they let go is not offered back to them
    _team_changed(tx, person, now)
    if was_there:
        await offers.nobody_left(tx, now=now)
    if not hand_over:
        return 0
    return await conversations.let_go(tx, person=person, rules=rules, now=now)


async def became_unreachable(
    tx: UnitOfWork, *, person: Person, rules: Rules, now: datetime
) -> None:
    """They blocked the bot: nobody may wait for them, and nobody writes to them in vain."""
    person.reachable = False
    if person.may(Role.OPERATOR):
        await _leave_shift(tx, person=person, hand_over=True, rules=rules, now=now)
    if person.may(Role.SUPERVISOR):
        await alerts.let_go(tx, supervisor=person, rules=rules, now=now)
    await conversations.customer_left(tx, customer=person, rules=rules, now=now)
    _team_changed(tx, person, now)


async def became_reachable(tx: UnitOfWork, *, person: Person, now: datetime) -> None:
    """They unblocked the bot, or speak to it for the first time since the settings named them.

    Who went off shift by blocking stays off until they say otherwise.
    """
    if person.reachable:
        return
    person.reachable = True
    if person.may(Role.SUPERVISOR):
        await alerts.show_open_to(tx, supervisor=person, now=now)
    _team_changed(tx, person, now)


async def set_display_name(
    tx: UnitOfWork, *, person_id: int, words: str | None, by: Person, now: datetime
) -> Person:
    """What customers see of somebody of the team; None: the name they have on Telegram."""
    name = None if words is None else " ".join(words.split())
    if name is not None and not (len(name) <= LONGEST_DISPLAY_NAME and _can_be_seen(name)):
        raise NameTooLong
    person = await _of_team(tx, person_id, by)
    _note(tx, Deed.NAME_SET, person, by, now)
    person.display_name = name
    _team_changed(tx, person, now)
    return person


def _can_be_seen(name: str) -> bool:
    return any(sign.isprintable() and not sign.isspace() for sign in name)


async def choose_language(tx: UnitOfWork, *, person: Person, language: str, now: datetime) -> None:
    person.language = language
    tx.jobs.ask("menu", now, person_id=person.id)


async def ban(
    tx: UnitOfWork, *, person_id: int, by: Person, rules: Rules, now: datetime
) -> Person:
    """Nobody gets what this customer writes; an open conversation closes as spam."""
    person = await _customer(tx, person_id, by)
    if person.banned_at is not None:
        raise TooLate
    for found in await tx.conversations.all_open_of(person.id):
        conversation = await tx.conversations.lock(found.id)
        if conversation is not None and conversation.is_open:
            await conversations.close(
                tx, conversation=conversation, by=by, outcome=Outcome.SPAM, rules=rules, now=now
            )
    person.banned_at = now
    _note(tx, Deed.BANNED, person, by, now)
    _team_changed(tx, person, now)
    return person


async def unban(tx: UnitOfWork, *, person_id: int, by: Person, now: datetime) -> Person:
    person = await _customer(tx, person_id, by)
    if person.banned_at is None:
        raise TooLate
    person.banned_at = None
    _note(tx, Deed.UNBANNED, person, by, now)
    _team_changed(tx, person, now)
    return person


async def _customer(tx: UnitOfWork, person_id: int, by: Person) -> Person:
    person = await _known(tx, person_id, by)
    if person.may(Role.OPERATOR):
        raise StaffNotBanned
    return person


async def _of_team(tx: UnitOfWork, person_id: int, by: Person) -> Person:
    person = await _known(tx, person_id, by)
    if not person.may(Role.OPERATOR):
        raise TooLate  # removed meanwhile
    return person


async def _known(tx: UnitOfWork, person_id: int, by: Person) -> Person:
    """The person, for a supervisor to change."""
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    known = await tx.people.get(person_id)
    if known is not None and known.telegram_id is not None:
        await tx.lock_chats([known.telegram_id])  # what they do at this moment comes before
    person = await tx.people.lock(person_id)
    if person is None or person.deleted_at is not None:
        raise NotYours
    return person


def _team_changed(tx: UnitOfWork, person: Person, now: datetime) -> None:
    tx.cards.changed(TEAM_CARD, now)
    tx.cards.changed(f"member:{person.id}", now)


def _note(
    tx: UnitOfWork,
    deed: Deed,
    person: Person,
    by: Person | None,
    now: datetime,
    **details: object,
) -> None:
    by_id = None if by is None else by.id
    tx.audit.note(deed, about=f"person:{person.id}", by_id=by_id, now=now, **details)
