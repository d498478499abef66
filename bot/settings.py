"""Everything that differs between a laptop and production. Mirrored by .env.example."""

from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from annotated_types import Ge, Le
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import spellings
from bot.spellings import OFF, spelled
from desk.rules import (
    REPLY_WITHIN,
    SURVEY_QUESTIONS,
    TIMEZONE,
    Rules,
    WeeklyMoment,
    one_limit,
)
from kpi.worktime import Schedule
from storage.models import Priority, Question

Duration = Annotated[timedelta, spelled(spellings.duration)]
Ids = Annotated[frozenset[int], NoDecode, spelled(spellings.telegram_ids)]


class WrongSetting(Exception):
    """One line for the person starting the program; never holds a secret."""


class Settings(BaseSettings):
    """From the environment, or else the `.env` file; an empty value is one not given."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    bot_token: Annotated[SecretStr, spelled(spellings.bot_token)] | None = None
    """From @BotFather. None: only the playground can be started."""

    bot_api_url: Annotated[str, spelled(spellings.server_url)] = "https://api.telegram.org"
    """Any Bot API server: Telegram's, a local one, the playground."""

    database_url: Annotated[str, spelled(spellings.database_url)] = Field(
        default="sqlite+aiosqlite:///data/otklik.db", repr=False
    )
    """sqlite+aiosqlite:///PATH or postgresql+asyncpg://USER:PASSWORD@HOST/NAME."""

    supervisor_ids: Ids = frozenset()
    """Telegram ids of people who are always supervisors."""

    operator_ids: Ids = frozenset()
    """Telegram ids of people who are always operators."""

    locale: Annotated[Literal["ru", "en"], spelled(str.lower)] = "ru"
    """The language of those whose Telegram speaks neither and who chose none."""

    timezone: Annotated[ZoneInfo, spelled(spellings.time_zone)] = TIMEZONE
    """The team's time zone: where a day and a week begin."""

    working_hours: str = "24/7"
    """When the team answers, as `kpi.worktime` reads it."""

    holidays: str = ""
    """A country's (`RU`) and single days, on which nobody works."""

    reply_within: Annotated[
        Mapping[Priority, timedelta], NoDecode, spelled(spellings.reply_limits)
    ] = one_limit(REPLY_WITHIN)
    """How long a customer may wait, by priority."""

    close_after: Duration = timedelta(hours=24)
    """A customer silent so long after an operator's message: closed as no answer."""

    customer_rate: int = Field(default=30, ge=5, le=100_000)
    """Messages, or commands, of one customer taken a minute; what is more of messages is kept and
    shown when the operator asks."""

    negative_rating: int = Field(default=2, ge=1, le=4)
    """Ratings up to this one alert supervisors."""

    escalate_after: Duration = timedelta(minutes=10)
    """An alert nobody took is repeated after so long."""

    survey_expires: Duration = timedelta(hours=72)
    """So long a rating can be given or changed."""

    survey_questions: Annotated[
        tuple[tuple[Question, ...], ...], NoDecode, spelled(spellings.survey_questions)
    ] = SURVEY_QUESTIONS
    """What is asked after the stars, each survey taking the next turn; `none` asks nothing."""

    weekly_kpi: Annotated[WeeklyMoment, NoDecode, spelled(spellings.weekly_moment)] = WeeklyMoment(
        0, time(9)
    )
    """When operators get their chart, in the team's zone."""

    keep_texts: Annotated[timedelta, spelled(spellings.keeping)] | None = None
    """What people wrote is deleted so long after its conversation; None: it is kept for ever."""

    webhook_url: Annotated[str, spelled(spellings.webhook_url)] | None = None
    """Where Telegram reaches us; None: we ask Telegram (polling)."""

    webhook_secret: Annotated[SecretStr, spelled(spellings.webhook_secret)] | None = None
    """How we know that it is Telegram who calls."""

    http_host: str = "127.0.0.1"
    """Where webhook, health, metrics and the playground's page listen."""

    http_port: int = Field(default=8080, ge=0, le=65535)
    """0 takes any port that is free."""

    speech_model: Annotated[str, spelled(spellings.speech_model)] = "base"
    """Whisper's model for dictation: a size, a folder, or `off`."""

    glossary: Annotated[str, spelled(spellings.glossary)] = ""
    """Names the team says that are in no dictionary, for who listens to expect."""

    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], spelled(str.upper)
    ] = "INFO"

    log_format: Annotated[Literal["text", "json"], spelled(str.lower)] = "text"

    @classmethod
    def load(cls, env_file: str | Path | None = ".env", **instead: Any) -> Self:
        """`instead` wins over environment and file.

        Raises `WrongSetting` with one line: the name, the value and what is allowed.
        """
        try:
            return cls(_env_file=env_file, **instead)
        except ValidationError as refused:
            raise WrongSetting(_one_line(refused.errors()[0])) from None
        except (OSError, UnicodeError):
            raise WrongSetting(f"{env_file}: expected a readable text file in UTF-8") from None

    @property
    def schedule(self) -> Schedule:
        return Schedule.parse(self.working_hours, self.holidays, self.timezone)

    def rules(self) -> Rules:
        return Rules(
            reply_within=self.reply_within,
            close_after=self.close_after,
            customer_rate=self.customer_rate,
            negative_rating=self.negative_rating,
            escalate_after=self.escalate_after,
            survey_expires=self.survey_expires,
            dictation=self.speech_model != OFF,
            survey_questions=self.survey_questions,
            schedule=self.schedule,
            zone=self.timezone,
            locale=self.locale,
            weekly=self.weekly_kpi,
            supervisor_ids=self.supervisor_ids,
            operator_ids=self.operator_ids,
        )

    @model_validator(mode="after")
    def _schedule_reads(self) -> Self:
        for name, value, holidays in (
            ("WORKING_HOURS", self.working_hours, ""),
            ("HOLIDAYS", self.holidays, self.holidays),
        ):
            try:
                Schedule.parse(self.working_hours, holidays, self.timezone)
            except ValueError as refused:
                raise WrongSetting(f"{name}={_shown(value)}: {refused}") from None
        return self

    @model_validator(mode="after")
    def _webhook_is_guarded(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise WrongSetting(
                "WEBHOOK_SECRET is not set: expected with WEBHOOK_URL,"
                " 1 to 256 characters of A-Z, a-z, 0-9, _ and -"
            )
        return self


def _one_line(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    setting = name.upper()
    if name in {"bot_token", "webhook_secret"}:
        return f"{setting} (its value is not shown): {_allowed(name, error)}"
    value = str(error["input"])
    if name.endswith("_url"):  # any of them may carry credentials
        value = spellings.without_credentials(value)
    return f"{setting}={_shown(value)}: {_allowed(name, error)}"


def _allowed(name: str, error: ErrorDetails) -> str:
    match error["type"]:
        case "value_error":
            return str(error["ctx"]["error"])
        case "literal_error":
            return f"expected {error['ctx']['expected']}".replace("'", "")
        case _:  # numbers are all that is left
            bounds = Settings.model_fields[name].metadata
            low = next(bound.ge for bound in bounds if isinstance(bound, Ge))
            high = next(bound.le for bound in bounds if isinstance(bound, Le))
            return f"expected a whole number from {low} to {high}"


def _shown(value: str) -> str:
    """On one line, whatever somebody pasted."""
    line = " ".join(value.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
