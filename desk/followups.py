"""What a supervisor does about a bad rating: write, call, see it through till it is fixed."""

import re
from datetime import datetime, time, timedelta
from enum import StrEnum

from desk import alerts, conversations, surveys
from desk.refusals import CannotBeReached, NotYours, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Alert, AlertState, Conversation, Person, Urgency

ASKED_AT_MOST = 2
"""So often a customer is asked whether it is fixed now."""
ASKED_JUST_NOW = timedelta(minutes=1)
EVENING = time(19)
NUMBER = re.compile(r"\+?\(?\d[\d\s().\-–]{5,30}\d")
FEW_WORDS = 24
"""Letters beside a number: more of them say something else."""
DIGITS = range(7, 16)
"""How many a number has, E.164's country code included; among words ten or more."""


class CallTime(StrEnum):
    """When a customer wants to be called, by a button."""

    NOW = "now"
    HOUR = "hour"
    EVENING = "evening"


async def take(tx: UnitOfWork, *, alert_id: int, by: Person, rules: Rules, now: datetime) -> Alert:
    """It is theirs from now on. The first wins; whoever comes later learns who has it."""
    alert = await alerts.to_work_on(tx, alert_id, by)
    await _hold(tx, alert, by, rules, now)
    return alert


async def _hold(tx: UnitOfWork, alert: Alert, by: Person, rules: Rules, now: datetime) -> None:
    """Who takes an alert over goes on with what was begun: the customer's replies come to them."""
    await alerts.hold(tx, alert, by, rules, now)
    conversation = await tx.conversations.one(alert.conversation_id)
    if conversation.follow_up_by_id not in {None, by.id}:
        await conversations.follow_up(tx, conversation_id=conversation.id, by=by, now=now)


async def write(
    tx: UnitOfWork, *, alert_id: int, by: Person, rules: Rules, now: datetime
) -> Alert:
    """Open the conversation again as a follow-up held by the supervisor, who takes the alert."""
    alert = await alerts.to_work_on(tx, alert_id, by)
    await _reachable_customer(tx, alert)
    await conversations.follow_up(tx, conversation_id=alert.conversation_id, by=by, now=now)
    await alerts.hold(tx, alert, by, rules, now)
    return alert


async def done(
    tx: UnitOfWork, *, alert_id: int, by: Person, note: str, rules: Rules, now: datetime
) -> Alert:
    """It was seen to; the customer is asked whether it is fixed, twice in all at most.

    `note` says what was done, "" if they would rather not; an earlier round's is kept below it.
    """
    alert = await alerts.to_work_on(tx, alert_id, by)
    await alerts.hold(tx, alert, by, rules, now)
    await tx.timers.clear(alert.id, "alert-remind", "escalate")
    alert.state, alert.done_by_id, alert.done_at = AlertState.DONE, by.id, now
    alert.note = "\n".join(part for part in (note.strip(), alert.note) if part) or None
    conversation = await tx.conversations.one(alert.conversation_id)
    if conversation.follow_up_by_id is not None:
        await conversations.end_follow_up(tx, conversation_id=conversation.id, now=now)
    await _ask_whether_fixed(tx, alert, conversation, now)
    if alert.survey_id is not None:
        survey = await tx.surveys.one(alert.survey_id)
        await surveys.show_operator(tx, survey, rules, now)
    tx.cards.changed(alerts.subject(alert), now)
    return alert


async def _ask_whether_fixed(
    tx: UnitOfWork, alert: Alert, conversation: Conversation, now: datetime
) -> None:
    customer = await tx.people.one(conversation.customer_id)
    alert.asked_at = None
    if alert.asked >= ASKED_AT_MOST or not can_be_reached(customer):
        return
    alert.asked, alert.asked_at = alert.asked + 1, now
    await tx.cards.show_anew(f"fixed:{alert.id}", customer.id, now, Urgency.SOON)


async def answer_fixed(
    tx: UnitOfWork, *, alert_id: int, by: Person, fixed: bool, rules: Rules, now: datetime
) -> None:
    """The customer says whether it is all right now; if not, the same supervisor goes on."""
    alert = await _of_customer(tx, alert_id, by)
    if not is_asked(alert):
        raise TooLate
    alert.fixed, alert.answered_at = fixed, now
    tx.cards.changed(f"fixed:{alert.id}", now)
    if fixed:
        alert.state = AlertState.FIXED
        tx.cards.changed(alerts.subject(alert), now)
    else:
        await alerts.open_again(tx, alert, rules, now)


def is_asked(alert: Alert) -> bool:
    """Whether the customer's answer is still to come."""
    return alert.state is AlertState.DONE and alert.asked_at is not None


