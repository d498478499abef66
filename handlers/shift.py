"""On and off shift."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from desk import people
from desk.rules import Rules
from handlers.callbacks import (
    ShiftOffTap,
)
from handlers.context import Clock, Say, Toast
from handlers.keyboards import button, keyboard
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import Person


async def toggled(
    _: Message,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    """With open conversations nobody goes before saying what becomes of them."""
    if not me.on_shift:
        say(texts("people-shift-began"))  # before what waits is offered
        await people.go_on_shift(tx, person=me, rules=rules, now=clock())
        return
    held, shift = len(await tx.conversations.held_by(me.id)), people.shift_number(me)
    if held:
        to_queue = texts.plain("people-shift-to-queue")
        finish = texts.plain("people-shift-finish")
        choice = [
            button(to_queue, ShiftOffTap(hand_over=True, shift=shift)),
            button(finish, ShiftOffTap(hand_over=False, shift=shift)),
        ]
        say(texts("people-shift-open", count=held), keyboard(choice))
        return
    await people.go_off_shift(tx, person=me, hand_over=False, of=shift, rules=rules, now=clock())
    say(texts("people-shift-ended"))


async def ended(
    _: CallbackQuery,
    callback_data: ShiftOffTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    hand_over = callback_data.hand_over
    handed = await people.go_off_shift(
        tx, person=me, hand_over=hand_over, of=callback_data.shift, rules=rules, now=clock()
    )
    if hand_over and handed:
        toast.text = texts.plain("people-shift-handed", count=handed)
        say(texts("people-shift-handed", count=handed))
    elif await tx.conversations.held_by(me.id):
        toast.text = texts.plain("people-shift-finishing")
        say(texts("people-shift-finishing"))
    else:  # they were closed, or handed over, before the tap
        say(texts("people-shift-ended"))


def router() -> Router:
    shift = Router(name="shift")
    shift.message.register(toggled, Command("shift"))
    shift.callback_query.register(ended, ShiftOffTap.filter())
    return shift
