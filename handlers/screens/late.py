"""A late reply, until it has come; and many of them in a list."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import (
    AlertShowTap,
    HandOverTap,
    HistoryTap,
)
from handlers.keyboards import button, keyboard, rows_of
from handlers.screens.screen import Look, Screen
from i18n.texts import shorten
from storage.models import Alert, AlertState, Conversation, Role, Wait, WaitEnd

NAME = 64
LISTED, IN_A_ROW = 20, 4
"""Lines of a list, and buttons beside each other."""


async def screen(look: Look, alert: Alert) -> Screen:
    texts = look.texts
    wait = await look.tx.waits.one(alert.wait_id or 0)
    conversation = await look.tx.conversations.one(alert.conversation_id)
    ending = wait.end.value if wait.end else "none"
    return Screen(
        texts.lines(
            texts("alert-late-title", number=conversation.id, end=ending),
            await _people(look, conversation),
            _words(look, wait),
        ),
        _buttons(look, conversation) if wait.end is None else None,
    )


async def _people(look: Look, conversation: Conversation) -> str:
    customer = await look.tx.people.one(conversation.customer_id)
    name = shorten(customer.name, NAME)
    if conversation.holder_id is None:
        return look.texts("alert-late-queue", customer=name)
    operator = await look.tx.people.one(conversation.holder_id)
    return look.texts("alert-people", customer=name, operator=shorten(operator.shown_name, NAME))


def _words(look: Look, wait: Wait) -> str:
    texts, limit = look.texts, look.texts.span(wait.limit_seconds)
    if wait.end is None:
        return texts("alert-late-waits", since=look.bound(wait.started_at), limit=limit)
    if wait.end is WaitEnd.ANSWERED and wait.team_seconds is not None:
        return texts("alert-late-answered", after=texts.span(wait.team_seconds), limit=limit)
    return texts("alert-late-ended", end=wait.end.value, limit=limit)


def _buttons(look: Look, conversation: Conversation) -> InlineKeyboardMarkup:
    plain, number = look.texts.plain, conversation.id
    see = HistoryTap(conversation_id=number)
    hand_over = HandOverTap(conversation_id=number)
    return keyboard(
        [button(plain("alert-late-see"), see, primary=True)],
        [button(plain("alert-late-hand-over"), hand_over)],
    )


async def asked_for(look: Look, alert_id: int) -> Screen | None:
    """One of a list, as a card of its own."""
    alert = await look.tx.alerts.get(alert_id)
    if alert is None or not look.reader.may(Role.SUPERVISOR):
        return None
    return await screen(look, alert)


async def listed(look: Look, digest_id: int) -> Screen | None:
    """Who waits first, the longest above; then who waited."""
    if not look.reader.may(Role.SUPERVISOR):
        return None
    alerts = await look.tx.alerts.of_digest(digest_id)
    waiting = [alert for alert in alerts if alert.state is AlertState.OPEN]
    over = [alert for alert in alerts if alert.state is not AlertState.OPEN]
    shown = [*waiting, *over][:LISTED]
    more = len(alerts) - len(shown)
    texts = look.texts
    return Screen(
        texts.lines(
            texts("alert-digest", waiting=len(waiting)),
            *[await _line(look, alert) for alert in shown],
            texts("alert-list-more", count=more) if more else None,
        ),
        _openers(look, waiting[:LISTED]),
    )


async def _line(look: Look, alert: Alert) -> str:
    texts = look.texts
    wait = await look.tx.waits.one(alert.wait_id or 0)
    conversation = await look.tx.conversations.one(alert.conversation_id)
    customer = await look.tx.people.one(conversation.customer_id)
    who: dict[str, str | int] = {
        "number": conversation.id,
        "customer": shorten(customer.name, NAME // 2),
    }
    if wait.end is WaitEnd.ANSWERED and wait.team_seconds is not None:
        return texts("alert-digest-answered", **who, after=texts.span(wait.team_seconds))
    if wait.end is not None:
        return texts("alert-digest-over", **who)
    since = look.bound(wait.started_at)
    if conversation.holder_id is None:
        return texts("alert-digest-queue", **who, since=since)
    operator = shorten((await look.tx.people.one(conversation.holder_id)).shown_name, NAME // 2)
    return texts("alert-digest-waits", **who, since=since, operator=operator)


def _openers(look: Look, waiting: Sequence[Alert]) -> InlineKeyboardMarkup | None:
    buttons = [
        button(
            look.texts.plain("alert-list-button", number=alert.conversation_id),
            AlertShowTap(alert_id=alert.id),
        )
        for alert in waiting
    ]
    rows = rows_of(buttons, IN_A_ROW)
    return keyboard(*rows) if rows else None
