"""`import`: the whole file first, in short steps, twice is once; figures count it."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import imports
from bot.imports import Asked
from bot.settings import Settings
from desk import reports
from desk.past import history
from desk.past.layout import CannotImport
from desk.rules import Rules
from desk.weeks import Week
from kpi.past import PAST
from storage.database import Database
from storage.models import Person
from tests.bot.test_program import run

HEAD = "id,opened,first_answer,closed,outcome,operator,stars\n"
MONDAY = datetime(2026, 2, 2, 6, tzinfo=UTC)


def written(path: Path, number: int, *more: str) -> Path:
    """A file of so many conversations of Boris's, an hour apart, each answered in a minute."""
    lines = []
    for place in range(number):
        opened = MONDAY + timedelta(hours=place)
        answered, closed = opened + timedelta(minutes=1), opened + timedelta(minutes=30)
        lines.append(
            f"{place},{opened.isoformat()},{answered.isoformat()},{closed.isoformat()},"
            f"solved,Boris,{place % 5 + 1}\n"
        )
    path.write_text(HEAD + "".join(lines) + "".join(f"{line}\n" for line in more))
    return path


async def imported(url: str, file: Path, *, strict: bool = False) -> list[str]:
    settings = Settings(_env_file=None, database_url=url)
    return list(await imports.import_file(settings, Asked(file, strict=strict)))


async def there(url: str) -> int:
    database = Database(url)
    async with database.reading() as tx:
        number = len(await tx.imported.there("history"))
    await database.close()
    return number


async def test_twice_is_once_and_figures_count_it(database_url: str, tmp_path: Path) -> None:
    file = written(tmp_path / "old.csv", 20, "x,2026-02-03,2026-02-01,,,Boris,")
    said = await imported(database_url, file)
    assert said[0] == "line 22: answered before it was opened"
    assert said[-1].startswith("20 conversations of ")
    assert said[-1].endswith("0 were there already, 1 left out, 0 skipped.")
    assert (await imported(database_url, file))[-1].startswith("0 conversations of ")
    assert await there(database_url) == 20

    database = Database(database_url)
    async with database.reading() as tx:
        (boris,) = await tx.people.named("Boris", 5)
        assert boris.telegram_id is None
        assert not boris.reachable
        found = await reports.of(
            tx, person=boris, last=Week.of(MONDAY, Rules().zone), rules=Rules(), now=MONDAY
        )
    await database.close()
    figures = found.last.figures
    assert (figures["first_response_time"].value, figures["first_response_time"].n) == (60, 20)
    assert (figures["csat"].value, figures["csat"].n) == (0.4, 20)


async def test_all_or_nothing_if_it_is_asked_for(sqlite_url: str, tmp_path: Path) -> None:
    file = written(tmp_path / "old.csv", 3, "x,never,,,,Boris,")
    with pytest.raises(CannotImport, match="1 row left out: nothing is put in"):
        await imported(sqlite_url, file, strict=True)
    assert await there(sqlite_url) == 0


async def test_stopped_in_the_middle_it_goes_on(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "AT_A_TIME", 4)
    file = written(tmp_path / "old.csv", 10)
    row, made = history._row, 0

    def dies(*known: object) -> object:
        nonlocal made
        made += 1
        if made > 6:
            raise KeyboardInterrupt
        return row(*known)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(history, "_row", dies)
        with pytest.raises(KeyboardInterrupt):
            await imported(database_url, file)
    assert await there(database_url) == 4
    said = await imported(database_url, file)
    assert said[-1].startswith("6 conversations of ")
    assert await there(database_url) == 10


async def test_somebody_in_the_file_may_be_somebody_here(sqlite_url: str, tmp_path: Path) -> None:
    file, mapping = written(tmp_path / "old.csv", 3), tmp_path / "old.toml"
    mapping.write_text("source = 'old'\noperators = {Boris = 777}\n")
    settings = Settings(_env_file=None, database_url=sqlite_url)
    with pytest.raises(CannotImport, match="777 is nobody the bot knows; Boris must press Start"):
        await imports.import_file(settings, Asked(file, mapping))
    database = Database(sqlite_url)
    async with database.writing() as tx:
        boris = await tx.people.add(
            Person(telegram_id=777, name="Borya", is_operator=True, created_at=MONDAY)
        )
    await imports.import_file(settings, Asked(file, mapping))
    async with database.reading() as tx:
        assert set((await tx.imported.operators("old")).values()) == {boris.id}
        assert len(await tx.people.named("Bor", 5)) == 1
    await database.close()


async def test_the_command(sqlite_url: str, tmp_path: Path) -> None:
    url, data = sqlite_url, sqlite_url.partition("///")[2]
    file = written(tmp_path / "old.csv", 12, "x,2026-02-03,2026-02-01,,,Boris,")

    checked = await run("import", str(file), "--check", DATABASE_URL=url)
    assert checked.code == 0, checked.err
    assert "13 rows, of which 12 can be imported, 1 are left out, 0 skipped." in checked.out
    assert "first_response_time               12  median 0.017 h" in checked.out
    each = checked.out.rpartition("\n\n")[2]  # the last operator's own
    assert [line.split()[0] for line in each.splitlines()[1:]][-2:] == ["csat", "average_rating"]
    assert len(each.splitlines()) == 1 + len(PAST)
    assert sqlite3.connect(data).execute("SELECT count(*) FROM people").fetchone() == (0,)

    strict = await run("import", str(file), "--strict", DATABASE_URL=url)
    assert strict.sentence.endswith("1 row left out: nothing is put in")
    done = await run("import", str(file), DATABASE_URL=url)
    assert done.code == 0, done.err
    with sqlite3.connect(data) as made:
        for table, number in (
            ("imported_conversations", 12),
            ("conversations", 0),
            ("surveys", 0),
            ("alerts", 0),
            ("timers", 0),
            ("deliveries", 0),
        ):
            assert made.execute(f"SELECT count(*) FROM {table}").fetchone() == (number,), table  # noqa: S608
    made.close()
