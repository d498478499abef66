"""Telegram keeps a tap for about 150 s only: after a longer silence people are told."""

from datetime import datetime, timedelta

from desk import surveys
from desk.rules import Rules
from i18n import texts_for
from storage.database import UnitOfWork

MESSAGES_KEPT = timedelta(hours=24)


async def tell(
    tx: UnitOfWork, since: datetime, until: datetime, rules: Rules, now: datetime
) -> None:
    """Supervisors hear from when to when taps may be missing; open surveys are shown anew."""
    for person in await tx.people.supervisors():
        texts = texts_for(person.speaks, rules.locale)
        html = texts.lines(
            texts(
                "people-outage",
                since=texts.bound(since, rules.zone, now),
                until=texts.bound(until, rules.zone, now),
            ),
            texts("people-outage-taps"),
            texts("people-outage-messages") if until - since > MESSAGES_KEPT else None,
        )
        tx.deliveries.say(f"outage:{since.timestamp():.0f}:{person.id}", person.id, html, now)
    await surveys.show_again_after_outage(tx, since=since, until=until, now=now)
