"""One-time links into the team. Only a hash of each is kept."""

from datetime import datetime, timedelta

from desk import people
from desk.links import hashed, is_of, new_secret
from desk.refusals import (
    AlreadyThat,
    LinkExpired,
    LinkRevoked,
    LinkUnknown,
    LinkUsed,
    NotAllowed,
    NotYours,
    OwnLink,
    TooLate,
)
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Deed, Invite, Person, Role

GOOD_FOR = timedelta(days=7)


async def make(tx: UnitOfWork, *, role: Role, by: Person, now: datetime) -> tuple[Invite, str]:
    """A new invite and its secret, which is nowhere kept."""
    if not by.may(Role.SUPERVISOR) or role not in people.STAFF_ROLES:
        raise NotAllowed
    secret = new_secret()
    invite = await tx.invites.add(
        Invite(
            secret_hash=hashed(secret),
            role=role,
            made_by_id=by.id,
            made_at=now,
            expires_at=now + GOOD_FOR,
        )
    )
    _note(tx, Deed.INVITE_MADE, invite, by, now)
    return invite, secret


async def revoke(tx: UnitOfWork, *, invite_id: int, by: Person, now: datetime) -> None:
    """Any supervisor may take any invite back, as long as nobody used it."""
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    invite = await tx.invites.lock(invite_id)
    if invite is None:
        raise NotYours
    if invite.used_at is not None or invite.revoked_at is not None or now >= invite.expires_at:
        raise TooLate
    invite.revoked_at = now
    _note(tx, Deed.INVITE_REVOKED, invite, by, now)


async def redeem(
    tx: UnitOfWork, *, secret: str, by: Person, rules: Rules, now: datetime
) -> Invite:
    """Come in by an invite: the role is theirs, and the link is used up."""
    invite = await tx.invites.by_hash(hashed(secret))
    if invite is None or not is_of(secret, invite.secret_hash):
        raise LinkUnknown
    if invite.used_by_id == by.id or (
        people.has_role(by, invite.role) and invite.made_by_id != by.id
    ):
        raise AlreadyThat
    if invite.used_at is not None:
        raise LinkUsed
    if invite.revoked_at is not None:
        raise LinkRevoked
    if now >= invite.expires_at:
        raise LinkExpired
    if invite.made_by_id == by.id:
        raise OwnLink
    invite.used_by_id, invite.used_at = by.id, now
    _note(tx, Deed.INVITE_USED, invite, by, now)
    maker = await tx.people.one(invite.made_by_id)
    await people.gain(tx, person=by, role=invite.role, by=maker, rules=rules, now=now)
    await people.started(tx, person=by, rules=rules, now=now)
    return invite


def _note(tx: UnitOfWork, deed: Deed, invite: Invite, by: Person, now: datetime) -> None:
    tx.audit.note(deed, about=f"invite:{invite.id}", by_id=by.id, now=now, role=invite.role)
    tx.cards.changed(people.TEAM_CARD, now)
