"""Alerts: a negative rating or a late reply, until a supervisor has seen to it.

A rating's alert: open, taken, done, then as the customer says: fixed, or open again with the same
supervisor. Withdrawn when the rating was raised before anybody took it. A late reply's alert is
open until the wait ends, then settled: there is nothing in it to take.

A new alert, a repeat and a new comment are new messages, because an edit makes no sound.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desk import digests
from desk.refusals import NotAllowed, NotYours, TakenBy, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import (
    Alert,
    AlertKind,
    AlertState,
    Conversation,
    DeliveryKind,
    Message,
    Person,
    Role,
    Survey,
    Wait,
)

REPEAT_EVERY = timedelta(hours=1)
REMIND_AFTER = timedelta(hours=4)
"""Of working time."""
REMINDERS = 2
"""The first to the taker, the second to all: from then on anybody may take it over."""


async def rated(
    tx: UnitOfWork, *, survey: Survey, before: int | None, rules: Rules, now: datetime
) -> None:
    """What stars that have just changed from `before` mean for the survey's alert."""
    if survey.stars is None:
        raise ValueError("nobody has rated")
    negative = survey.stars <= rules.negative_rating
    alert = await of_survey(tx, survey.id)
    if alert is None:
        if negative:
            new = Alert(
                kind=AlertKind.RATING,
                conversation_id=survey.conversation_id,
                survey_id=survey.id,
                raised_at=now,
            )
            await _open(tx, await tx.alerts.add(new), rules, now)
        return
    tx.cards.changed(subject(alert), now)
    fell = negative and (before is None or before > rules.negative_rating)
    if alert.state is AlertState.WITHDRAWN and negative:
        alert.raised_at, alert.repeated = now, 0
        await _open(tx, alert, rules, now)
    elif alert.state in (AlertState.DONE, AlertState.FIXED) and fell:
        await open_again(tx, alert, rules, now)
    elif alert.state is AlertState.OPEN and alert.taken_by_id is None and not negative:
        alert.state = AlertState.WITHDRAWN
        await tx.timers.clear(alert.id, "escalate")


async def commented(
    tx: UnitOfWork, *, survey: Survey, message: Message, aloud: bool, now: datetime
) -> None:
    """The customer added words to their stars. `aloud`: the card cannot hold them all."""
    alert = await of_survey(tx, survey.id)
    if alert is None or alert.state is AlertState.WITHDRAWN:
        return
    await _tell_all(tx, alert, now)
    if aloud:
        await _pass_on_to_all(tx, alert, message, now)


async def reworded(
    tx: UnitOfWork, *, survey: Survey, message: Message, aloud: bool, now: datetime
) -> None:
    """The customer corrected those words: the cards change, which makes no sound."""
    alert = await tx.alerts.of_survey(survey.id)
    if alert is None:
        return
    tx.cards.changed(subject(alert), now)
    if aloud and alert.state is not AlertState.WITHDRAWN:
        await _pass_on_to_all(tx, alert, message, now)


async def raise_overdue(
    tx: UnitOfWork, *, conversation: Conversation, wait: Wait, rules: Rules, now: datetime
) -> None:
    """The reply limit has passed. Told once for a wait, repeated while nobody answers.

    It opens again if the answer that settled it could not be delivered.
    """
    known = await tx.alerts.of_wait(wait.id)
    if known is not None:
        if known.state is AlertState.SETTLED:
            _changed(tx, known, now)
            known.digest_id = None  # it is alone now
            await _open(tx, known, rules, now)
        return
    new = Alert(
        kind=AlertKind.OVERDUE,
        conversation_id=conversation.id,
        wait_id=wait.id,
        raised_at=now,
    )
    alert = await tx.alerts.add(new)
    listed = await digests.joins(tx, alert, now)
    if listed:
        await _list(tx, listed, rules, now)
    else:
        await _open(tx, alert, rules, now)


async def settle_overdue(tx: UnitOfWork, *, wait: Wait, now: datetime) -> None:
    """The wait has ended, by an answer or otherwise: its alert, if any, says so by itself."""
    alert = await tx.alerts.of_wait(wait.id)
    if alert is None or alert.state is AlertState.SETTLED:
        return
    alert.state = AlertState.SETTLED
    await tx.timers.clear(alert.id, "escalate")
    _changed(tx, alert, now)


async def holder_changed(tx: UnitOfWork, *, conversation_id: int, now: datetime) -> None:
    """The conversation has another operator: cards of late replies name them."""
    for alert in await tx.alerts.unresolved_in(conversation_id):
        _changed(tx, alert, now)


