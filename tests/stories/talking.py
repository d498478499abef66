"""Shorthand for stories about conversations."""

from collections.abc import Sequence

from sqlalchemy import select

from playground.people import Account
from storage.models import Wait
from tests.conftest import Desk


async def held(
    desk: Desk, customer: Account, operator: Account, words: str = "Where is my order?"
) -> None:
    """The customer wrote and the operator took it."""
    await customer.types(words)
    await operator.taps("Take")


async def waits(desk: Desk, number: int) -> Sequence[Wait]:
    """The waits of a conversation, the first first."""
    async with desk.database.reading() as tx:
        found = await tx._session.scalars(
            select(Wait).where(Wait.conversation_id == number).order_by(Wait.id)
        )
        return found.all()
