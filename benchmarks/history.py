"""Two years of a team of 1,000 operators, written by the database itself from row numbers.

The same each time. The first operator has as many conversations however many there are in all:
what their figures cost must not depend on the others'.
"""

import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, literal, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from benchmarks.report import say
from storage.migrate import migrate
from storage.models import Base

OPERATORS, CUSTOMERS = 1_000, 5_000
WEEKS = 100
END = datetime(2026, 11, 22, 21, tzinfo=UTC)
"""A Monday's first moment in Moscow."""
START = END - timedelta(weeks=WEEKS)
SPAN = int(timedelta(weeks=WEEKS).total_seconds())
OWN = 1_000
"""Conversations of the first operator: ten a week."""


async def write(url: str, conversations: int) -> AsyncEngine:
    """An engine on a migrated database that holds so many conversations and what belongs to
    them."""
    await migrate(url)
    engine = create_async_engine(url)
    began = time.perf_counter()
    async with engine.begin() as connection:
        await connection.run_sync(_write, conversations)
    await _settle(engine)
    took = time.perf_counter() - began
    say(f"{conversations:,} conversations written in {took:.0f} s")
    return engine


def _write(connection: Connection, many: int) -> None:
    """Rows first and indexes afterwards: that is faster by far."""
    indexes = [index for table in Base.metadata.sorted_tables for index in table.indexes]
    for index in indexes:
        index.drop(connection)
    for statement in _statements(connection.dialect.name, many):
        connection.execute(text(_complete(statement)))
    for index in indexes:
        index.create(connection)


def _complete(statement: str) -> str:
    """With what the model gives a row by itself in columns the statement does not name."""
    begin = re.match(r"INSERT INTO (\w+) \((.+?)\) SELECT ", statement)
    assert begin is not None
    named = {column.strip(' "') for column in begin[2].split(",")}
    given = {
        column.name: literal(_plain(column), column.type)
        for column in Base.metadata.tables[begin[1]].columns
        if column.name not in named and _plain(column) is not None
    }
    if not given:
        return statement
    values = (
        str(value.compile(compile_kwargs={"literal_binds": True})) for value in given.values()
    )
    columns = f"{', '.join(given)}, {begin[2]}"
    rest = f"{', '.join(values)}, {statement[begin.end() :]}"
    return f"INSERT INTO {begin[1]} ({columns}) SELECT {rest}"


def _plain(column: Column[Any]) -> Any:
    """The value a row has without being told; None: it has none."""
    default = column.default
    return default.arg if isinstance(default, ScalarElementColumnDefault) else None


async def _settle(engine: AsyncEngine) -> None:
    """What a database of that age would know about itself."""
    async with engine.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        sqlite = engine.dialect.name == "sqlite"
        await autocommit.execute(text("ANALYZE" if sqlite else "VACUUM ANALYZE"))


