"""Rows of another tool's file: what each says, or why it is left out."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from desk.past import files, layout
from desk.past.files import Row
from desk.past.history import History, read
from desk.past.layout import CannotImport, Layout
from desk.past.rows import Entry, Reader, Rejected
from kpi.past import PAST
from kpi.worktime import Schedule
from storage.models import Outcome, Priority

NOW = datetime(2026, 3, 2, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
PLAIN = Layout(clock="calendar")


def reader(how: Layout = PLAIN, hours: str = "24/7") -> Reader:
    return Reader(how, MOSCOW, Schedule.parse(hours, "", MOSCOW), NOW)


def entry(cells: Mapping[str, object], how: Layout = PLAIN, hours: str = "24/7") -> Entry:
    return reader(how, hours).entry(Row(2, {"opened": "2026-02-02 09:00", **cells}))


def test_a_row_says_what_it_says_and_nothing_else() -> None:
    one = entry({"id": 7.0, "operator": "  Boris   B. ", "first_answer": "2026-02-02T09:04:30"})
    assert one.external_id == "7"
    assert one.operator == "Boris B."
    assert one.opened_at == datetime(2026, 2, 2, 6, tzinfo=UTC)
    assert one.first_answer_seconds == 270
    assert one.priority is Priority.NORMAL
    unknown = (one.closed_at, one.outcome, one.resolution_seconds, one.stars, one.rated_at)
    assert unknown == (None,) * 5
    assert (one.operators, one.reopened, one.handle_seconds, one.customer) == (None,) * 4


def test_nothing_is_zero_only_where_the_file_says_zero() -> None:
    assert entry({"first_answer_seconds": "0"}).first_answer_seconds == 0
    assert entry({"first_answer_seconds": ""}).first_answer_seconds is None
    assert entry({"reopened": "0"}).reopened == 0
    assert entry({"closings": "3"}).reopened == 2
    assert entry({"closings": "0"}).reopened is None


def test_spans_run_in_working_time_unless_the_layout_says_otherwise() -> None:
    cells = {"opened": "2026-02-06 17:50", "first_answer": "2026-02-09 09:10"}  # a weekend
    working = entry(cells, Layout(), "mon-fri 09:00-18:00")
    assert working.first_answer_seconds == 20 * 60
    calendar = entry(cells, PLAIN, "mon-fri 09:00-18:00")
    assert calendar.first_answer_seconds == timedelta(days=2, hours=15, minutes=20).total_seconds()


@pytest.mark.parametrize(
    ("cell", "unit", "seconds"),
    [
        ("90", "seconds", 90),
        ("1,5", "minutes", 90),
        (2, "hours", 7200),
        (0.5, "days", 43200),
        ("1:30", "seconds", 5400),
        ("00:01:30", "hours", 90),
    ],
)
def test_spans_are_spelled_in_many_ways(cell: object, unit: layout.Unit, seconds: float) -> None:
    how = Layout(units={layout.Column.HANDLE_SECONDS: unit})
    assert entry({"handle_seconds": cell}, how).handle_seconds == seconds


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"opened": ""}, "no moment of opening"),
        ({"opened": "yesterday"}, "opened: yesterday is no moment"),
        ({"opened": "2030-01-01"}, "opened: 2030-01-01 is in the future"),
        ({"opened": "1989-12-31"}, "opened: 1989-12-31 is before 1990"),
        ({"first_answer": "2026-02-02 08:59"}, "answered before it was opened"),
        ({"closed": "2026-02-01"}, "closed before it was opened"),
        (
            {"first_answer": "2026-02-03", "first_closed": "2026-02-02 10:00"},
            "closed before the first answer",
        ),
        (
            {"first_closed": "2026-02-03", "closed": "2026-02-02 10:00"},
            "closed for the last time before the first",
        ),
        ({"handle_seconds": "-5"}, "handle_seconds: -5 cannot be"),
        ({"handle_seconds": "long"}, "handle_seconds: long is no time"),
        ({"stars": "6"}, "stars: 6 is not 1 to 5"),
        ({"stars": "4.5"}, "stars: 4.5 is no whole number"),
        ({"operators": "-1"}, "operators: -1 cannot be"),
        ({"closed": "2026-02-03", "outcome": "meh"}, "outcome: meh is none of solved, not_solved"),
        ({"priority": "P0"}, "priority: P0 is none of urgent"),
        ({"id": "7" * 129}, "id: longer than 128 characters"),
    ],
)
def test_what_cannot_be_is_left_out_with_a_reason(cells: Mapping[str, object], why: str) -> None:
    with pytest.raises(Rejected) as said:
        entry(cells)
    assert str(said.value).startswith(why)


def test_a_foreign_layout_is_spelled_in_ours() -> None:
    how = Layout.model_validate(
        {
            "source": "old desk",
            "time_zone": "UTC",
            "time_format": "%d.%m.%Y %H:%M",
            "columns": {
                "id": "№",
                "opened": "Создано",
                "closed": "Закрыто",
                "stars": "Оценка",
                "priority": "Срочность",
                "outcome": "Итог",
            },
            "values": {
                "stars": {"хорошо": "5"},
                "priority": {"Высокая": "high"},
                "outcome": {"Решено": "solved"},
            },
            "skip": [{"column": "Итог", "is": "Тест", "reason": "a test"}],
        }
    )
    theirs = {"№": "A-1", "Создано": "02.02.2026 09:00", "Закрыто": "02.02.2026 10:00"}
    rest = {"Оценка": "хорошо", "Срочность": "ВЫСОКАЯ", "Итог": "Решено"}
    rows = [Row(2, {**theirs, **rest}), Row(3, {**theirs, "Итог": "Тест"})]
    found = read(iter(rows), reader(how))
    (one,) = found.entries
    assert (one.external_id, one.stars, one.priority) == ("A-1", 5, Priority.HIGH)
    assert one.outcome is Outcome.SOLVED
    assert one.opened_at == datetime(2026, 2, 2, 9, tzinfo=UTC)
    assert one.rated_at == one.closed_at
    assert found.skipped == {"a test": 1}


def test_of_two_alike_the_first_counts() -> None:
    rows = [
        Row(2, {"id": "1", "opened": "2026-02-02"}),
        Row(3, {"id": "1", "opened": "2026-02-03"}),
        Row(4, {"opened": "2026-02-02"}),
        Row(9, {"opened": "2026-02-02"}),
    ]
    found = read(iter(rows), reader())
    assert [each.line for each in found.entries] == [2, 4]
    assert found.rejected == [(3, "the same as line 2"), (9, "the same as line 4")]


ENTRY_CELLS = st.dictionaries(
    st.sampled_from([column.value for column in layout.Column]),
    st.one_of(
        st.none(),
        st.text(max_size=20),
        st.integers(-10, 10),
        st.floats(allow_nan=True),
        st.datetimes(),
        st.booleans(),
    ),
)


@given(ENTRY_CELLS)
def test_any_row_is_a_conversation_or_has_a_reason(cells: dict[str, object]) -> None:
    found = read(iter([Row(2, cells)]), reader())
    assert len(found.entries) + len(found.rejected) == 1
    for one in found.entries:
        spans = (one.first_answer_seconds, one.resolution_seconds, one.handle_seconds)
        assert all(span is None or span >= 0 for span in spans)
        assert one.stars is None or 1 <= one.stars <= 5
    facts = [one.facts for one in found.entries]
    assert all(figure(facts).n <= 1 for figure in PAST.values())


CSV = (
    "id;opened;first_answer;note\r\n"
    '1;2026-02-02 09:00;2026-02-02 09:05;"two\r\nlines"\r\n\r\n'
    "2;2026-02-03;;\r\n"
)


def of_file(path: Path, how: Layout = PLAIN) -> History:
    return read(files.rows(path, how), reader(how))


def test_lines_are_those_of_an_editor(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(CSV.encode("utf-8-sig"))
    found = of_file(path)
    assert [(each.line, each.external_id) for each in found.entries] == [(2, "1"), (5, "2")]
    assert found.unused == ["note"]


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "opened", "first_answer", "stars"])
    opened = datetime(2026, 2, 2, 9)  # noqa: DTZ001 - as a spreadsheet has it
    sheet.append([1, opened, opened + timedelta(minutes=5), 4])
    sheet.append([None, None, None, None])
    sheet.append([2, "2026-02-03", None, None])
    path = tmp_path / "old.xlsx"
    book.save(path)
    found = of_file(path)
    assert [(each.line, each.external_id) for each in found.entries] == [(2, "1"), (4, "2")]
    assert found.entries[0].first_answer_seconds == 300
    assert found.entries[0].opened_at == datetime(2026, 2, 2, 6, tzinfo=UTC)
    assert found.entries[0].stars == 4
    with pytest.raises(CannotImport, match="has no sheet Tickets; there are: Sheet"):
        of_file(path, Layout(sheet="Tickets"))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("old.csv", b"", "is empty"),
        ("old.csv", b"a,b\n1,2\n", "has no column opened; there are: a, b"),
        ("old.csv", "opened\n\xe9".encode("latin-1"), "is not utf-8-sig (byte 7)"),
        ("old.csv", b"opened,opened\n1,2\n", "has the column opened more than once"),
        ("old.xlsx", b"opened\n1\n", "is not an XLSX file"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CannotImport) as said:
        of_file(path)
    assert why in str(said.value)


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ("source = ", "is not TOML"),
        ("sauce = 'x'", "sauce: Extra inputs are not permitted"),
        ("time_zone = 'Mars/Base'", "there is no time zone Mars/Base"),
        ("units = {stars = 'hours'}", "stars is not a span of time"),
        ("columns = {colour = 'x'}", "columns.colour"),
    ],
)
def test_a_mapping_that_cannot_be_read(tmp_path: Path, toml: str, why: str) -> None:
    path = tmp_path / "old.toml"
    path.write_text(toml)
    with pytest.raises(CannotImport) as said:
        layout.read(path)
    assert why in str(said.value)
    assert "\n" not in str(said.value)