async def to_work_on(tx: UnitOfWork, alert_id: int, by: Person) -> Alert:
    """A rating's alert that `by` has or may take, locked after its conversation."""
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    alert = await locked(tx, alert_id)
    if alert is None or alert.kind is not AlertKind.RATING:
        raise NotYours
    if alert.state not in (AlertState.OPEN, AlertState.TAKEN):
        raise TooLate
    if alert.state is AlertState.TAKEN and alert.taken_by_id not in (None, by.id):
        taker = await tx.people.one(alert.taken_by_id or 0)
        if not free_to_take_over(alert, taker):
            raise TakenBy(name=taker.shown_name)
    return alert


def free_to_take_over(alert: Alert, taker: Person) -> bool:
    """Whether another supervisor may take what `taker` has: all were reminded, or they left."""
    return alert.reminded >= REMINDERS or not taker.may(Role.SUPERVISOR) or not taker.reachable


async def hold(tx: UnitOfWork, alert: Alert, by: Person, rules: Rules, now: datetime) -> None:
    """Make `by` the one who sees to it. Doing it again changes nothing."""
    if alert.state is AlertState.TAKEN and alert.taken_by_id == by.id:
        return
    alert.state = AlertState.TAKEN
    alert.taken_by_id, alert.taken_at, alert.reminded = by.id, now, 0
    await tx.timers.clear(alert.id, "escalate")
    due = rules.schedule.add(now, REMIND_AFTER.total_seconds())
    await tx.timers.set("alert-remind", alert.id, due)
    tx.cards.changed(subject(alert), now)


async def open_again(tx: UnitOfWork, alert: Alert, rules: Rules, now: datetime) -> None:
    """It was not fixed. The same supervisor hears of it; if they do not take it again within
    `escalate_after` all do, as with any open alert."""
    alert.state = AlertState.OPEN
    alert.repeated = 0
    tx.cards.changed(subject(alert), now)
    tx.cards.changed(f"fixed:{alert.id}", now)  # nobody asks about it for now
    await tx.timers.set("escalate", alert.id, now + rules.escalate_after)
    same = [p for p in await audience(tx) if p.id == alert.taken_by_id]
    for supervisor in same or await audience(tx):
        await tx.cards.show_anew(subject(alert), supervisor.id, now)


async def let_go(tx: UnitOfWork, *, supervisor: Person, rules: Rules, now: datetime) -> int:
    """They no longer see to anything: what they had is open for all. How many there were."""
    theirs = sorted(
        await tx.alerts.with_supervisor(supervisor.id), key=lambda alert: alert.conversation_id
    )
    for known in theirs:
        alert = await locked(tx, known.id)
        if alert is not None and alert.taken_by_id == supervisor.id:
            alert.taken_by_id = alert.taken_at = None
            await tx.timers.clear(alert.id, "alert-remind")
            await _open(tx, alert, rules, now)
    for other in await tx.alerts.unresolved():
        _changed(tx, other, now)  # they are not for their eyes any more
    return len(theirs)


async def show_open_to(tx: UnitOfWork, *, supervisor: Person, now: datetime) -> None:
    """They have become somebody who can be told: what nobody has taken, and what is theirs."""
    unresolved = await tx.alerts.unresolved()
    await tx.conversations.lock_all({alert.conversation_id for alert in unresolved})
    cards = []
    for known in unresolved:
        alert = await tx.alerts.lock(known.id)
        if alert is not None and (
            alert.state is AlertState.OPEN
            or (alert.state is AlertState.TAKEN and alert.taken_by_id == supervisor.id)
        ):
            cards.append(digests.subject(alert.digest_id) if alert.digest_id else subject(alert))
    for card in dict.fromkeys(cards):  # a list is shown once
        await tx.cards.show_anew(card, supervisor.id, now)


async def show(tx: UnitOfWork, *, alert_id: int, by: Person, now: datetime) -> None:
    """They want to see one again, at the end of their chat."""
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    alert = await locked(tx, alert_id)
    if alert is None:
        raise NotYours
    await tx.cards.show_anew(_alone(alert) if alert.digest_id else subject(alert), by.id, now)


async def escalate(tx: UnitOfWork, alert_id: int, rules: Rules, now: datetime) -> None:
    """Nobody took it: all hear of it again, and each hour in working hours from then on."""
    alert = await locked(tx, alert_id)
    if alert is None or alert.state is not AlertState.OPEN:
        return
    alert.repeated += 1
    await tx.timers.set("escalate", alert.id, rules.schedule.opens_after(now + REPEAT_EVERY))
    await _tell_all(tx, alert, now)


