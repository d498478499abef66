"""How the Bot API says no."""

from typing import Any


class Refused(Exception):
    """An answer with `ok: false`, in Telegram's words."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Violation(Refused):
    """A request no correct bot makes: besides being refused, it fails the test that made it."""


def bad_request(why: str) -> Refused:
    return Refused(400, f"Bad Request: {why}")


def violation(why: str) -> Violation:
    return Violation(400, f"Bad Request: {why}")


def untaught(what: str) -> Violation:
    return Violation(501, f"Not Implemented: the playground was not taught {what}")


def forbidden(why: str) -> Refused:
    return Refused(403, f"Forbidden: {why}")


def too_many_requests(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