async def ask_to_call(
    tx: UnitOfWork, *, alert_id: int, by: Person, rules: Rules, now: datetime
) -> Person | None:
    """The supervisor wants to call: whom to ask for a number. They take the alert by it.

    None: they were asked a moment ago, and are not asked twice for a button pressed twice.
    """
    alert = await alerts.to_work_on(tx, alert_id, by)
    customer = await _reachable_customer(tx, alert)
    await _hold(tx, alert, by, rules, now)
    if alert.call_asked_at is not None and now < alert.call_asked_at + ASKED_JUST_NOW:
        return None
    alert.call_asked_at = now
    alert.phone = alert.call_time = alert.call_at = None
    tx.cards.changed(alerts.subject(alert), now)
    return customer


async def _reachable_customer(tx: UnitOfWork, alert: Alert) -> Person:
    conversation = await tx.conversations.one(alert.conversation_id)
    customer = await tx.people.one(conversation.customer_id)
    if not can_be_reached(customer):
        raise CannotBeReached
    return customer


async def may_type_number(tx: UnitOfWork, *, by: Person) -> bool:
    """Whether digits they write are the number they were asked for.

    After words of the team since then they are the answer to those: of an order, perhaps.
    """
    asking = await tx.alerts.awaiting_number(by.id)
    if asking is None or asking.call_asked_at is None:
        return False
    current = await tx.conversations.open_of(by.id)
    written = current.last_out_at if current else None
    return written is None or written <= asking.call_asked_at


async def phone_shared(tx: UnitOfWork, *, by: Person, phone: str, now: datetime) -> bool:
    """The customer gave a number. False: nobody had asked for one, nothing has changed."""
    asking = await tx.alerts.awaiting_number(by.id)
    alert = await alerts.locked(tx, asking.id) if asking else None
    if alert is None or alert.phone is not None:
        return False
    alert.phone = by.phone = phone[:32]
    await tx.cards.show_anew(f"call:{alert.id}", by.id, now)
    await _tell_taker(tx, alert, now)
    return True


def number_in(words: str) -> str | None:
    """The telephone number somebody gives ("mine is 8 916 …"), as digits; None: it is none."""
    found = NUMBER.findall(words)
    if len(found) != 1 or len(words) - len(found[0]) > FEW_WORDS:
        return None
    digits = re.sub(r"\D", "", found[0])
    plus = "+" if found[0].startswith("+") else ""
    alone = found[0] == words.strip()
    return f"{plus}{digits}" if len(digits) in (DIGITS if alone else DIGITS[3:]) else None


async def choose_call_time(
    tx: UnitOfWork, *, alert_id: int, by: Person, when: CallTime, rules: Rules, now: datetime
) -> None:
    """A moment by a button; this evening is tomorrow's once it has begun."""
    alert = await _to_be_called(tx, alert_id, by)
    match when:
        case CallTime.NOW:
            alert.call_at = now
        case CallTime.HOUR:
            alert.call_at = now + timedelta(hours=1)
        case CallTime.EVENING:
            alert.call_at = _evening(now, rules)
    alert.call_time = None
    await _time_given(tx, alert, now)


async def say_call_time(
    tx: UnitOfWork, *, alert_id: int, by: Person, words: str, now: datetime
) -> None:
    """When to call, in the customer's own words."""
    alert = await _to_be_called(tx, alert_id, by)
    alert.call_at, alert.call_time = None, words
    await _time_given(tx, alert, now)


def _evening(now: datetime, rules: Rules) -> datetime:
    today = now.astimezone(rules.zone).date()
    evening = datetime.combine(today, EVENING, rules.zone)
    if evening > now:
        return evening
    return datetime.combine(today + timedelta(days=1), EVENING, rules.zone)


async def may_name_time(tx: UnitOfWork, *, alert_id: int, by: Person) -> None:
    """Raises if a call is not, or no longer, being arranged with them."""
    await _to_be_called(tx, alert_id, by)


async def _to_be_called(tx: UnitOfWork, alert_id: int, by: Person) -> Alert:
    alert = await _of_customer(tx, alert_id, by)
    if alert.state not in (AlertState.OPEN, AlertState.TAKEN) or alert.phone is None:
        raise TooLate
    return alert


async def _time_given(tx: UnitOfWork, alert: Alert, now: datetime) -> None:
    tx.cards.changed(f"call:{alert.id}", now)
    await _tell_taker(tx, alert, now)


async def _tell_taker(tx: UnitOfWork, alert: Alert, now: datetime) -> None:
    """An answer somebody waits for makes a sound, for them alone."""
    tx.cards.changed(alerts.subject(alert), now)
    if alert.taken_by_id is not None:
        await tx.cards.show_anew(alerts.subject(alert), alert.taken_by_id, now)


async def _of_customer(tx: UnitOfWork, alert_id: int, by: Person) -> Alert:
    alert = await alerts.locked(tx, alert_id)
    if alert is None:
        raise NotYours
    conversation = await tx.conversations.one(alert.conversation_id)
    if conversation.customer_id != by.id:
        raise NotYours
    return alert


def can_be_reached(person: Person) -> bool:
    return person.reachable and person.telegram_id is not None and person.deleted_at is None
