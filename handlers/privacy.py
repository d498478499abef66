"""/privacy: what is kept, one's own data as a file, and having it deleted."""

from datetime import UTC, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from desk import privacy
from desk.rules import Rules
from handlers.callbacks import (
    PrivacyDeleteTap,
    PrivacyFileTap,
    PrivacySureTap,
)
from handlers.context import Clock, Say, Toast
from handlers.keyboards import button, keyboard
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import Person, Role


async def asked(_: Message, me: Person, texts: Texts, say: Say) -> None:
    lines = ["privacy-title", "privacy-id", "privacy-talk", "privacy-ratings", "privacy-notes"]
    lines += ["privacy-work", "privacy-kept-work"] if me.may(Role.OPERATOR) else ["privacy-who"]
    row = [
        button(texts.plain("privacy-file-button"), PrivacyFileTap()),
        button(texts.plain("privacy-delete-button"), PrivacyDeleteTap()),
    ]
    say(texts.lines(*(texts(line) for line in lines)), keyboard(row))


async def file_asked(
    _: CallbackQuery,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    await privacy.file_asked(tx, by=me, now=clock())
    toast.text = texts.plain("privacy-file-coming")


async def deletion_asked(
    _: CallbackQuery,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    """Nothing is deleted by a slip of the thumb; what will remain is said before."""
    now = clock()
    remains = await privacy.before_deletion(tx, person=me, rules=rules, now=now)
    staff = me.may(Role.OPERATOR)
    old, held = remains.beyond_recall, remains.held
    numbers = ", ".join(f"{number}" for number in remains.open)
    lines = [
        texts("privacy-sure"),
        texts("privacy-sure-staff", count=held) if staff else None,
        texts("privacy-sure-open", numbers=numbers) if numbers else None,
        texts("privacy-sure-stays"),
        texts("privacy-sure-old", count=old) if old else None,
    ]
    sure = PrivacySureTap(asked=int(now.timestamp()))
    say(texts.lines(*lines), keyboard([button(texts.plain("privacy-sure-button"), sure)]))


async def deleted(
    _: CallbackQuery,
    callback_data: PrivacySureTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    asked_at = datetime.fromtimestamp(min(callback_data.asked, LATEST), UTC)
    farewell = texts.lines(texts("privacy-deleted"), texts("privacy-deleted-next"))
    await privacy.delete(
        tx, person=me, asked_at=asked_at, farewell=farewell, rules=rules, now=clock()
    )
    await state.clear()
    toast.text = texts.plain("privacy-deleted-toast")


LATEST = 2**32
"""Seconds; a forged number may be no moment at all."""


def router() -> Router:
    own = Router(name="privacy")
    own.message.register(asked, Command("privacy"))
    own.callback_query.register(file_asked, PrivacyFileTap.filter())
    own.callback_query.register(deletion_asked, PrivacyDeleteTap.filter())
    own.callback_query.register(deleted, PrivacySureTap.filter())
    return own
