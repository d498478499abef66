"""Somebody blocked the bot, or came back."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated, Message

from desk import people
from desk.rules import Rules
from handlers.context import Clock
from handlers.filters import Unreachable
from storage.database import UnitOfWork
from storage.models import Person


async def changed(
    event: ChatMemberUpdated, me: Person, tx: UnitOfWork, rules: Rules, clock: Clock
) -> None:
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        await people.became_unreachable(tx, person=me, rules=rules, now=clock())
    else:
        await people.became_reachable(tx, person=me, now=clock())


async def spoke(_: Message, me: Person, tx: UnitOfWork, clock: Clock) -> None:
    """Who writes to us can be written to; what they wrote is for the handlers after this one."""
    await people.became_reachable(tx, person=me, now=clock())
    raise SkipHandler


def router() -> Router:
    """After the groups': what comes here is about a private chat."""
    membership = Router(name="membership")
    membership.my_chat_member.register(changed)
    membership.message.register(spoke, Unreachable())
    return membership
