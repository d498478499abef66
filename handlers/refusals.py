"""The words for everything the desk may refuse, in one table."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject

from desk.refusals import (
    AlreadyThat,
    Banned,
    CannotBeReached,
    DraftAside,
    DraftSaved,
    LastSupervisor,
    LinkExpired,
    LinkRevoked,
    LinkUnknown,
    LinkUsed,
    NameTooLong,
    NotAllowed,
    NoteTooLong,
    NothingToSave,
    NotOnShift,
    NotYourConversation,
    NotYourMessage,
    NotYours,
    OwnLink,
    Refusal,
    SetInSettings,
    StaffNotBanned,
    StillBanned,
    SurveyExpired,
    TakenBy,
    TooFast,
    TooLate,
    TooLateToUndo,
    WordsTooLong,
)

WORDS: dict[type[Refusal], str] = {
    NotYours: "refused-not-yours",
    NotAllowed: "refused-not-allowed",
    Banned: "conversation-banned",
    TooLate: "refused-too-late",
    TooFast: "refused-too-fast",
    NothingToSave: "refused-nothing-to-save",
    DraftAside: "refused-draft-aside",
    DraftSaved: "refused-draft-saved",
    SetInSettings: "refused-set-in-settings",
    LastSupervisor: "refused-last-supervisor",
    StaffNotBanned: "refused-staff-not-banned",
    LinkUnknown: "refused-link-unknown",
    LinkExpired: "refused-link-expired",
    LinkRevoked: "refused-link-revoked",
    LinkUsed: "refused-link-used",
    OwnLink: "refused-own-link",
    AlreadyThat: "refused-already-that",
    NameTooLong: "refused-name-too-long",
    TakenBy: "refused-taken-by",
    NotOnShift: "refused-not-on-shift",
    NoteTooLong: "refused-note-too-long",
    WordsTooLong: "refused-words-too-long",
    StillBanned: "refused-still-banned",
    TooLateToUndo: "refused-too-late-to-undo",
    NotYourMessage: "refused-not-your-message",
    NotYourConversation: "refused-not-your-conversation",
    SurveyExpired: "refused-survey-expired",
    CannotBeReached: "refused-cannot-be-reached",
}


class RefusalsInWords(BaseMiddleware):
    """Handlers write the happy path; a Refusal becomes a polite answer here."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        try:
            return await handler(event, data)
        except Refusal as refusal:
            texts, words = data["texts"], WORDS[type(refusal)]
            if isinstance(event, CallbackQuery):
                data["toast"].text = texts.plain(words, **refusal.values)
            else:
                data["say"](texts(words, **refusal.values))
        return None
