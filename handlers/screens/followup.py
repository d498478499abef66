"""What a customer is asked after a bad rating: is it fixed now, when may we call."""

from aiogram.types import InlineKeyboardMarkup

from desk.followups import CallTime, is_asked
from handlers.callbacks import (
    CallTimeTap,
    CallWordsTap,
    FixedTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens.screen import Look, Screen
from storage.models import Alert, AlertState


async def fixed(look: Look, alert_id: int) -> Screen | None:
    texts, alert = look.texts, await look.tx.alerts.one(alert_id)
    if is_asked(alert):
        yes, no = (
            button(texts.plain(label), FixedTap(alert_id=alert_id, fixed=answer), primary=answer)
            for label, answer in (("alert-fixed-yes", True), ("alert-fixed-not-yet", False))
        )
        html = texts("alert-fixed-question", number=alert.conversation_id)
        return Screen(html, keyboard([yes, no]))
    if alert.fixed is None:
        return None
    return Screen(texts("alert-fixed-thanks" if alert.fixed else "alert-fixed-again"))


async def call(look: Look, alert_id: int) -> Screen | None:
    texts, alert = look.texts, await look.tx.alerts.one(alert_id)
    if alert.phone is None or alert.state not in (AlertState.OPEN, AlertState.TAKEN):
        return None
    if alert.call_at is None and alert.call_time is None:
        return Screen(texts("alert-call-when", phone=alert.phone), _times(look, alert))
    if alert.call_at is not None:
        at = look.moment(alert.call_at)
        return Screen(texts("alert-call-agreed", phone=alert.phone, at=at), _times(look, alert))
    agreed = texts("alert-call-agreed-words", phone=alert.phone)
    words = texts.quote(alert.call_time or "")
    return Screen(texts.lines(agreed, words), _times(look, alert))


def _times(look: Look, alert: Alert) -> InlineKeyboardMarkup:
    texts = look.texts
    now, hour, evening = (
        button(
            texts.plain("alert-call-time", when=when.value),
            CallTimeTap(alert_id=alert.id, when=when),
        )
        for when in CallTime
    )
    words = button(texts.plain("alert-call-words"), CallWordsTap(alert_id=alert.id))
    return keyboard([now, hour], [evening, words])
