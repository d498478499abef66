"""What somebody corrects in their own chat is corrected wherever it went."""

from aiogram import Router

from desk import messages
from desk.messages import Content
from handlers.content import Kept
from handlers.context import Clock
from storage.database import UnitOfWork
from storage.models import Person


async def edited(_: object, content: Content, me: Person, tx: UnitOfWork, clock: Clock) -> None:
    await messages.edit(tx, author=me, content=content, now=clock())


def router() -> Router:
    edits = Router(name="edits")
    edits.edited_message.register(edited, Kept())
    return edits
