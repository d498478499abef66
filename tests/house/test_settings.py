"""A wrong value stops the start with one line: the name, the value and what is allowed."""

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from bot.settings import Settings, WrongSetting
from desk.rules import Rules, WeeklyMoment
from storage.models import Priority

HIDDEN = "sEcReT-4f1c"


@pytest.fixture(autouse=True)
def _nothing_from_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return Settings.load(env_file=None)


def refusal(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    with pytest.raises(WrongSetting) as refused:
        given(monkeypatch, **values)
    message = str(refused.value)
    assert "\n" not in message
    return message


def test_rules_by_default_are_the_rules_of_the_default_settings() -> None:
    assert Settings.load(env_file=None).rules() == Rules()


def test_everything_reaches_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = given(
        monkeypatch,
        SUPERVISOR_IDS="11, 12",
        OPERATOR_IDS="13",
        LOCALE="EN",
        TIMEZONE="Asia/Yekaterinburg",
        WORKING_HOURS="mon-fri 09:00-13:00 14:00-18:00; sat 22:00-06:00",
        HOLIDAYS="RU, 2026-12-31",
        REPLY_WITHIN="90s",
        CLOSE_AFTER="7d",
        NEGATIVE_RATING="3",
        ESCALATE_AFTER="1h",
        SURVEY_EXPIRES="48h",
        WEEKLY_KPI="Fri 17:30",
    ).rules()

    assert rules.supervisor_ids == {11, 12}
    assert rules.operator_ids == {13}
    assert rules.locale == "en"
    assert rules.zone == rules.schedule.zone == ZoneInfo("Asia/Yekaterinburg")
    assert not rules.schedule.always
    assert rules.reply_within == dict.fromkeys(Priority, timedelta(seconds=90))
    assert rules.close_after == timedelta(days=7)
    assert rules.negative_rating == 3
    assert rules.escalate_after == timedelta(hours=1)
    assert rules.survey_expires == timedelta(hours=48)
    assert rules.weekly == WeeklyMoment(4, time(17, 30))


@pytest.mark.parametrize(
    ("spelled", "minutes"),
    [
        ("urgent=2m,high=5m,normal=10m,low=30m", (2, 5, 10, 30)),
        ("urgent=2m, normal=10m", (2, 10, 10, 10)),  # who is not named waits like normal
        ("urgent=120s", (2, 5, 5, 5)),  # and normal itself like the default
    ],
)
def test_reply_limits_by_priority(
    monkeypatch: pytest.MonkeyPatch, spelled: str, minutes: tuple[int, ...]
) -> None:
    limits = given(monkeypatch, REPLY_WITHIN=spelled).reply_within
    assert [limits[priority] for priority in Priority] == [timedelta(minutes=m) for m in minutes]


def test_a_refusal_names_setting_value_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert refusal(monkeypatch, CLOSE_AFTER="5 minutes") == (
        "CLOSE_AFTER=5 minutes: expected a duration such as 90s, 5m, 72h or 7d"
    )


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        *(
            (name, value, "90s, 5m, 72h or 7d")
            for name in ("REPLY_WITHIN", "CLOSE_AFTER", "ESCALATE_AFTER", "SURVEY_EXPIRES")
            for value in ("0s", "-5m", "5", "m", "1.5h", "PT72H", "٣m", "99999999999d", "999999d")
        ),
        ("REPLY_WITHIN", "urgent=2m,urgent=3m", "each once"),
        ("REPLY_WITHIN", "soon=2m", "urgent=2m"),
        ("REPLY_WITHIN", "urgent=2m,", "urgent=2m"),
        ("SUPERVISOR_IDS", "anna", "12345,67890"),
        ("SUPERVISOR_IDS", "-100123", "12345,67890"),
        ("OPERATOR_IDS", "1,,2", "12345,67890"),
        ("OPERATOR_IDS", "0", "12345,67890"),
        ("OPERATOR_IDS", "9999999999999999", "12345,67890"),
        ("LOCALE", "de", "ru or en"),
        ("TIMEZONE", "Moscow", "Europe/Moscow"),
        ("TIMEZONE", "Europe", "Europe/Moscow"),
        ("TIMEZONE", "../etc/passwd", "Europe/Moscow"),
        ("WORKING_HOURS", "9 to 5", ""),
        ("HOLIDAYS", "2026-02-30", ""),
        ("HOLIDAYS", "ZZ", ""),
        ("NEGATIVE_RATING", "5", "from 1 to 4"),
        ("NEGATIVE_RATING", "two", "from 1 to 4"),
        ("WEEKLY_KPI", "monday", "mon 09:00"),
        ("WEEKLY_KPI", "mon 24:00", "mon 09:00"),
        ("WEEKLY_KPI", "mon", "mon 09:00"),
        ("WEBHOOK_URL", "http://example.org/hook", "https://"),
        ("WEBHOOK_URL", "example.org", "https://"),
        ("BOT_API_URL", "api.telegram.org", "https://api.telegram.org"),
        ("BOT_API_URL", "http://host:port", "https://api.telegram.org"),
        ("DATABASE_URL", "sqlite:///data/otklik.db", "sqlite+aiosqlite:///PATH"),
        ("DATABASE_URL", "sqlite+aiosqlite:///", "sqlite+aiosqlite:///PATH"),
        ("DATABASE_URL", "postgresql+asyncpg://", "postgresql+asyncpg://"),
        ("HTTP_PORT", "70000", "from 0 to 65535"),
        ("HTTP_PORT", "http", "from 0 to 65535"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        ("LOG_FORMAT", "xml", "text or json"),
    ],
)
def test_wrong_values(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    message = refusal(monkeypatch, **{name: value})
    assert message.startswith(f"{name}=")
    assert value.lower() in message.lower()
    assert allowed in message.split(": ", 1)[1]


def test_a_glossary_no_model_would_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, GLOSSARY=" Lumen,, Otklik  Pro ,").glossary == "Lumen, Otklik Pro"
    assert "at most 400 characters" in refusal(monkeypatch, GLOSSARY="name, " * 70)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", HIDDEN),
        ("BOT_TOKEN", f"123456:{HIDDEN} and more"),
        ("WEBHOOK_SECRET", f"{HIDDEN}!"),
        ("WEBHOOK_SECRET", HIDDEN * 50),
        ("DATABASE_URL", f"postgres://otklik:{HIDDEN}@db/otklik"),
        ("DATABASE_URL", f"postgres://otklik:{HIDDEN}/@odd@db/otklik"),
        ("DATABASE_URL", f"postgresql+asyncpg:/otklik:{HIDDEN}@db/otklik"),
        ("DATABASE_URL", f"otklik:{HIDDEN}@db"),
        ("DATABASE_URL", f"postgres://db/otklik?user=otklik&password={HIDDEN}"),
        ("BOT_API_URL", f"ftp://user:{HIDDEN}@host"),
    ],
)
def test_a_refusal_never_shows_a_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    message = refusal(monkeypatch, **{name: value})
    assert message.startswith(name)
    assert "expected" in message
    assert HIDDEN not in message