def _statements(dialect: str, many: int) -> Sequence[str]:
    sqlite = dialect == "sqlite"

    def numbers(most: int) -> str:
        if sqlite:
            return (
                "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s"
                f" WHERE n < {most}) SELECT n FROM s) AS s"
            )
        return f"generate_series(CAST(1 AS bigint), {most}) AS s(n)"

    def moment(seconds: str) -> str:
        at = f"{int(START.timestamp())} + {seconds}"
        if sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%S.000000', {at}, 'unixepoch')"
        return f"to_timestamp({at})"

    def dice(salt: int) -> str:
        """0 to 99, another for each number and salt."""
        return f"((n * {7919 + 2 * salt} + {salt} * 104729) % 10007 % 100)"

    opened = f"n * {SPAN - 7200} / {many}"
    ours = many // OWN
    whose = f"CASE WHEN n % {ours} = 0 THEN 1 ELSE 2 + (n * 7919 % 1000003) % {OPERATORS - 1} END"
    whom = f"{OPERATORS + 1} + (n * 104729 % 1000003) % {CUSTOMERS}"
    waited = f"20 + {dice(1)} * 4"
    second = f"1200 + {dice(2)} * 5"
    true, false = ("1", "0") if sqlite else ("true", "false")

    def wait(number: str, first: str, start: str, took: str) -> str:
        return (
            "INSERT INTO waits (id, team_id, conversation_id, first, priority, started_at, due_at,"
            ' limit_seconds, overdue, holder_at_due_id, ended_at, "end", answered_by_id,'
            " team_seconds, operator_seconds, calendar_seconds)"
            f" SELECT {number}, 1, n, {first}, 'normal', {moment(f'{opened} + {start}')},"
            f" {moment(f'{opened} + {start} + 300')}, 300, {took} > 300,"
            f" CASE WHEN {took} > 300 THEN {whose} END,"
            f" {moment(f'{opened} + {start} + {took}')}, 'answered', {whose}, {took}, {took},"
            f" {took} FROM {numbers(many)}"
        )

    def message(number: str, author: str, customer: str, at: str) -> str:
        return (
            "INSERT INTO messages (id, team_id, conversation_id, author_id, from_customer,"
            " sent_at, kind, text, telegram_message_id)"
            f" SELECT {number}, 1, n, {author}, {customer}, {moment(f'{opened} + {at}')},"
            f" 'text', 'Where is my receipt?', {number} FROM {numbers(many)}"
        )

    return [
        "INSERT INTO people (id, team_id, telegram_id, name, theme, is_operator, is_supervisor,"
        " on_shift, reachable, created_at)"
        f" SELECT n, 1, n, 'Person ' || n, 'light', n <= {OPERATORS}, {false}, {false}, {true},"
        f" {moment('0')} FROM {numbers(OPERATORS + CUSTOMERS)}",
        "INSERT INTO conversations (id, team_id, customer_id, state, priority, holder_id, by_team,"
        " opened_at, taken_at, first_answer_at, first_answer_by_id, last_answer_by_id, closed_at,"
        " closed_by_id, outcome, reopened, closed_seconds)"
        f" SELECT n, 1, {whom}, 'closed', 'normal', {whose}, {false}, {moment(opened)},"
        f" {moment(f'{opened} + 10')}, {moment(f'{opened} + {waited}')}, {whose}, {whose},"
        f" {moment(f'{opened} + 3600')}, CASE WHEN {dice(3)} < 90 THEN {whose} END,"
        f" CASE WHEN {dice(3)} < 80 THEN 'solved' WHEN {dice(3)} < 90 THEN 'not_solved'"
        f" ELSE 'no_answer' END, 0, 0 FROM {numbers(many)}",
        "INSERT INTO conversation_events (id, team_id, conversation_id, at, kind)"
        f" SELECT n, 1, n, {moment(f'{opened} + 3600')}, 'closed' FROM {numbers(many)}",
        wait("2 * n - 1", true, "0", waited),
        wait("2 * n", false, "1200", f"20 + {dice(2)} * 4"),
        message("3 * n - 2", whom, true, "0"),
        message("3 * n - 1", whose, false, waited),
        message("3 * n", whose, false, second),
        "INSERT INTO surveys (id, team_id, conversation_id, customer_id, operator_id, sent_at,"
        " expires_at, expired, stars, rated_at, lowest, solved, solved_at, reasons)"
        f" SELECT n, 1, n, {whom}, {whose}, {moment(f'{opened} + 3600')},"
        f" {moment(f'{opened} + 3600 + 259200')}, {true}, stars, rated, stars,"
        f" CASE WHEN stars > 2 AND {dice(5)} < 70 THEN stars > 3 END,"
        f" CASE WHEN stars > 2 AND {dice(5)} < 70 THEN rated END,"
        f" CASE WHEN stars < 3 THEN CAST('[\"slow\"]' AS {'text' if sqlite else 'json'}) END"
        f" FROM (SELECT n, CASE WHEN {dice(4)} < 60 THEN 5 - {dice(4)} % 11 / 3 END AS stars,"
        f" CASE WHEN {dice(4)} < 60 THEN {moment(f'{opened} + 4000')} END AS rated"
        f" FROM {numbers(many)}) AS answered",
        "INSERT INTO diary_entries (id, team_id, conversation_id, operator_id, customer_name,"
        " customer_contact, at, request, done, result, saved_at, first_saved_at, filled,"
        " version, words)"
        f" SELECT n, 1, n, {whose}, '', '', {moment(opened)}, 'A receipt', 'Sent again', '',"
        f" {moment(f'{opened} + 3700')}, {moment(f'{opened} + 3700')}, 2, 1, ''"
        f" FROM {numbers(many)} WHERE {dice(6)} < 70",
    ]
