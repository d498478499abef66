"""The past of the playground's team: the same each time, and the bot goes on from it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.settings import Settings
from desk.rules import Rules
from kpi.worktime import Schedule
from playground.cast import Cast, ids
from playground.past import Past
from playground.telegram import Telegram
from storage.database import Database
from tests.conftest import TOKEN, Clock, Desk

WEDNESDAY = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
ALWAYS = ("24/7", "")
MAY_BE_LATER = {"due_at", "expires_at"}
OFFICE = Schedule.parse("mon-fri 09:00-18:00", "", Rules().zone)


def made_up(rules: Rules) -> list[dict[str, Any]]:
    telegram = Telegram(lambda: WEDNESDAY)
    telegram.bot(TOKEN, "otklik_bot", "Otklik")
    Cast(telegram)
    tables = Past(telegram, rules, WEDNESDAY, ALWAYS).made_up()
    return [
        {"table": kind.__tablename__}
        | {column.key: getattr(row, column.key) for column in kind.__table__.columns}
        for kind, rows in tables.items()
        for row in rows
    ]


@pytest.mark.parametrize("schedule", [Rules().schedule, OFFICE])
def test_nothing_in_it_is_still_to_come(schedule: Schedule) -> None:
    rows = made_up(replace(Rules(), schedule=schedule))
    assert len(rows) > 5000
    for row in rows:
        for name, value in row.items():
            if isinstance(value, datetime) and name not in MAY_BE_LATER:
                assert WEDNESDAY - timedelta(weeks=15) < value <= WEDNESDAY, (row["table"], name)


def test_it_is_the_same_each_time() -> None:
    assert made_up(Rules()) == made_up(Rules())


@pytest.fixture
async def lived(sqlite_url: str) -> AsyncIterator[Desk]:
    """A desk that opens on Wednesday with the past behind it."""
    clock = Clock(WEDNESDAY)
    telegram = Telegram(clock)
    telegram.bot(TOKEN, "otklik_bot", "Otklik")
    cast = Cast(telegram)
    database = Database(sqlite_url)
    async with database.writing() as tx:
        await Past(telegram, Rules(), WEDNESDAY, ALWAYS).happened(tx)
    await database.close()
    telegram.goes_on_from(1_000_000)
    await telegram.start()
    settings = Settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=telegram.url,
        database_url=sqlite_url,
        operator_ids=ids("operator"),
        supervisor_ids=ids("supervisor"),
    )
    desk = Desk(settings, telegram, clock)
    await desk.starts()
    await cast.team_starts()
    yield desk
    await desk.stops()
    await telegram.stop()
    assert list(telegram.violations) == []
    assert list(telegram.failures) == []


async def test_the_bot_goes_on_from_it(lived: Desk) -> None:
    people = lived.telegram.accounts
    kirill, anna, ilya, oleg = people[102], people[201], people[202], people[301]

    assert "Ваша неделя, 23 февраля – 1 марта: балл" in anna.finds("Ваша неделя").words
    assert ilya.finds("Your week").kind == "photo"  # the push that was missed is made up
    oleg.finds("Неделя команды")

    assert "Как прошёл разговор?" in kirill.reads
    await kirill.taps("2 ☆")
    oleg.finds("Оценка 2 из 5")

    await kirill.types("Здравствуйте, заказ 4187 снова не приехал!")
    await kirill.taps("Это новый вопрос")
    assert "разговор" in anna.finds("заказ 4187 снова").words
