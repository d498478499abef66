"""Appeals: an operator says that a rating or a late reply is not theirs to answer for.

A supervisor decides with both views in front. What is upheld is out of every figure from then on;
the record stays, with what both said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk import alerts
from desk.refusals import NotAllowed, NotYours, TooLate, WordsTooLong
from desk.rules import Rules
from desk.surveys import may_be_seen
from desk.weeks import Week
from kpi.figures import Figure
from kpi.records import Rating
from kpi.records import Wait as Waited
from kpi.satisfaction import csat
from kpi.times import is_overdue, overdue_share
from storage.database import UnitOfWork
from storage.models import (
    Appeal,
    AppealKind,
    AppealState,
    Deed,
    Person,
    Role,
    Survey,
    Urgency,
    Wait,
)

LONGEST = 600
"""Characters of what either side says: a card holds both whole."""
METRIC = {AppealKind.RATING: "csat", AppealKind.OVERDUE: "overdue_share"}
"""The figure each is about."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision does to the figure of the record's week."""

    week: Week
    metric: str
    counted: Figure
    """With the record in it."""
    excluded: Figure
    """Without it."""


def subject(appeal: Appeal) -> str:
    return f"appeal:{appeal.id}"


# --- the operator ---


async def known(tx: UnitOfWork, kind: AppealKind, about: int) -> Appeal | None:
    """What was raised about a survey's rating or a wait; there is one at most."""
    of = tx.appeals.of_survey if kind is AppealKind.RATING else tx.appeals.of_wait
    return await of(about)


async def may(
    tx: UnitOfWork, *, kind: AppealKind, about: int, by: Person, rules: Rules, now: datetime
) -> int:
    """The conversation it is about. `about`: the survey or the wait.

    Errors: NotYours for what is somebody else's, not to be seen yet, or counts in nothing;
    TooLate for what was appealed already.
    """
    if kind is AppealKind.RATING:
        conversation_id = await _rating(tx, about, by, rules)
    else:
        conversation_id = await _late(tx, about, by, rules, now)
    if await known(tx, kind, about) is not None:
        raise TooLate
    return conversation_id


async def _rating(tx: UnitOfWork, survey_id: int, by: Person, rules: Rules) -> int:
    survey = await tx.surveys.lock(survey_id)
    if survey is None or survey.operator_id != by.id or survey.excluded_at is not None:
        raise NotYours
    if not may_be_seen(survey, await tx.alerts.of_survey(survey_id), rules):
        raise NotYours
    return survey.conversation_id


async def _late(tx: UnitOfWork, wait_id: int, by: Person, rules: Rules, now: datetime) -> int:
    wait = await tx.waits.lock(wait_id)
    if wait is None or wait.excluded_at is not None:
        raise NotYours
    start, end = _week_of(wait.started_at, rules)
    theirs = await tx.figures.waits(by.id, start, end)
    if not any(each.about == wait_id and is_overdue(each, now) for _, each in theirs):
        raise NotYours
    return wait.conversation_id


async def put(
    tx: UnitOfWork,
    *,
    kind: AppealKind,
    about: int,
    why: str,
    by: Person,
    rules: Rules,
    now: datetime,
) -> Appeal:
    """It is before the supervisors. Errors: WordsTooLong, and what `may` refuses."""
    conversation_id = await may(tx, kind=kind, about=about, by=by, rules=rules, now=now)
    if len(why) > LONGEST:
        raise WordsTooLong(limit=str(LONGEST))
    rating = kind is AppealKind.RATING
    appeal = await tx.appeals.add(
        Appeal(
            kind=kind,
            conversation_id=conversation_id,
            survey_id=about if rating else None,
            wait_id=None if rating else about,
            operator_id=by.id,
            why=why.strip(),
            raised_at=now,
            state=AppealState.OPEN,
        )
    )
    await tx.cards.show_anew(subject(appeal), by.id, now)
    for supervisor in await _judges(tx, appeal):  # after whatever alerts there are
        await tx.cards.show_anew(subject(appeal), supervisor.id, now, Urgency.SOON)
    return appeal


async def _judges(tx: UnitOfWork, appeal: Appeal) -> Sequence[Person]:
    """Nobody judges their own."""
    return [p for p in await alerts.audience(tx) if p.id != appeal.operator_id]


# --- the supervisor ---


