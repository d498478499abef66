"""What people see. A card's screen is a pure function of the desk's state and of who looks."""

from handlers.screens.screen import Compose as Compose
from handlers.screens.screen import Look as Look
from handlers.screens.screen import Screen as Screen

SCREENS: dict[str, Compose] = {}
"""Who composes a card, by the first word of its subject ("alert:17")."""
