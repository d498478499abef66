"""Cards are drawn in a process that knows nothing of the bot, and is replaced when it dies."""

import os
import signal
from collections.abc import AsyncIterator

import pytest

from bot.charts import Draughtsman
from kpi.charts import weekly_card
from tests.kpi import cards


@pytest.fixture
async def draughtsman() -> AsyncIterator[Draughtsman]:
    drawing = Draughtsman()
    yield drawing
    await drawing.close()


async def test_a_process_draws_what_we_would_and_never_imports_the_bot(
    draughtsman: Draughtsman,
) -> None:
    card = cards.full("ru")
    assert await draughtsman.draw(card) == weekly_card(card)

    pool = draughtsman._pool
    assert pool is not None
    loaded = set(pool.submit(eval, "list(__import__('sys').modules)").result())
    assert "matplotlib" in loaded
    assert not loaded & {"aiogram", "sqlalchemy", "pydantic", "handlers", "matplotlib.pyplot"}


async def test_a_killed_process_is_replaced(draughtsman: Draughtsman) -> None:
    card = cards.thin("en")
    drawn = await draughtsman.draw(card)
    pool = draughtsman._pool
    assert pool is not None
    (worker,) = pool._processes
    os.kill(worker, signal.SIGKILL)

    assert await draughtsman.draw(card) == drawn
