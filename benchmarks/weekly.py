"""A team's weekly cards, made up but the same each time: what a Monday morning has to draw."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

from desk.reports import SCORED, Agreed, Facts, Report, limit_of, week_of
from desk.rules import TIMEZONE, Rules
from desk.weeks import Week
from handlers.screens.weekly import Telling, weekly_card
from i18n import texts_for
from kpi.card import WEEKS, Theme, WeeklyCard
from kpi.records import (
    ClosedConversation,
    FirstResponse,
    Outcome,
    Rating,
    SolvedAnswer,
    Wait,
    WaitEnd,
)
from kpi.score import default_plan, prior
from storage.models import Person

LAST = Week(date(2026, 11, 16))
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
FIRST_NAMES = ("Анна", "Илья", "Мария", "Пётр", "Julia", "Maximilian", "Ольга", "Владислав")
LAST_NAMES = ("Ким", "Соколова", "Руденко", "Featherstone", "Константинопольская", "Ли", "Смит")
PRIORS = {
    metric: found
    for metric in ("csat", "confirmed_share")
    if (found := prior([(170, 200), (150, 200), (190, 200), (160, 200)])) is not None
}

TEAMS = Agreed(default_plan(limit_of(Rules())))


def cards(many: int, seed: int = 0) -> Sequence[WeeklyCard]:
    """So many operators' cards of one week: three quarters read Russian, as many a light one."""
    dice = Random(seed)  # noqa: S311 - the same each time
    return [_card(dice, number) for number in range(many)]


def _card(dice: Random, number: int) -> WeeklyCard:
    rules = Rules()
    operator = Person(id=number + 1, name="", is_operator=True, created_at=NOW)
    busy, kind, slow = dice.choice((3, 15, 40, 90)), dice.uniform(0.6, 0.97), dice.uniform(60, 400)
    weeks = [
        week_of(
            week,
            _facts(dice, week, dice.randint(busy // 2, busy), kind, slow),
            PRIORS if week > LAST.later(-SCORED) else None,
            TEAMS,
            NOW,
        )
        for week in LAST.later(-WEEKS).until(LAST)
    ]
    language = dice.choice(("ru", "ru", "ru", "en"))
    texts = texts_for(language, "ru")
    theme = dice.choice((Theme.LIGHT, Theme.LIGHT, Theme.LIGHT, Theme.DARK))
    name = f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)} {number + 1}"
    return weekly_card(Telling(Report(operator, weeks), texts, rules, NOW), name, theme)


def _facts(dice: Random, week: Week, chats: int, kind: float, slow: float) -> Facts:
    facts, start = Facts(), week.start(TIMEZONE)
    for number in range(chats):
        at = start + timedelta(days=dice.randint(0, 6), hours=dice.randint(8, 20))
        took = timedelta(seconds=round(slow * dice.uniform(0.3, 2)))
        due = at + timedelta(minutes=5)
        facts.closed_by.append(number)
        facts.answered_in.append(number)
        facts.first_responses.append(FirstResponse(took.total_seconds()))
        facts.waits += [
            Wait(due, at + took * dice.uniform(0.5, 1.1), WaitEnd.ANSWERED)
            for _ in range(dice.randint(1, 3))
        ]
        solved = dice.random() < kind
        outcome = Outcome.SOLVED if solved else Outcome.NOT_SOLVED
        facts.closed.append(ClosedConversation(outcome, has_diary=dice.random() < 0.8))
        if dice.random() < 0.6:
            good = dice.random() < kind
            stars = dice.choice((4, 5, 5, 5)) if good else dice.choice((1, 2, 3))
            facts.ratings.append(Rating(stars))
            facts.solved_answers.append(SolvedAnswer(good if dice.random() < 0.7 else None))
    return facts
