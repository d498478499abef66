"""What nobody understood is answered all the same."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.context import Say, Toast
from handlers.filters import NotACommand, Words
from i18n import Texts


async def button_unknown(_: CallbackQuery, texts: Texts, toast: Toast) -> None:
    """Of last year, or made up."""
    toast.text = texts.plain("unknown-button")


async def nothing_to_cancel(_: Message, texts: Texts, say: Say) -> None:
    say(texts("people-nothing-to-cancel"))


async def command_unknown(_: Message, texts: Texts, say: Say) -> None:
    """A command of a later version, or none at all."""
    say(texts("unknown-command"))


async def words_unknown(_: Message, texts: Texts, say: Say) -> None:
    say(texts("people-not-understood"))


async def kind_unknown(message: Message, texts: Texts, say: Say) -> None:
    """A poll, a dice, a gift; what Telegram itself notes in a chat is nobody's message."""
    if message.content_type not in NOTES:
        say(texts("cannot-pass-on"))


NOTES = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
        "write_access_allowed",
        "connected_website",
        "boost_added",
        "passport_data",
        "web_app_data",
    }
)


async def edit_ignored(_: Message) -> None:
    """An edit of something that was passed on to nobody."""


def router() -> Router:
    """The last of all routers."""
    fallback = Router(name="fallback")
    fallback.callback_query.register(button_unknown)
    fallback.message.register(nothing_to_cancel, Command("cancel"))
    fallback.message.register(words_unknown, Words())
    fallback.message.register(kind_unknown, NotACommand())
    fallback.message.register(command_unknown)
    fallback.edited_message.register(edit_ignored)
    return fallback
