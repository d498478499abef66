"""Two days of the month that `python -m benchmarks soak` lives through, with their bad weather."""

from pathlib import Path

import pytest

from benchmarks.soak import evening, month


@pytest.mark.parametrize("seed", [1])
async def test_two_days_in_bad_weather_and_the_books_balance(tmp_path: Path, seed: int) -> None:
    """`lives` ends with the books: each update has its effect once, nothing is left unsettled."""
    async with month(tmp_path, seed) as desk:
        await desk.lives(acts=12)
        tasks = (await evening(desk)).tasks
        await desk.lives(acts=12)

        assert desk.books.faults.total() >= 3
        assert desk.books.done["kills"] >= 1
        assert desk.books.done["relayed"] >= 1
        assert (await evening(desk)).tasks <= tasks + 2
