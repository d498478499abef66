"""Nothing an operator asks for reads the whole of a table, or what others have done."""

import re
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from benchmarks import history
from benchmarks.plans import asked_of, scans
from benchmarks.soak import month
from desk import reports
from desk.rules import Rules
from desk.weeks import Week
from storage.database import Database
from storage.models import Conversation
from tests.storage.test_figures import NOW, random_records

THEIRS = re.compile(
    r"\((\w+=\?|rowid=\?|follow_up_by_id>\?)"  # SQLite: an index from what is equal
    r"|PRIMARY KEY \(rowid=|imported_conversations USING INTEGER PRIMARY KEY \(rowid>"
    r"|USING INDEX ix_conversations_follow_ups"
)


ONCE = ("SELECT count(", "UPDATE diary_entries SET fill", "UPDATE diary_entries SET first")
"""What may read all of a table: a check of `doctor`'s, and steps of a migration."""


async def filled(url: str) -> Database:
    database = Database(url)
    async with database.writing() as tx:
        for rows in random_records(Random(3)).kinds:  # noqa: S311
            tx._session.add_all(rows)
            await tx.flush()
    return database


@pytest.mark.parametrize("whose", [1, None])
async def test_no_figure_reads_a_whole_table(database_url: str, whose: int | None) -> None:
    database, rules = await filled(database_url), Rules()
    async with database.reading() as tx:
        person = None if whose is None else await tx.people.one(whose)
    with asked_of(database.engine) as asked:
        async with database.reading() as tx:
            last = Week.of(NOW, rules.zone)
            await reports.of(tx, person=person, last=last, rules=rules, now=NOW)
    assert len(asked.statements) > 5
    for statement, plan in (await asked.plans(database.engine)).items():
        assert not scans(plan), (statement, plan)
    await database.close()


async def test_what_an_operator_asks_for_is_found_by_whose_it_is(sqlite_url: str) -> None:
    """Every step begins with something equal: who, or which conversation."""
    database, rules = await filled(sqlite_url), Rules()
    last = Week.of(NOW, rules.zone)
    async with database.reading() as tx:
        person = await tx.people.one(1)
        await reports.of(tx, person=person, last=last, rules=rules, now=NOW)
    with asked_of(database.engine) as asked:  # what the team has in common is kept by now
        async with database.reading() as tx:
            await reports.of(tx, person=person, last=last, rules=rules, now=NOW)
    steps = [
        step
        for plan in (await asked.plans(database.engine)).values()
        for step in plan
        if step.startswith(("SEARCH", "SCAN"))
    ]
    assert len(steps) > 10
    assert [step for step in steps if not THEIRS.search(step)] == []
    await database.close()


async def test_what_the_team_has_in_common_is_read_once_an_hour(sqlite_url: str) -> None:
    database, rules = await filled(sqlite_url), Rules()
    last = Week.of(NOW, rules.zone)

    async def asks(minutes: int) -> bool:
        with asked_of(database.engine) as asked:
            async with database.reading() as tx:
                person = await tx.people.one(1)
                now = NOW + timedelta(minutes=minutes)
                await reports.of(tx, person=person, last=last, rules=rules, now=now)
        return any("GROUP BY surveys.operator_id" in statement for statement in asked.statements)

    assert [await asks(minutes) for minutes in (0, 59, 60, 90)] == [True, False, True, False]
    await database.close()


GROWING = (
    "alerts|answers|comments|conversation_events|conversations|deliveries|diary_entries"
    "|diary_versions|messages|sent_messages|surveys|updates|waits"
)
"""Tables that hold all that ever was, or much of it."""
WAITING = "ix_deliveries_waiting|ix_cards_changed"
"""Indexes that hold what waits and nothing else."""


async def test_nothing_people_do_reads_all_there_ever_was(tmp_path: Path) -> None:
    """A day of a desk, and what it asked of the database."""
    with asked_of() as asked:
        async with month(tmp_path, seed=3, weather=False) as desk:
            for act in (desk.asks, desk.takes, desk.answers, desk.closes, desk.rates) * 3:
                await act()
            for act in (desk.keeps_a_diary, desk.sees_to_it, desk.sees_to_it):
                await act()
            boris = desk.operators[0]
            for command in ("/queue", "/diary", "/diaries", "/kpi", "/shift"):
                await desk.does(boris.types(command))
            await desk.passes(timedelta(days=8))
            plans = await asked.plans(desk.running.database.engine)
    assert len(plans) > 100
    whole = re.compile(rf"^SCAN ({GROWING})\b(?! USING (COVERING )?INDEX ({WAITING}))")
    found = {
        statement: step
        for statement, plan in plans.items()
        for step in plan
        if whole.search(step) and not statement.startswith(ONCE)
    }
    assert found == {}


async def test_the_history_that_benchmarks_write_fits_the_tables(database_url: str) -> None:
    engine = await history.write(database_url, 2 * history.OWN)
    async with engine.connect() as connection:
        counted = await connection.scalar(select(func.count()).select_from(Conversation))
    assert counted == 2 * history.OWN
    await engine.dispose()
