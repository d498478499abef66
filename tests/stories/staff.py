"""What stories about people have in common."""

from playground.people import Account

EVERYBODYS_MENU = ["help", "language", "privacy"]
OPERATORS_MENU = ["queue", "close", "shift", "diary", "diaries", "kpi", "plan", *EVERYBODYS_MENU]


def commands(person: Account) -> list[str]:
    return [command for command, _ in person.menu]


def link_in(words: str) -> str:
    return next(word for word in words.split() if word.startswith("https://t.me/"))


async def invites(supervisor: Account, whom: str = "An operator") -> str:
    """The link a supervisor gets."""
    await supervisor.types("/invite")
    await supervisor.taps(whom)
    return link_in(supervisor.reads)


async def opens(supervisor: Account, name: str) -> None:
    """A person's card, by way of the team's."""
    await supervisor.types("/team")
    await supervisor.taps(name)
