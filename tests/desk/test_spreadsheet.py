"""What somebody wrote is words in a spreadsheet, whatever it looks like."""

import csv
import io

import pytest

from desk.spreadsheet import as_csv, harmless


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+7 999 123-45-67",
        "-2",
        "@SUM(A1)",
        " =1+1",
        "\t=1",
        "\r=1",
        "\n=1",
        '=HYPERLINK("http://evil")',
        "＝1+1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_what_could_be_a_formula_is_marked_as_words(words: str) -> None:
    assert harmless(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "hello", "1+1", "a=b", "Ёлка", "<b>", "'=1", "5 - 3"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words


def test_numbers_of_ours_stay_numbers() -> None:
    assert [harmless(value) for value in (-1, 2.5, None, True)] == ["-1", "2.5", "", "True"]


def test_a_table_reads_back_as_it_was_written() -> None:
    rows = [["a,b", 'say "yes"'], ["two\nlines", "=1"]]
    table = as_csv(("one", "two"), rows)
    assert table.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert read == [["one", "two"], ["a,b", 'say "yes"'], ["two\nlines", "'=1"]]