async def show(tx: UnitOfWork, *, appeal_id: int, by: Person, now: datetime) -> None:
    """Errors: NotYours."""
    appeal = await tx.appeals.get(appeal_id)
    if appeal is None or not (by.id == appeal.operator_id or by.may(Role.SUPERVISOR)):
        raise NotYours
    await tx.cards.show_anew(subject(appeal), by.id, now)


async def decide(
    tx: UnitOfWork, *, appeal_id: int, upheld: bool, by: Person, now: datetime
) -> Appeal:
    """Once and for all. Errors: NotAllowed for one's own, TooLate for what is decided."""
    appeal = await _to_judge(tx, appeal_id, by)
    if appeal.state is not AppealState.OPEN:
        raise TooLate
    appeal.state = AppealState.UPHELD if upheld else AppealState.DECLINED
    appeal.decided_by_id, appeal.decided_at = by.id, now
    if upheld:
        record = await _record(tx, appeal)
        record.excluded_at = now
    about = f"conversation:{appeal.conversation_id}"
    tx.audit.note(Deed.APPEAL_DECIDED, about=about, by_id=by.id, now=now, to=appeal.state.value)
    await _tell(tx, appeal, now)
    return appeal


async def note(tx: UnitOfWork, *, appeal_id: int, words: str, by: Person, now: datetime) -> Appeal:
    """Why it was decided so. Errors: NotYours for another's decision, WordsTooLong."""
    appeal = await _to_judge(tx, appeal_id, by)
    if appeal.decided_by_id != by.id:
        raise NotYours
    if len(words) > LONGEST:
        raise WordsTooLong(limit=str(LONGEST))
    appeal.note = words.strip()
    await _tell(tx, appeal, now)
    return appeal


async def _to_judge(tx: UnitOfWork, appeal_id: int, by: Person) -> Appeal:
    appeal = await tx.appeals.lock(appeal_id)
    if appeal is None or not by.may(Role.SUPERVISOR):
        raise NotYours
    if appeal.operator_id == by.id:
        raise NotAllowed
    return appeal


async def _record(tx: UnitOfWork, appeal: Appeal) -> Survey | Wait:
    found: Survey | Wait | None
    if appeal.survey_id is not None:
        found = await tx.surveys.lock(appeal.survey_id)
    else:
        found = await tx.waits.lock(appeal.wait_id or 0)
    assert found is not None
    return found


async def _tell(tx: UnitOfWork, appeal: Appeal, now: datetime) -> None:
    tx.cards.changed(subject(appeal), now)
    operator = await tx.people.one(appeal.operator_id)
    if operator.reachable and operator.telegram_id:
        await tx.cards.show_anew(subject(appeal), operator.id, now, Urgency.SOON)


# --- what it does ---


async def effect(tx: UnitOfWork, appeal: Appeal, rules: Rules, now: datetime) -> Effect:
    """The figure of that week as it would be both ways, whatever was decided."""
    if appeal.survey_id is not None:
        at = (await tx.surveys.one(appeal.survey_id)).rated_at or appeal.raised_at
        start, end = _week_of(at, rules)
        found = await tx.opinions.surveyed(
            appeal.operator_id, start, end, rules.negative_rating, now
        )
        ratings = [rating for _, rating in found.ratings]
        both = [csat(_marked(ratings, appeal.survey_id, out=out)) for out in (False, True)]
    else:
        assert appeal.wait_id is not None
        at = (await tx.waits.one(appeal.wait_id)).started_at
        start, end = _week_of(at, rules)
        waits = [wait for _, wait in await tx.figures.waits(appeal.operator_id, start, end)]
        both = [
            overdue_share(_put_apart(waits, appeal.wait_id, out=out), now) for out in (False, True)
        ]
    return Effect(Week.of(at, rules.zone), METRIC[appeal.kind], *both)


def _marked(ratings: Sequence[Rating], survey_id: int, *, out: bool) -> list[Rating]:
    return [replace(r, excluded=out) if r.about == survey_id else r for r in ratings]


def _put_apart(waits: Sequence[Waited], wait_id: int, *, out: bool) -> list[Waited]:
    return [replace(w, excluded=out) if w.about == wait_id else w for w in waits]


def _week_of(at: datetime, rules: Rules) -> tuple[datetime, datetime]:
    week = Week.of(at, rules.zone)
    return week.start(rules.zone), week.end(rules.zone)
