"""A late reply, until it has come."""

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import HandOverTap, HistoryTap
from handlers.keyboards import button, keyboard
from handlers.screens.screen import Look, Screen
from i18n.texts import shorten
from storage.models import Alert, Conversation, Wait, WaitEnd

NAME = 64


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
