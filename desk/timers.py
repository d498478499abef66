"""What happens at a moment: a rule for each kind of timer."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from desk.rules import Rules
from storage.database import UnitOfWork

Rule = Callable[[UnitOfWork, int, Rules, datetime], Awaitable[None]]
"""`(tx, about_id, rules, now)`: looks first whether it is still to be done."""

RULES: dict[str, Rule] = {}
"""By the timer's kind. A kind once used stays: a timer set today rings after an upgrade."""
