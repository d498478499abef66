"""Work the program gave up: supervisors hear that there is some, once, and see it settled."""

from datetime import datetime, timedelta

from storage.database import UnitOfWork

SUBJECT = "parked:1"
"""One card a person: how much there is now."""
QUIET = timedelta(hours=6)
"""So long after a card that made a sound, more of it changes that card in silence."""
SOUNDED = "parked"
"""The calendar's name for the moments at which it made a sound."""


async def tell(tx: UnitOfWork, now: datetime) -> None:
    """How much is given up has changed."""
    newest, sounded = await tx.parked.newest(), await tx.slots.last(SOUNDED)
    is_news = newest is not None and (sounded is None or newest > sounded + QUIET)
    if is_news and await tx.slots.fill(SOUNDED, now, now):
        for person in await tx.people.supervisors():
            await tx.cards.show_anew(SUBJECT, person.id, now)
    tx.cards.changed(SUBJECT, now)
