"""Which commands there are, and for whom: the menu, /help and the answer to a wrong one agree."""

from storage.models import Person, Role

OF_ROLE: dict[Role, tuple[str, ...]] = {
    Role.CUSTOMER: ("help", "language"),
    Role.OPERATOR: ("queue", "close", "shift", "diary", "diaries", "kpi"),
    Role.SUPERVISOR: ("alerts", "invite", "team"),
}

ALWAYS = frozenset({"start", *(name for names in OF_ROLE.values() for name in names)})
"""Every command somebody has."""


def commands_of(person: Person) -> list[str]:
    """Without the slash, the daily ones first."""
    roles = (Role.OPERATOR, Role.SUPERVISOR, Role.CUSTOMER)
    return [name for role in roles if person.may(role) for name in OF_ROLE[role]]