def test_settings_are_printed_without_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(
        monkeypatch,
        BOT_TOKEN=f"123456:{HIDDEN}",
        WEBHOOK_URL="https://example.org/hook",
        WEBHOOK_SECRET=HIDDEN,
        DATABASE_URL=f"postgresql+asyncpg://otklik:{HIDDEN}@db/otklik",
    )
    assert settings.bot_token == SecretStr(f"123456:{HIDDEN}")
    assert settings.webhook_secret == SecretStr(HIDDEN)
    assert HIDDEN not in repr(settings)
    assert HIDDEN not in str(settings)


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refusal(monkeypatch, WEBHOOK_URL="https://example.org/hook")
    assert message.startswith("WEBHOOK_SECRET is not set: expected with WEBHOOK_URL")


@pytest.mark.parametrize("host", ["localhost:8443", "127.0.0.1:8080", "[::1]:8080"])
def test_a_webhook_on_this_machine_may_do_without_tls(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    settings = given(monkeypatch, WEBHOOK_URL=f"http://{host}/hook", WEBHOOK_SECRET="s")
    assert settings.webhook_url == f"http://{host}/hook"


def test_an_empty_value_is_one_not_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text('BOT_TOKEN="123:abc" # mine\nREPLY_WITHIN=\nLOCALE=en\n', "utf-8")
    monkeypatch.setenv("BOT_TOKEN", "")
    monkeypatch.setenv("LOCALE", "ru")

    settings = Settings.load(env_file)

    assert settings.bot_token == SecretStr("123:abc")
    assert settings.reply_within[Priority.NORMAL] == timedelta(minutes=5)
    assert settings.locale == "ru"  # the environment wins


def test_a_value_of_many_lines_is_refused_on_one(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refusal(monkeypatch, LOCALE="ru\nor en " * 100)
    assert len(message) < 200


def test_an_env_file_that_is_no_text(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_bytes(b"BOT_TOKEN=\xff\xfe\x00")
    with pytest.raises(WrongSetting, match="expected a readable text file in UTF-8"):
        Settings.load(env_file)
