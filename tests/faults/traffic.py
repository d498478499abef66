"""A service desk in the middle of its day: who writes and taps, and what must have come of it."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.assembly import build_app
from bot.pace import Pace
from bot.settings import Settings
from handlers.callbacks import (
    CloseTap,
    StarTap,
    TakeTap,
)
from playground.people import Account
from playground.telegram import Telegram
from tests.conftest import TOKEN


@dataclass
class Traffic:
    """People who go on writing and tapping, whatever happens to the bot."""

    telegram: Telegram
    dice: random.Random
    customers: list[Account] = field(default_factory=list)
    """Each in the middle of a conversation with the operator of the same place."""
    operators: list[Account] = field(default_factory=list)
    raters: list[tuple[Account, int]] = field(default_factory=list)
    """With the number of their survey, which is open."""
    supervisors: list[Account] = field(default_factory=list)
    wrote: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """By who and to whom: what, in order."""
    taps: Counter[int] = field(default_factory=Counter)
    """By survey."""
    said: int = 0

    async def goes_on(self, until_waiting: int) -> None:
        while self.telegram.pending(TOKEN) < until_waiting:
            await self.one()

    async def more(self, number: int) -> None:
        """So many messages and taps."""
        for _ in range(number):
            await self.one()

    async def one(self) -> None:
        if self.dice.random() < 0.4:
            rater, survey_id = self.dice.choice(self.raters)
            await self.rates(rater, survey_id, self.dice.choice((3, 4, 5)))
            return
        pair = self.dice.randrange(len(self.customers))
        customer, operator = self.customers[pair], self.operators[pair]
        writer, reader = self.dice.choice([(customer, operator), (operator, customer)])
        await self.writes(writer, reader)

    async def talks(self, number: int) -> None:
        """So many messages: what must outlast the 150 s that Telegram keeps a tap."""
        for n in range(number):
            pair = n % len(self.customers)
            await self.writes(self.customers[pair], self.operators[pair])

    async def writes(self, writer: Account, reader: Account) -> str:
        self.said += 1
        words = f"message {self.said}"
        self.wrote.setdefault((writer.id, reader.id), []).append(words)
        await writer.types(words)
        return words

    async def rates(self, rater: Account, survey_id: int, stars: int) -> None:
        self.taps[survey_id] += 1
        await rater.taps_data(StarTap(survey_id=survey_id, stars=stars).pack())

    def screens(self) -> Counter[int]:
        """Nothing saved is unsent, in the order it was written; to whom how many came again."""
        people = {person.id: person for person in [*self.customers, *self.operators]}
        repeated = Counter[int]()
        for (_, reader), words in self.wrote.items():
            received = [shown.text or "" for shown in people[reader].received]
            seen = [said for said in received if said in set(words)]
            assert list(dict.fromkeys(seen)) == words
            repeated[reader] += len(seen) - len(words)
        return repeated

    async def records(self, url: str, *, parked: int = 0) -> None:
        """No update without its effect, none with two; no more given up than is expected."""
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.connect() as connection:
            saved = await connection.execute(
                text("SELECT text FROM messages WHERE text LIKE 'message %' ORDER BY id")
            )
            texts = Counter(row[0] for row in saved)
            tapped = await connection.execute(
                text(
                    "SELECT survey_id, count(*) AS taps FROM answers WHERE question = 'stars'"
                    " GROUP BY survey_id"
                )
            )
            taps = {row.survey_id: row.taps for row in tapped}
            stalled = await connection.scalar(text("SELECT count(*) FROM stalled_updates"))
        await engine.dispose()
        assert texts == Counter(f"message {n}" for n in range(1, self.said + 1))
        assert taps == dict(self.taps)
        assert stalled == parked


async def open_the_desk(
    telegram: Telegram,
    url: str,
    clock: Callable[[], datetime],
    *,
    pairs: int = 2,
    rating: int = 1,
    supervisors: int = 0,
) -> Traffic:
    """Conversations that are held, and surveys that are open; the bot is stopped afterwards."""
    traffic = Traffic(telegram, random.Random(7))  # noqa: S311 - not a secret
    traffic.operators = [telegram.account(f"Operator {n}", "en") for n in range(pairs)]
    traffic.supervisors = [telegram.account(f"Supervisor {n}", "en") for n in range(supervisors)]
    settings = Settings.load(None, database_url=url, **settings_for(traffic))
    app = build_app(settings, clock=clock, pace=Pace(limits=None))
    await app.lease.renew()
    await app.prepare()

    async def settle() -> None:
        await app.settle()

    telegram.on_action = settle
    for one in [*traffic.operators, *traffic.supervisors]:
        await one.starts()
    number = 0
    for n in range(rating):
        customer, number = telegram.account(f"Rater {n}", "en"), number + 1
        operator = traffic.operators[n % pairs]
        await customer.types("Hello")
        await operator.taps_data(TakeTap(conversation_id=number).pack())
        await operator.types("All done")
        await operator.taps_data(CloseTap(conversation_id=number, outcome="solved").pack())
        async with app.database.reading() as tx:
            survey = await tx.surveys.of_conversation(number)
        assert survey is not None
        assert survey.sent_at is not None
        traffic.raters.append((customer, survey.id))
    for operator in traffic.operators:
        customer, number = telegram.account(f"Customer {number}", "en"), number + 1
        await customer.types("Good morning")
        await operator.taps_data(TakeTap(conversation_id=number).pack())
        await operator.types("Good morning to you")
        traffic.customers.append(customer)
    telegram.on_action = None
    await app.contact.note()
    await app.lease.release()
    await app.close()
    return traffic


def settings_for(traffic: Traffic) -> dict[str, str]:
    """Of this desk, as settings and as in the environment."""
    settings = {"bot_token": TOKEN, "bot_api_url": traffic.telegram.url}
    settings["customer_rate"] = "100000"  # a few people write for very many
    for name, people in (
        ("operator_ids", traffic.operators),
        ("supervisor_ids", traffic.supervisors),
    ):
        if people:
            settings[name] = ",".join(str(person.id) for person in people)
    return settings
