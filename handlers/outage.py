"""Times of which something is missing: people are told.

Telegram keeps a tap for about 150 s only, and a copy of the database knows nothing of what came
after it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from desk import surveys
from desk.rules import Rules
from i18n import Texts, texts_for
from storage.database import UnitOfWork

MESSAGES_KEPT = timedelta(hours=24)


async def tell(
    tx: UnitOfWork, since: datetime, until: datetime, rules: Rules, now: datetime
) -> None:
    """Supervisors hear from when to when taps may be missing; open surveys are shown anew."""

    def words(texts: Texts, begin: str, end: str) -> str:
        return texts.lines(
            texts("people-outage", since=begin, until=end),
            texts("people-outage-taps"),
            texts("people-outage-messages") if until - since > MESSAGES_KEPT else None,
        )

    await _say(tx, "outage", words, since, until, rules, now)
    await surveys.show_again_after_outage(tx, since=since, until=until, now=now)


async def restored(
    tx: UnitOfWork, since: datetime, until: datetime, rules: Rules, now: datetime
) -> None:
    """A copy of the database was put back: supervisors hear of what time nothing is known, and
    whoever has an open survey without an answer we know of gets it once more."""

    def words(texts: Texts, begin: str, end: str) -> str:
        return texts.lines(
            texts("people-restored", since=begin),
            texts("people-restored-missing", until=end),
        )

    await _say(tx, "restored", words, since, until, rules, now)
    await surveys.show_again_after_outage(tx, since=since, until=until, now=now)


async def _say(
    tx: UnitOfWork,
    what: str,
    words: Callable[[Texts, str, str], str],
    since: datetime,
    until: datetime,
    rules: Rules,
    now: datetime,
) -> None:
    for person in await tx.people.supervisors():
        texts = texts_for(person.speaks, rules.locale)
        begin, end = (texts.bound(moment, rules.zone, now) for moment in (since, until))
        key = f"{what}:{since.timestamp():.0f}:{person.id}"
        tx.deliveries.say(key, person.id, words(texts, begin, end), now)


async def tell_of_another_copy(tx: UnitOfWork, rules: Rules, now: datetime) -> None:
    """Supervisors hear that somebody else answers with our token; once an hour at most."""
    for person in await tx.people.supervisors():
        html = texts_for(person.speaks, rules.locale)("people-other-copy")
        tx.deliveries.say(f"other-copy:{now:%Y-%m-%d:%H}:{person.id}", person.id, html, now)
