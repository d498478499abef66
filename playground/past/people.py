"""Who was there: operators with their strengths, customers with their habits."""

from dataclasses import dataclass
from itertools import product
from random import Random


@dataclass(frozen=True, slots=True)
class Strengths:
    """Of one operator of the cast."""

    language: str
    chats: int
    """A usual week's."""
    seconds: float
    """Half of their first responses are quicker."""
    satisfied: float
    """The share of customers they leave satisfied."""
    writes_diary: float
    bad_week: int | None = None
    """How many weeks ago everything took long and little went well; None: never."""


OPERATORS = {
    201: Strengths("ru", chats=62, seconds=130, satisfied=0.88, writes_diary=0.86),
    202: Strengths("en", chats=50, seconds=165, satisfied=0.84, writes_diary=0.93, bad_week=4),
    203: Strengths("ru", chats=44, seconds=205, satisfied=0.70, writes_diary=0.55),
    204: Strengths("en", chats=38, seconds=95, satisfied=0.91, writes_diary=0.71),
}


@dataclass(frozen=True, slots=True)
class Habits:
    """Of one customer."""

    telegram_id: int
    name: str
    language: str
    hour: float
    """Around when they write, by the team's clock."""
    often: float
    kind: float
    """How much kinder (or harsher) than others they rate."""
    rates: float
    """How often they answer a survey."""


REGULARS = {
    102: Habits(102, "Кирилл", "ru", hour=13, often=12, kind=-0.15, rates=0.9),
    103: Habits(103, "Emma", "en", hour=18, often=12, kind=0.05, rates=0.8),
}
"""Customers of the cast who have been here before; the others of it are new."""

NAMES = {
    "ru": "Алексей Наталья Сергей Ирина Дмитрий Светлана Андрей Юлия Роман Ксения Борис Вера"
    " Максим Елена Никита Мария Георгий Алина Степан Лидия Артур Полина Фёдор Зоя",
    "en": "James Olivia Noah Sophie Liam Chloe Ethan Mia Lucas Ella Henry Ruby Oscar Isla Leo"
    " Freya Max Hazel Felix Iris",
}
INITIALS = {"ru": "АБВГДЕЖЗИКЛМНОПРСТУФХЧШЯ", "en": "ABCDEFGHJKLMNOPRSTVW"}
"""Of their surnames: so there are enough customers that most do not come again each week."""
FIRST_ID = 501


def customers(dice: Random) -> list[Habits]:
    """The regulars of the cast, and those who have no phone on the page."""
    found = list(REGULARS.values())
    number = FIRST_ID
    for language, names in NAMES.items():
        for name, initial in product(names.split(), INITIALS[language]):
            found.append(
                Habits(
                    number,
                    f"{name} {initial}.",
                    language,
                    hour=dice.triangular(9, 21, 13),
                    often=dice.lognormvariate(0, 0.6),
                    kind=dice.gauss(0, 0.06),
                    rates=min(0.95, max(0.25, dice.gauss(0.65, 0.15))),
                )
            )
            number += 1
    return found
