"""What somebody corrects in their own chat is corrected wherever it went."""

from aiogram import Router

from desk import messages
from desk.messages import Content
from desk.rules import Rules
from handlers.content import Kept
from handlers.context import Clock
from storage.database import UnitOfWork
from storage.models import Person


async def edited(
    _: object, content: Content, me: Person, tx: UnitOfWork, rules: Rules, clock: Clock
) -> None:
    await messages.edit(tx, author=me, content=content, rules=rules, now=clock())


def router() -> Router:
    edits = Router(name="edits")
    edits.edited_message.register(edited, Kept())
    return edits
