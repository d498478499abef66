"""Everything our buttons say when pressed.

This is a wire format: a keyboard sent today is pressed next year. A shipped class never changes
its fields; a new shape gets a new prefix and the old one keeps answering.
tests/house/test_callbacks.py pins the packed strings. A button carries identity, never meaning:
who may press it, and whether it still applies, is decided when it is pressed.
"""

from aiogram.filters.callback_data import CallbackData
