"""`.env.example` is the settings, said to a person."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_it_names_every_setting_in_order_and_no_other() -> None:
    assert [name.lower() for name in dotenv_values(EXAMPLE)] == list(Settings.model_fields)


def test_it_holds_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    assert Settings.load(EXAMPLE) == Settings.load(env_file=None)


def test_it_says_of_every_default_that_is_not_empty() -> None:
    """An empty line would pass the comparison above whatever the default is."""
    for name, value in dotenv_values(EXAMPLE).items():
        default = Settings.model_fields[name.lower()].default
        assert bool(value) == (default not in (None, "", frozenset())), name


def test_every_setting_is_explained() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").split("\n\n")[1:]
    assert all(block.startswith("# ") for block in blocks)
