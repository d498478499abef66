"""`export`: from its files another tool reckons the very figures; nothing else gets out."""

import asyncio
import csv
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.clock import utc_now
from desk import exports, reports
from desk.rules import Rules
from desk.weeks import Week
from storage import records
from storage.database import Database, UnitOfWork
from storage.models import ContentKind, Message, Outcome, Person
from tests.bot.test_program import run
from tests.recount import Recount, Recounted
from tests.storage.test_figures import NOW, SCHEDULE, START, random_records

ROOT = Path(__file__).parents[2]
HOURS = "mon-fri 09:00-18:00"
RULES = replace(Rules(), schedule=SCHEDULE)
WORDS = "Where is my sofa?"


def silent(_done: int, _of: int | None) -> None:
    pass


async def exported(tx: UnitOfWork, folder: Path, *, words: bool = False) -> Path:
    folder.mkdir()  # noqa: ASYNC240 - nobody waits
    facts = exports.facts(RULES, HOURS, "", NOW, words=words)
    await exports.write(tx, folder, facts, silent, words=words)
    return folder


def random_past(dice: Random) -> list[dict[str, Any]]:
    """Another tool's history, each row with some of the facts."""
    rows = []
    for number in range(dice.randint(0, 30)):
        opened = START + timedelta(hours=12 * dice.randint(0, 40))
        closed = dice.choice([None, opened + timedelta(hours=12 * dice.randint(0, 9))])
        stars = dice.choice([None, 1, 4, 5]) if closed else None
        rows.append(
            {
                "source": "old",
                "external_id": str(number),
                "operator_id": dice.choice([None, 1, 2, 3]),
                "opened_at": opened,
                "closed_at": closed,
                "outcome": dice.choice([None, *Outcome]) if closed else None,
                "first_answer_seconds": dice.choice([None, dice.randint(0, 900)]),
                "resolution_seconds": dice.choice([None, dice.randint(0, 90_000)]),
                "handle_seconds": dice.choice([None, dice.randint(0, 9000)]),
                "operators": dice.choice([None, 1, 2]),
                "stars": stars,
                "rated_at": closed if stars else None,
                "imported_at": NOW,
            }
        )
    return rows


@pytest.mark.parametrize("seed", range(6))
async def test_another_tool_reckons_the_same_figures(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    database = Database(database_url)
    async with database.writing() as tx:
        for rows in random_records(Random(seed)).kinds:  # noqa: S311
            tx._session.add_all(rows)
            await tx.flush()
        await tx.imported.put(random_past(Random(seed)))  # noqa: S311
    async with database.reading() as tx:
        recount = Recount(await exported(tx, tmp_path / "files"))
    compared = 0
    async with database.reading() as tx:
        weeks = Week.of(START, RULES.zone).until(Week.of(NOW, RULES.zone).later(1))
        for number in (None, 1, 2, 3):
            person = None if number is None else await tx.people.one(number)
            for week, facts in zip(
                weeks, await reports._facts(tx, person, weeks, RULES, NOW), strict=True
            ):
                ours = reports.figures_of(facts, NOW)
                whose = None if number is None else str(number)
                theirs = recount.all(whose, week.start(RULES.zone), week.end(RULES.zone))
                for metric, figure in ours.items():
                    found = Recounted(figure.value, figure.n)
                    assert found == theirs[metric], (metric, whose, week)
                    compared += figure.n > 0
    assert compared > 40
    await database.close()


async def test_words_only_when_they_are_asked_for(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    async with database.writing() as tx:
        anna = await tx.people.add(
            Person(telegram_id=77_001, name="=Anna", phone="+7 999", created_at=NOW)
        )
        await tx.messages.add(
            Message(
                author_id=anna.id,
                from_customer=True,
                sent_at=NOW,
                kind=ContentKind.LOCATION,
                text=WORDS,
                details={"latitude": 55.75},
                telegram_message_id=1,
            )
        )
    async with database.reading() as tx:
        without = await exported(tx, tmp_path / "without")
    async with database.reading() as tx:
        with_words = await exported(tx, tmp_path / "with", words=True)
    files = {file.name: file.read_text("utf-8-sig") for file in without.iterdir()}
    for secret in (WORDS, "Anna", "77001", "999", "55.75"):
        assert [name for name, text in files.items() if secret in text] == []
    (person,) = csv.DictReader(files["people.csv"].splitlines())
    assert (person["name"], person["display_name"], person["is_operator"]) == ("…", "", "false")
    assert "'=Anna" in (with_words / "people.csv").read_text("utf-8-sig")  # no formula
    assert WORDS in (with_words / "messages.csv").read_text("utf-8-sig")
    heads = [(folder / "people.csv").read_text("utf-8-sig").splitlines()[0] for folder in
             (without, with_words)]  # fmt: skip
    assert heads[0] == heads[1]
    await database.close()


async def test_what_is_written_meanwhile_is_not_in_it(database_url: str) -> None:
    database = Database(database_url)
    async with database.reading() as tx:
        await tx.records.stand_still()
        await tx.records.sizes()
        async with database.writing() as bot:
            await bot.people.add(Person(telegram_id=1, name="Boris", created_at=NOW))
        async with asyncio.timeout(10):
            assert [page async for page in tx.records.of("people")] == []
    await database.close()


async def test_the_command(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "files"
    ran = await run("export", str(folder), DATABASE_URL=sqlite_url)
    assert ran.code == 0, ran.err
    assert "docs/export.md" in ran.out
    about = {row["name"]: row["value"] for row in csv.DictReader(
        (folder / "about.csv").read_text("utf-8-sig").splitlines()
    )}  # fmt: skip
    assert utc_now() - Recount(folder).now < timedelta(minutes=5)
    assert about["words"] == "false"
    again = await run("export", str(folder), DATABASE_URL=sqlite_url)
    assert "is not an empty folder" in again.sentence
    assert sorted(path.name for path in folder.parent.iterdir()) == ["files"]

    (empty := tmp_path / "empty").mkdir()
    assert (await run("export", str(empty), DATABASE_URL=sqlite_url)).code == 0
    assert (empty / "conversations.csv").exists()
    nowhere = f"sqlite+aiosqlite:///{tmp_path / 'none.db'}"
    assert (
        "no database" in (await run("export", str(tmp_path / "x"), DATABASE_URL=nowhere)).sentence
    )


def test_the_page_tells_what_every_column_means() -> None:
    page = (ROOT / "docs" / "export.md").read_text("utf-8")
    sections = {part.split("`", 2)[1]: part for part in page.split("\n### ")[1:]}
    told = {f"{table}.csv" for table in records.tables()}
    assert told - sections.keys() == set(), "docs/export.md tells of every file"
    assert {
        f"{table}.{column}"
        for table in records.tables()
        for column in records.columns(table)
        if f"`{column}`" not in sections[f"{table}.csv"]
    } == set(), "docs/export.md tells of every column"
