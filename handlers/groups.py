"""Private chats only: in a group the bot says so and leaves."""

from aiogram import Router
from aiogram.types import ChatMemberUpdated, Message

from handlers.context import Clock
from handlers.filters import NotPrivate
from i18n import Texts
from storage.database import UnitOfWork

IN = ("member", "administrator", "restricted")


async def added(
    event: ChatMemberUpdated, tx: UnitOfWork, texts: Texts, bot_username: str, clock: Clock
) -> None:
    """In the language of who added us; leaving needs the network, so it is a job."""
    if event.new_chat_member.status in IN:
        words = texts("people-private-only", bot=bot_username)
        tx.jobs.ask("leave", clock(), chat_id=event.chat.id, html=words)


async def ignored(_: Message) -> None:
    """What people say to each other there is not for us."""


def router() -> Router:
    groups = Router(name="groups")
    groups.my_chat_member.register(added, NotPrivate())
    groups.message.register(ignored, NotPrivate())
    groups.edited_message.register(ignored, NotPrivate())
    return groups
