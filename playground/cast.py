"""The people of the playground: a small team and its customers."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from playground.people import Account
from playground.telegram import Telegram

Role = Literal["customer", "operator", "supervisor"]
FIRST_NEWCOMER = 1001


@dataclass(frozen=True, slots=True)
class Part:
    id: int
    role: Role
    name: str
    language: str


CAST = (
    Part(101, "customer", "Марина", "ru"),
    Part(102, "customer", "Кирилл", "ru"),
    Part(103, "customer", "Emma", "en"),
    Part(201, "operator", "Анна", "ru"),
    Part(202, "operator", "Ilya", "en"),
    Part(203, "operator", "Игорь", "ru"),
    Part(204, "operator", "Kate", "en"),
    Part(301, "supervisor", "Олег", "ru"),
    Part(302, "supervisor", "Vera", "en"),
)
NEWCOMERS = {
    "ru": ("Павел", "Дарья", "Тимур", "Ольга", "Женя", "Саша"),
    "en": ("Paul", "Grace", "Omar", "Nina", "Alex", "Sam"),
}


def ids(role: Role) -> str:
    """As `SUPERVISOR_IDS` and `OPERATOR_IDS` are spelled."""
    return ",".join(str(part.id) for part in CAST if part.role == role)


class Cast:
    """Who has a phone in this playground, and who they were at its start."""

    def __init__(self, telegram: Telegram, parts: Iterable[Part] = CAST) -> None:
        self._telegram = telegram
        self._names = {language: itertools.cycle(names) for language, names in NEWCOMERS.items()}
        self.roles: dict[int, Role] = {}
        for part in parts:
            telegram.account(part.name, part.language, id=part.id)
            self.roles[part.id] = part.role

    def __iter__(self) -> Iterator[Account]:
        return (self._telegram.accounts[number] for number in self.roles)

    def get(self, number: int) -> Account | None:
        return self._telegram.accounts[number] if number in self.roles else None

    async def team_starts(self) -> None:
        """Operators and supervisors press Start: who never did cannot be written to."""
        for account in self:
            if self.roles[account.id] != "customer":
                await account.starts()

    def newcomer(self, language: str, role: Role = "customer") -> Account:
        """One more person, who has never seen the bot."""
        number = max(FIRST_NEWCOMER, max(self._telegram.accounts) + 1)
        account = self._telegram.account(next(self._names[language]), language, id=number)
        self.roles[number] = role
        return account
