"""How a foreign file is laid out: the small TOML file that `import --mapping` takes."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from storage.models import Outcome, Priority


class CannotImport(Exception):
    """One sentence for whoever asked for it."""


class Column(StrEnum):
    """What a row may say; a file without a mapping has columns of these names."""

    ID = "id"
    OPENED = "opened"
    FIRST_ANSWER = "first_answer"
    FIRST_CLOSED = "first_closed"
    CLOSED = "closed"
    """The last time."""
    OUTCOME = "outcome"
    OPERATOR = "operator"
    CUSTOMER = "customer"
    PRIORITY = "priority"
    FIRST_ANSWER_SECONDS = "first_answer_seconds"
    RESOLUTION_SECONDS = "resolution_seconds"
    HANDLE_SECONDS = "handle_seconds"
    OPERATORS = "operators"
    REOPENED = "reopened"
    CLOSINGS = "closings"
    """How often it was closed: once more than it was opened again."""
    STARS = "stars"
    RATED = "rated"


MOMENTS = (Column.OPENED, Column.FIRST_ANSWER, Column.FIRST_CLOSED, Column.CLOSED, Column.RATED)
SPANS = (Column.FIRST_ANSWER_SECONDS, Column.RESOLUTION_SECONDS, Column.HANDLE_SECONDS)
UNITS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}
CHOICES: Mapping[Column, Mapping[str, str]] = {
    Column.OUTCOME: {each.value: each.value for each in Outcome},
    Column.PRIORITY: {each.value: each.value for each in Priority},
}
Unit = Literal["seconds", "minutes", "hours", "days"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Skip(Strict):
    """Rows that are no conversations: those whose column says this."""

    column: str
    equals: Annotated[str, Field(alias="is")]
    reason: str


class Layout(Strict):
    source: Annotated[str, Field(min_length=1, max_length=64)] = "history"
    """Which tool's history it is: the same number of the same source is the same conversation."""
    time_zone: str | None = None
    """Of moments that do not say; None: the team's."""
    time_format: str | None = None
    """As `strptime` has it; None: ISO 8601."""
    clock: Literal["working", "calendar"] = "working"
    """How spans between moments run: inside the team's working hours, or all the time."""
    encoding: str = "utf-8-sig"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    """None: as the file's first lines look."""
    sheet: str | None = None
    """Of an XLSX file; None: the first."""
    columns: Mapping[Column, str] = {}
    """Ours, and what each is called in the file."""
    constants: Mapping[Column, str] = {}
    """What every row says though the file does not; an outcome is of those that were closed."""
    units: Mapping[Column, Unit] = {}
    values: Mapping[Column, Mapping[str, str]] = {}
    """For outcome, priority and stars: what the file says, and what we call it."""
    skip: tuple[Skip, ...] = ()
    operators: Mapping[str, int] = {}
    """Who somebody in the file is here, by Telegram id."""

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        try:
            return name and ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError) as no:
            raise ValueError(f"there is no time zone {name}") from no

    @field_validator("units")
    @classmethod
    def _of_spans(cls, units: Mapping[Column, Unit]) -> Mapping[Column, Unit]:
        for column in units:
            if column not in SPANS:
                raise ValueError(f"{column} is not a span of time")
        return units

    def called(self, column: Column) -> str:
        """What it is called in the file."""
        return self.columns.get(column, column.value if not self.columns else "")

    @property
    def named(self) -> Mapping[Column, str]:
        """The columns it speaks of, with their names in the file."""
        return {column: name for column in Column if (name := self.called(column))}


def read(path: Path | None) -> Layout:
    """Errors: CannotImport, saying where."""
    if path is None:
        return Layout()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return Layout.model_validate(given)
    except OSError as no:
        raise CannotImport(f"{path} cannot be read: {no.strerror or no}") from no
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as no:
        raise CannotImport(f"{path} is not TOML: {no}") from no
    except ValidationError as no:
        first = no.errors()[0]
        where = ".".join(str(each) for each in first["loc"])
        raise CannotImport(f"{path}: {where}: {first['msg']}") from no
