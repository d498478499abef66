"""How far long work is, for a person who waits; silent where nobody looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bar(what: str, unit: str = "B") -> Iterator[Callable[[int, int | None], None]]:
    """Gives what is to be told `(bytes or other units done, of how many)`; None: nobody knows.

    On stderr, and only if that is a terminal.
    """
    with tqdm(desc=what, unit=unit, unit_scale=True, disable=None, leave=False) as shown:

        def tell(done: int, of: int | None) -> None:
            shown.total = of
            shown.update(done - shown.n)

        yield tell
