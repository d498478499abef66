"""Who is in the team, and one person of it; for supervisors only."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from desk.people import STAFF_ROLES, has_role, set_in_settings
from handlers.callbacks import (
    BanTap,
    DeedsTap,
    FindTap,
    InviteAskTap,
    MemberTap,
    NameTap,
    RemoveTap,
    RevokeTap,
    RoleTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens.screen import Look, Screen
from i18n import Texts
from i18n.texts import shorten
from storage.models import Invite, Person, Role

AT_MOST = 24
"""People in the list; more are found by name."""
BANNED_AT_MOST = 10
INVITES_AT_MOST = 8
LONGEST_NAME = 32
"""In a list: even in emoji all of it fits. A person's own card shows the whole of it."""


def roles_of(person: Person, texts: Texts) -> str:
    """Plain: "supervisor and operator"."""
    if person.is_operator and person.is_supervisor:
        return texts.plain("role-both")
    if person.is_supervisor:
        return texts.plain("role-supervisor")
    return texts.plain("role-operator" if person.is_operator else "role-customer")


def link_to(bot_username: str | None) -> str:
    return f"https://t.me/{bot_username}"


async def team(look: Look, _number: int) -> Screen | None:
    """Everybody with a role, what they do now, and whom the bot cannot write to."""
    if not look.reader.may(Role.SUPERVISOR):
        return None
    texts = look.texts
    people = await look.tx.people.operators()
    invites = await look.tx.invites.usable(look.now)
    banned = await look.tx.people.banned(BANNED_AT_MOST)
    listed, more = people[:AT_MOST], len(people) - AT_MOST
    lines = [texts("people-team"), *(_member_line(person, texts) for person in listed)]
    if more > 0:
        lines.append(texts("people-team-more", count=more))
    if any(not person.reachable for person in people):
        bot = (await look.tx.teams.ours()).bot_username
        lines += ["", texts("people-unreachable", link=link_to(bot))]
    if invites:
        lines += ["", texts("people-invites")]
        newest = invites[-INVITES_AT_MOST:]
        lines += [_invite_line(look, "people-invite-line", invite) for invite in newest]
        if len(invites) > INVITES_AT_MOST:
            lines.append(texts("people-invites-more", count=len(invites) - INVITES_AT_MOST))
    if banned:
        lines += ["", texts("people-banned")]
        names = (shorten(person.shown_name, LONGEST_NAME) for person in banned)
        lines += [texts("people-banned-line", name=name) for name in names]
    return Screen("\n".join(lines), keyboard(*_team_rows(look, listed, invites, banned)))


def _team_rows(
    look: Look, listed: Sequence[Person], invites: Sequence[Invite], banned: Sequence[Person]
) -> list[list[InlineKeyboardButton]]:
    texts = look.texts
    people = [button(p.shown_name, MemberTap(person_id=p.id)) for p in (*listed, *banned)]
    rows = [people[at : at + 2] for at in range(0, len(people), 2)]
    for invite in invites[-INVITES_AT_MOST:]:
        label = _invite_line(look, "people-revoke-line", invite)
        rows.append([button(label, RevokeTap(invite_id=invite.id))])
    invite_button = button(texts.plain("people-invite-button"), InviteAskTap(), primary=True)
    rows.append([invite_button, button(texts.plain("people-find-button"), FindTap())])
    rows.append([button(texts.plain("deeds-button"), DeedsTap(before=0))])
    return rows


def _member_line(person: Person, texts: Texts) -> str:
    name = shorten(person.shown_name, LONGEST_NAME)
    roles = roles_of(person, texts)
    if not person.reachable:
        return texts("people-team-unreachable", name=name, roles=roles)
    shift = "on" if person.on_shift else "off"
    return texts("people-team-member", name=name, roles=roles, shift=shift)


def _invite_line(look: Look, message_id: str, invite: Invite) -> str:
    role = look.texts.plain(f"role-{invite.role}")
    return look.texts.plain(message_id, role=role, until=look.bound(invite.expires_at))


async def left(look: Look, _person_id: int) -> Screen | None:
    """For supervisors: somebody of the team is no more. Who it was nobody is told any longer."""
    return Screen(look.texts("people-left")) if look.reader.may(Role.SUPERVISOR) else None


async def member(look: Look, person_id: int) -> Screen | None:
    """One person: who they are here, and what a supervisor may change."""
    person = await look.tx.people.get(person_id)
    if person is None or person.deleted_at is not None or not look.reader.may(Role.SUPERVISOR):
        return None
    texts = look.texts
    lines = [
        texts("people-member-name", name=person.shown_name),
        _on_telegram(person, texts),
        texts("people-member-role", roles=roles_of(person, texts)),
    ]
    if not person.may(Role.OPERATOR):
        return _customer(look, person, lines)
    if not person.reachable:
        bot = (await look.tx.teams.ours()).bot_username
        lines.append(texts("people-member-unreachable", link=link_to(bot)))
    elif person.on_shift and person.shift_since is not None:
        lines.append(texts("people-member-shift-on", since=look.bound(person.shift_since)))
    else:
        lines.append(texts("people-member-shift-off"))
    if any(set_in_settings(person, role, look.rules) for role in STAFF_ROLES):
        lines.append(texts("people-member-settings"))
    return Screen(texts.lines(*lines), keyboard(*_member_rows(look, person)))


def _customer(look: Look, person: Person, lines: list[str | None]) -> Screen:
    texts = look.texts
    lines.append(texts("people-member-since", since=look.bound(person.created_at)))
    label = "people-ban-button"
    if person.banned_at is not None:
        lines.append(texts("people-member-banned", since=look.bound(person.banned_at)))
        label = "people-unban-button"
    tap = BanTap(person_id=person.id, banned=person.banned_at is None)
    return Screen(texts.lines(*lines), keyboard([button(texts.plain(label), tap)]))


def _on_telegram(person: Person, texts: Texts) -> str | None:
    """Their own name where customers see another, and the @name, as far as there are any."""
    parts = [person.name] if person.display_name and person.name else []
    parts += [f"@{person.username}"] if person.username else []
    return texts("people-member-telegram", name=" · ".join(parts)) if parts else None


def _member_rows(look: Look, person: Person) -> list[list[InlineKeyboardButton]]:
    """What the settings hold fast has no button."""
    texts = look.texts
    name = texts.plain("people-name-button")
    rows = [[button(name, NameTap(person_id=person.id), primary=True)]]
    held = [set_in_settings(person, role, look.rules) for role in STAFF_ROLES]
    for role, fast in zip(STAFF_ROLES, held, strict=True):
        has = has_role(person, role)
        tap = RoleTap(person_id=person.id, role=role, has=not has)
        if not has:
            rows.append([button(texts.plain(f"people-give-{role}"), tap)])
        elif not fast and person.is_operator and person.is_supervisor:
            rows.append([button(texts.plain(f"people-take-{role}"), tap)])
    if not any(held):
        label = texts.plain("people-remove-button")
        rows.append([button(label, RemoveTap(person_id=person.id))])
    return rows
