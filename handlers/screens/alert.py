"""An alert as supervisors see it: what happened, the history beside it, the next step."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from desk import diary
from desk.alerts import REMINDERS, free_to_take_over
from desk.followups import is_asked
from handlers.callbacks import (
    AlertCallTap,
    AlertDoneTap,
    AlertTakeTap,
    AlertWriteTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens import late, rating
from handlers.screens.screen import Look, Screen
from i18n.pages import cut
from storage.models import Alert, AlertKind, AlertState, Message, Person, Role, Survey

LAST_MESSAGES = 5
EARLIER_RATINGS = 5
LINE, NOTE, NAME = 100, 200, 64
"""UTF-16 units of a message, of a longer text, of a name: all of it fits into a card."""


async def screen(look: Look, alert_id: int) -> Screen | None:
    """Nothing for who is no supervisor any more, or of what a list shows instead."""
    await look.tx.alerts.read_ahead(alert_id)
    alert = await look.tx.alerts.get(alert_id)
    if alert is None or not look.reader.may(Role.SUPERVISOR):
        return None
    if alert.kind is AlertKind.OVERDUE:
        return await late.screen(look, alert) if alert.digest_id is None else None
    assert alert.survey_id is not None
    survey = await look.tx.surveys.one(alert.survey_id)
    customer = await look.tx.people.one(survey.customer_id)
    return Screen(
        look.texts.lines(
            rating.title(
                look.texts, survey.stars or 0, alert.conversation_id, _ending(look, alert)
            ),
            await _people(look, survey, customer),
            rating.reasons_line(look.texts, survey),
            *await _history(look, alert, survey, customer),
            *await _progress(look, alert, customer),
        ),
        await _buttons(look, alert),
    )


def _ending(look: Look, alert: Alert) -> str:
    return look.texts.plain("alert-ending", state=alert.state.value)


async def _people(look: Look, survey: Survey, customer: Person) -> str:
    operator = await look.tx.people.one(survey.operator_id or 0)
    stars, lowest = survey.stars or 0, survey.lowest or 0
    return look.texts.lines(
        look.texts(
            "alert-people",
            customer=cut(customer.name, NAME),
            operator=cut(operator.shown_name, NAME),
        ),
        look.texts("alert-was", lowest=lowest) if lowest < stars else None,
    )


async def _history(
    look: Look, alert: Alert, survey: Survey, customer: Person
) -> Sequence[str | None]:
    """Comments, last messages, diary, earlier ratings."""
    tx, texts = look.tx, look.texts
    comments = await tx.surveys.comments(survey.id)
    line = await diary.last_line(tx, customer.id)
    earlier = await tx.surveys.earlier_ratings(survey, EARLIER_RATINGS)
    return [
        *rating.quotes(texts, comments),
        *await last_words(look, alert.conversation_id, comments),
        texts("alert-diary", line=cut(line, NOTE)) if line else None,
        texts("alert-earlier", ratings=", ".join(map(str, earlier))) if earlier else None,
    ]


async def last_words(
    look: Look, conversation_id: int, comments: Sequence[Message]
) -> Sequence[str]:
    """The last messages under a heading, without the comments, which stand by themselves."""
    said = {message.id for message in comments}
    newest = await look.tx.messages.last_of(conversation_id, LAST_MESSAGES + len(said))
    last = [m for m in newest if m.id not in said and not m.undone_at][-LAST_MESSAGES:]
    if not last:
        return []
    return [look.texts("alert-last-words"), *[await _line(look, each) for each in last]]


async def _line(look: Look, message: Message) -> str:
    author = await look.tx.people.one(message.author_id)
    words = " ".join(rating.in_a_line(look.texts, message).split())
    return look.texts(
        "alert-line",
        name=cut(author.name if message.from_customer else author.shown_name, NAME),
        words=cut(words, LINE),
    )


async def _progress(look: Look, alert: Alert, customer: Person) -> Sequence[str | None]:
    """Who is on it, what they did, what the customer says to it."""
    texts = look.texts
    return [
        await _who(look, alert),
        *_call(look, alert, customer),
        texts.quote(cut(alert.note, NOTE)) if alert.note else None,
        texts("alert-asked-fixed") if is_asked(alert) else None,
    ]


async def _who(look: Look, alert: Alert) -> str | None:
    texts = look.texts
    match alert.state:
        case AlertState.OPEN:
            return await _nobody(look, alert)
        case AlertState.TAKEN if alert.taken_by_id == look.reader.id and alert.taken_at:
            late = texts("alert-not-done") if alert.reminded else None
            return texts.lines(texts("alert-mine", since=look.bound(alert.taken_at)), late)
        case AlertState.TAKEN if alert.taken_by_id and alert.taken_at:
            taker = await look.tx.people.one(alert.taken_by_id)
            free = texts("alert-free") if alert.reminded >= REMINDERS else None
            since = look.bound(alert.taken_at)
            return texts.lines(
                texts("alert-theirs", name=cut(taker.shown_name, NAME), since=since), free
            )
        case AlertState.DONE | AlertState.FIXED if alert.done_by_id and alert.done_at:
            done_by = await look.tx.people.one(alert.done_by_id)
            return texts(
                "alert-done", name=cut(done_by.shown_name, NAME), at=look.moment(alert.done_at)
            )
        case AlertState.WITHDRAWN:
            return texts("alert-withdrawn")
    return None


async def _nobody(look: Look, alert: Alert) -> str:
    texts = look.texts
    timer = await look.tx.timers.get("escalate", alert.id)
    reminder = nobody = None
    if timer is not None and timer.due_at is not None:
        zone, due = look.rules.zone, timer.due_at
        today = due.astimezone(zone).date() == look.now.astimezone(zone).date()
        when = "today" if today else "later"
        reminder = texts("alert-reminder", when=when, at=look.moment(due))
    if alert.taken_by_id is not None:
        had = await look.tx.people.one(alert.taken_by_id)
        nobody = texts("alert-again", name=cut(had.shown_name, NAME))
    return " ".join(part for part in (nobody or texts("alert-nobody"), reminder) if part)


def _call(look: Look, alert: Alert, customer: Person) -> Sequence[str | None]:
    texts = look.texts
    if alert.call_asked_at is None:
        return []
    if alert.phone is None:
        if alert.state not in (AlertState.OPEN, AlertState.TAKEN):
            return []  # nobody waits for it any more
        known = texts("alert-call-known", phone=customer.phone) if customer.phone else None
        return [texts("alert-call-asked", at=look.moment(alert.call_asked_at)), known]
    if alert.call_at is not None:
        return [texts("alert-call-at", phone=alert.phone, at=look.moment(alert.call_at))]
    words = texts.quote(cut(alert.call_time, NOTE)) if alert.call_time else None
    return [texts("alert-call", phone=alert.phone), words]


async def _buttons(look: Look, alert: Alert) -> InlineKeyboardMarkup | None:
    texts, number = look.texts, alert.id
    take = button(texts.plain("alert-take"), AlertTakeTap(alert_id=number), primary=True)
    if alert.state is AlertState.OPEN:
        return keyboard([take], *_steps(look, number))
    if alert.state is not AlertState.TAKEN or alert.taken_by_id is None:
        return None
    if alert.taken_by_id == look.reader.id:
        return keyboard(*_steps(look, number))
    taker = await look.tx.people.one(alert.taken_by_id)
    return keyboard([take]) if free_to_take_over(alert, taker) else None


def _steps(look: Look, number: int) -> list[list[InlineKeyboardButton]]:
    texts = look.texts
    write = button(texts.plain("alert-write"), AlertWriteTap(alert_id=number))
    call = button(texts.plain("alert-call-back"), AlertCallTap(alert_id=number))
    done = button(texts.plain("alert-done-button"), AlertDoneTap(alert_id=number))
    return [[write, call], [done]]
