"""Every state of a rating's alert, and everything that can happen to it there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from desk import alerts, followups, surveys
from desk.refusals import NotAllowed, NotYours, Refusal, TakenBy, TooLate
from desk.rules import Rules
from storage.database import Database, UnitOfWork
from storage.models import (
    Alert,
    AlertState,
    Conversation,
    ConversationState,
    Outcome,
    Person,
)
from tests.conftest import MONDAY_MORNING

NAMES = ("kirill", "ilya", "vera", "oleg")
OPEN, TAKEN, DONE = AlertState.OPEN, AlertState.TAKEN, AlertState.DONE
FIXED, WITHDRAWN = AlertState.FIXED, AlertState.WITHDRAWN


@dataclass
class Case:
    """A customer, their operator, two supervisors, a closed conversation and its survey."""

    database: Database
    rules: Rules = field(default_factory=Rules)
    now: datetime = MONDAY_MORNING
    people: dict[str, int] = field(default_factory=dict)

    async def begins(self) -> None:
        async with self.database.writing() as tx:
            for number, name in enumerate(NAMES):
                person = Person(
                    telegram_id=100 + number,
                    name=name,
                    is_operator=name == "ilya",
                    is_supervisor=name in ("vera", "oleg"),
                    created_at=self.now,
                )
                self.people[name] = (await tx.people.add(person)).id
            conversation = await tx.conversations.add(
                Conversation(
                    customer_id=self.people["kirill"],
                    holder_id=self.people["ilya"],
                    last_answer_by_id=self.people["ilya"],
                    state=ConversationState.CLOSED,
                    outcome=Outcome.SOLVED,
                    opened_at=self.now,
                    closed_at=self.now,
                )
            )
            survey = await surveys.ask(
                tx, conversation=conversation, rules=self.rules, now=self.now
            )
            assert survey is not None
            assert survey.sent_at == self.now

    async def does(self, step: str) -> None:
        """One step, a transaction of its own, a minute after the one before."""
        self.now += timedelta(minutes=1)
        who, _, what = step.rpartition(" ")
        async with self.database.writing() as tx:
            by = await tx.people.one(self.people[who]) if who else None
            await STEPS[what](self, tx, by)

    async def alert(self) -> Alert:
        async with self.database.reading() as tx:
            alert = await tx.alerts.of_survey(1)
        assert alert is not None
        return alert


Step = Callable[[Case, UnitOfWork, Person | None], Awaitable[object]]


def rates(stars: int) -> Step:
    async def step(case: Case, tx: UnitOfWork, by: Person | None) -> None:
        assert by is not None
        await surveys.rate(tx, survey_id=1, by=by, stars=stars, rules=case.rules, now=case.now)

    return step


def says_fixed(fixed: bool) -> Step:
    async def step(case: Case, tx: UnitOfWork, by: Person | None) -> None:
        assert by is not None
        await followups.answer_fixed(
            tx, alert_id=1, by=by, fixed=fixed, rules=case.rules, now=case.now
        )

    return step


async def takes(case: Case, tx: UnitOfWork, by: Person | None) -> None:
    assert by is not None
    await followups.take(tx, alert_id=1, by=by, rules=case.rules, now=case.now)


async def writes(case: Case, tx: UnitOfWork, by: Person | None) -> None:
    assert by is not None
    await followups.write(tx, alert_id=1, by=by, rules=case.rules, now=case.now)


async def calls(case: Case, tx: UnitOfWork, by: Person | None) -> None:
    assert by is not None
    await followups.ask_to_call(tx, alert_id=1, by=by, rules=case.rules, now=case.now)


async def ends(case: Case, tx: UnitOfWork, by: Person | None) -> None:
    assert by is not None
    await followups.done(tx, alert_id=1, by=by, note="!", rules=case.rules, now=case.now)


async def escalates(case: Case, tx: UnitOfWork, by: Person | None) -> None:
    await alerts.escalate(tx, 1, case.rules, case.now)


async def reminds(case: Case, tx: UnitOfWork, by: Person | None) -> None:
    await alerts.remind(tx, 1, case.rules, case.now)


async def leaves(case: Case, tx: UnitOfWork, by: Person | None) -> None:
    assert by is not None
    by.is_supervisor = False
    await alerts.let_go(tx, supervisor=by, rules=case.rules, now=case.now)


STEPS: dict[str, Step] = {
    "1": rates(1),
    "2": rates(2),
    "3": rates(3),
    "5": rates(5),
    "takes": takes,
    "writes": writes,
    "calls": calls,
    "done": ends,
    "yes": says_fixed(True),
    "no": says_fixed(False),
    "escalate": escalates,
    "remind": reminds,
    "leaves": leaves,
}

PATHS: dict[str, list[str]] = {
    "open": ["kirill 1"],
    "withdrawn": ["kirill 1", "kirill 3"],
    "taken": ["kirill 1", "vera takes"],
    "raised": ["kirill 1", "vera takes", "kirill 5"],
    "overlooked": ["kirill 1", "vera takes", "remind", "remind"],
    "done": ["kirill 1", "vera takes", "vera done"],
    "fixed": ["kirill 1", "vera takes", "vera done", "kirill yes"],
    "fixed, raised": ["kirill 1", "vera takes", "vera done", "kirill yes", "kirill 5"],
    "not fixed": ["kirill 1", "vera takes", "vera done", "kirill no"],
}

BECOMES: list[tuple[str, str, AlertState | type[Refusal]]] = [
    ("open", "kirill 2", OPEN),
    ("open", "kirill 3", WITHDRAWN),
    ("open", "kirill 5", WITHDRAWN),
    ("open", "vera takes", TAKEN),
    ("open", "vera writes", TAKEN),
    ("open", "vera calls", TAKEN),
    ("open", "vera done", DONE),
    ("open", "kirill yes", TooLate),
    ("open", "kirill no", TooLate),
    ("open", "escalate", OPEN),
    ("open", "remind", OPEN),
    ("open", "ilya takes", NotAllowed),
    ("open", "kirill takes", NotAllowed),
    ("open", "ilya done", NotAllowed),
    ("withdrawn", "kirill 1", OPEN),
    ("withdrawn", "kirill 5", WITHDRAWN),
    ("withdrawn", "vera takes", TooLate),
    ("withdrawn", "vera writes", TooLate),
    ("withdrawn", "vera calls", TooLate),
    ("withdrawn", "vera done", TooLate),
    ("withdrawn", "kirill yes", TooLate),
    ("withdrawn", "kirill no", TooLate),
    ("withdrawn", "escalate", WITHDRAWN),
    ("withdrawn", "remind", WITHDRAWN),
    ("taken", "kirill 2", TAKEN),
    ("taken", "kirill 5", TAKEN),
    ("taken", "vera takes", TAKEN),
    ("taken", "oleg takes", TakenBy),
    ("taken", "oleg writes", TakenBy),
    ("taken", "oleg calls", TakenBy),
    ("taken", "oleg done", TakenBy),
    ("taken", "vera writes", TAKEN),
    ("taken", "vera calls", TAKEN),
    ("taken", "vera done", DONE),
    ("taken", "vera leaves", OPEN),
    ("taken", "oleg leaves", TAKEN),
    ("taken", "kirill yes", TooLate),
    ("taken", "kirill no", TooLate),
    ("taken", "escalate", TAKEN),
    ("taken", "remind", TAKEN),
    ("raised", "kirill 1", TAKEN),
    ("raised", "vera done", DONE),
    ("overlooked", "oleg takes", TAKEN),
    ("overlooked", "oleg done", DONE),
    ("overlooked", "vera done", DONE),
    ("done", "kirill 2", DONE),
    ("done", "kirill 5", DONE),
    ("done", "vera takes", TooLate),
    ("done", "oleg takes", TooLate),
    ("done", "vera writes", TooLate),
    ("done", "vera calls", TooLate),
    ("done", "vera done", TooLate),
    ("done", "kirill yes", FIXED),
    ("done", "kirill no", OPEN),
    ("done", "ilya yes", NotYours),
    ("done", "vera yes", NotYours),
    ("done", "escalate", DONE),
    ("done", "remind", DONE),
    ("fixed", "kirill 2", FIXED),
    ("fixed", "kirill 5", FIXED),
    ("fixed", "vera takes", TooLate),
    ("fixed", "vera writes", TooLate),
    ("fixed", "vera calls", TooLate),
    ("fixed", "vera done", TooLate),
    ("fixed", "kirill yes", TooLate),
    ("fixed", "kirill no", TooLate),
    ("fixed", "escalate", FIXED),
    ("fixed", "remind", FIXED),
    ("fixed, raised", "kirill 1", OPEN),
    ("not fixed", "kirill 2", OPEN),
    ("not fixed", "kirill 5", OPEN),
    ("not fixed", "vera takes", TAKEN),
    ("not fixed", "oleg takes", TAKEN),
    ("not fixed", "vera done", DONE),
    ("not fixed", "kirill yes", TooLate),
    ("not fixed", "kirill no", TooLate),
    ("not fixed", "escalate", OPEN),
    ("not fixed", "remind", OPEN),
    ("not fixed", "vera leaves", OPEN),
]


@pytest.fixture
async def case(database_url: str) -> AsyncIterator[Case]:
    case = Case(Database(database_url))
    await case.begins()
    yield case
    await case.database.close()


@pytest.mark.parametrize(
    ("path", "step", "becomes"), BECOMES, ids=[f"{path}: {step}" for path, step, _ in BECOMES]
)
async def test_what_an_alert_becomes(
    case: Case, path: str, step: str, becomes: AlertState | type[Refusal]
) -> None:
    for before in PATHS[path]:
        await case.does(before)
    was = await case.alert()
    if isinstance(becomes, AlertState):
        await case.does(step)
        assert (await case.alert()).state is becomes
        return
    with pytest.raises(Refusal) as refused:
        await case.does(step)
    assert type(refused.value) is becomes
    now = await case.alert()
    assert (now.state, now.taken_by_id, now.done_by_id) == (
        was.state,
        was.taken_by_id,
        was.done_by_id,
    )


def test_every_state_is_tried() -> None:
    assert {path for path, _, _ in BECOMES} == set(PATHS)


async def test_a_good_rating_alerts_nobody(case: Case) -> None:
    await case.does("kirill 3")
    async with case.database.reading() as tx:
        assert await tx.alerts.of_survey(1) is None


async def test_of_two_supervisors_at_once_one_takes_it(case: Case) -> None:
    await case.does("kirill 1")
    taken = await asyncio.gather(
        case.does("vera takes"), case.does("oleg takes"), return_exceptions=True
    )
    (refused,) = [outcome for outcome in taken if outcome is not None]
    assert isinstance(refused, TakenBy)
    alert = await case.alert()
    winner = {number: name for name, number in case.people.items()}[alert.taken_by_id or 0]
    assert refused.values == {"name": winner}


async def test_of_two_supervisors_at_once_one_is_done(case: Case) -> None:
    await case.does("kirill 1")
    outcomes = await asyncio.gather(
        case.does("vera done"), case.does("oleg done"), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "TooLate"]
    assert (await case.alert()).asked == 1


async def test_a_rating_raised_while_it_is_taken_leaves_a_sound_alert(case: Case) -> None:
    await case.does("kirill 1")
    outcomes = await asyncio.gather(
        case.does("kirill 5"), case.does("vera takes"), return_exceptions=True
    )
    alert = await case.alert()
    if alert.state is AlertState.WITHDRAWN:
        assert isinstance(outcomes[1], TooLate)
        assert alert.taken_by_id is None
    else:
        assert list(outcomes) == [None, None]
        assert (alert.state, alert.taken_by_id) == (AlertState.TAKEN, case.people["vera"])


async def test_the_customer_is_asked_twice_at_most(case: Case) -> None:
    for step in (
        "kirill 1",
        "vera done",
        "kirill no",
        "vera done",
        "kirill no",
        "vera done",
    ):
        await case.does(step)
    alert = await case.alert()
    assert (alert.state, alert.asked, alert.fixed) == (AlertState.DONE, 2, False)
    with pytest.raises(TooLate):
        await case.does("kirill yes")


async def test_what_was_noted_in_each_round_is_kept(case: Case) -> None:
    for step in ("kirill 1", "vera done", "kirill no", "vera done"):
        await case.does(step)
    assert (await case.alert()).note == "!\n!"


async def test_a_follow_up_ends_with_the_alert(case: Case) -> None:
    await case.does("kirill 1")
    await case.does("vera writes")
    async with case.database.reading() as tx:
        assert (await tx.conversations.one(1)).follow_up_by_id == case.people["vera"]
    await case.does("vera done")
    async with case.database.reading() as tx:
        conversation = await tx.conversations.one(1)
    assert conversation.follow_up_by_id is None
    assert conversation.state is ConversationState.CLOSED
    assert conversation.outcome is Outcome.SOLVED


async def test_timers_of_an_alert_end_with_it(case: Case) -> None:
    async def set_now() -> set[str]:
        async with case.database.reading() as tx:
            kinds = ("escalate", "alert-remind")
            return {kind for kind in kinds if await tx.timers.get(kind, 1)}

    await case.does("kirill 1")
    assert await set_now() == {"escalate"}
    await case.does("kirill 5")
    assert await set_now() == set()
    await case.does("kirill 1")
    await case.does("vera takes")
    assert await set_now() == {"alert-remind"}
    await case.does("vera done")
    assert await set_now() == set()
    await case.does("kirill no")
    assert await set_now() == {"escalate"}