async def escalate_list(tx: UnitOfWork, digest_id: int, rules: Rules, now: datetime) -> None:
    """Some of the list still wait: all hear of it again, as of a single alert."""
    listed = await tx.alerts.of_digest(digest_id)
    if any(alert.state is AlertState.OPEN for alert in listed):
        later = rules.schedule.opens_after(now + REPEAT_EVERY)
        await tx.timers.set("escalate-list", digest_id, later)
        await _show_to_all(tx, digests.subject(digest_id), now)


async def remind(tx: UnitOfWork, alert_id: int, rules: Rules, now: datetime) -> None:
    """Taken and not done: the taker is reminded, the next time all are."""
    alert = await locked(tx, alert_id)
    if alert is None or alert.state is not AlertState.TAKEN:
        return
    alert.reminded += 1
    if alert.reminded >= REMINDERS:
        await _tell_all(tx, alert, now)
        return
    due = rules.schedule.add(now, REMIND_AFTER.total_seconds())
    await tx.timers.set("alert-remind", alert.id, due)
    tx.cards.changed(subject(alert), now)
    if alert.taken_by_id is not None:
        await tx.cards.show_anew(subject(alert), alert.taken_by_id, now)


async def of_survey(tx: UnitOfWork, survey_id: int) -> Alert | None:
    """The survey's alert, locked; its conversation and the survey are locked already."""
    alert = await tx.alerts.of_survey(survey_id)
    return await tx.alerts.lock(alert.id) if alert else None


async def locked(tx: UnitOfWork, alert_id: int) -> Alert | None:
    """The alert as it is now, its conversation locked before it."""
    alert = await tx.alerts.get(alert_id)
    if alert is None:
        return None
    await tx.conversations.lock(alert.conversation_id)
    return await tx.alerts.lock(alert_id)


async def audience(tx: UnitOfWork) -> Sequence[Person]:
    """Supervisors who can be written to, on shift or not. With none an alert waits."""
    return [p for p in await tx.people.supervisors() if p.reachable and p.telegram_id]


async def _pass_on_to_all(tx: UnitOfWork, alert: Alert, message: Message, now: datetime) -> None:
    for supervisor in await audience(tx):
        pass_on(tx, message, supervisor, subject(alert), now)


def pass_on(tx: UnitOfWork, message: Message, to: Person, about: str, now: datetime) -> None:
    """Send the words themselves, beside the card that mentions them. Once."""
    tx.deliveries.put(
        DeliveryKind.RELAY,
        f"comment:{message.id}:{to.id}",
        to.id,
        {"message_id": message.id, "reply_to": about},
        now,
        subject=f"message:{message.id}",
    )


def subject(alert: Alert) -> str:
    return f"alert:{alert.id}"


def _alone(alert: Alert) -> str:
    """Its own card, for who asked for it in a list."""
    return f"late:{alert.id}"


def _changed(tx: UnitOfWork, alert: Alert, now: datetime) -> None:
    tx.cards.changed(subject(alert), now)
    if alert.digest_id is not None:
        tx.cards.changed(_alone(alert), now)
        tx.cards.changed(digests.subject(alert.digest_id), now)


async def _list(tx: UnitOfWork, listed: Sequence[Alert], rules: Rules, now: datetime) -> None:
    """They are lines of a list now; those that had cards of their own lose them."""
    for alert in listed:
        await tx.timers.clear(alert.id, "escalate")
        _changed(tx, alert, now)
    digest_id = listed[-1].digest_id
    if digest_id == listed[-1].id:
        await tx.timers.set("escalate-list", digest_id, now + rules.escalate_after)
        await _show_to_all(tx, digests.subject(digest_id), now)


async def _open(tx: UnitOfWork, alert: Alert, rules: Rules, now: datetime) -> None:
    alert.state = AlertState.OPEN
    await tx.timers.set("escalate", alert.id, now + rules.escalate_after)
    await _tell_all(tx, alert, now)


async def _tell_all(tx: UnitOfWork, alert: Alert, now: datetime) -> None:
    """A new message to each who can be told; who cannot see it any more loses the old one."""
    await _show_to_all(tx, subject(alert), now)


async def _show_to_all(tx: UnitOfWork, card: str, now: datetime) -> None:
    tx.cards.changed(card, now)
    for supervisor in await audience(tx):
        await tx.cards.show_anew(card, supervisor.id, now)
