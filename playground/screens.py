"""What a phone shows, as the page reads it: plain JSON, texts as they are."""

from typing import Any

from playground.cast import Cast
from playground.chats import Chat, Raw, Shown
from playground.files import StoredFile
from playground.people import Account

AT_ONCE = 60
"""Messages of a chat the page gets together: the last ones when it opens, then those before."""
MEDIA = ("photo", "voice", "video", "video_note", "animation", "audio", "sticker", "document")
SIGNATURES = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
)
"""Where a file begins to tell what it is; a name can lie."""


def playable(file: StoredFile) -> str | None:
    """What a browser may show in place. None: only to be saved, whatever it is called."""
    if file.kind == "document":
        return None
    for start, signature, mime_type in SIGNATURES:
        if file.content.startswith(signature, start):
            return mime_type
    return None


def person(cast: Cast, account: Account) -> Raw:
    return {
        "id": account.id,
        "name": account.name,
        "language": account.user.get("language_code", ""),
        "role": cast.roles[account.id],
        "phone": phone_number(account),
        "bot": bot_name(account),
        "about": bot_text(account, "description"),
        "chat": chat(account),
    } | messages(account)


def messages(account: Account, before: int | None = None) -> Raw:
    """A part of the screen: the last messages, or those before one; `older`: there are more."""
    screen = account.screen
    if before is not None:
        screen = [shown for shown in screen if shown.message_id < before]
    return {
        "messages": [message(shown) for shown in screen[-AT_ONCE:]],
        "older": len(screen) > AT_ONCE,
    }


def bot_name(account: Account) -> str:
    """As the bot calls itself in this person's language."""
    return bot_text(account, "name") or account.bot.name


def bot_text(account: Account, what: str) -> str:
    """What the bot says of itself, to this person; "" if nothing."""
    texts = account.bot.texts
    return texts.get((what, account.user.get("language_code", ""))) or texts.get((what, "")) or ""


def phone_number(account: Account) -> str:
    """One from the numbers no operator gives to anybody."""
    return f"+7900555{account.id:04d}"


def chat(account: Account) -> Raw:
    """All of a chat but its messages."""
    chat = account.chat
    return {
        "started": chat.started,
        "blocked": chat.blocked,
        "keyboard": keyboard(chat),
        "menu": [{"command": command, "does": does} for command, does in account.menu],
    }


def keyboard(chat: Chat) -> Raw | None:
    """The reply keyboard below the field to type in."""
    if chat.keyboard is None:
        return None
    given = chat.keyboard
    rows = [
        [
            {
                "text": key["text"],
                "style": key.get("style"),
                "contact": bool(key.get("request_contact")),
                "location": bool(key.get("request_location")),
            }
            for key in row
        ]
        for row in given["keyboard"]
    ]
    return {
        "of": chat.keyboard_from.message_id if chat.keyboard_from else 0,
        "rows": rows,
        "once": bool(given.get("one_time_keyboard")),
        "hint": given.get("input_field_placeholder", ""),
    }


def message(shown: Shown) -> Raw:
    raw = shown.raw
    return {
        "id": shown.message_id,
        "mine": not shown.from_bot,
        "at": raw["date"],
        "edited_at": raw.get("edit_date") if shown.edited else None,
        "kind": shown.kind,
        "text": shown.words,
        "entities": shown.entities,
        "keys": [[key_of(key) for key in row] for row in shown.keys],
        "reply_to": quoted(shown.reply_to),
        "file": file(shown),
        "about": about(shown),
        "album": shown.album,
        "hidden": bool(raw.get("has_media_spoiler")),
        "pinned": shown.pinned,
        "reactions": shown.reactions,
    }


def key_of(key: Raw) -> Raw:
    copy: Raw = key.get("copy_text", {})
    return {
        "text": key["text"],
        "style": key.get("style"),
        "data": key.get("callback_data"),
        "url": key.get("url"),
        "copy": copy.get("text"),
        "disabled": "disabled" in key,
    }


def quoted(shown: Shown | None) -> Raw | None:
    if shown is None:
        return None
    words = shown.words[:160]
    return {
        "id": shown.message_id,
        "mine": not shown.from_bot,
        "kind": shown.kind,
        "text": words,
    }


def file(shown: Shown) -> Raw | None:
    if shown.file is None:
        return None
    kept = shown.file
    told = shown.raw.get(kept.kind) or {}
    told = told[-1] if isinstance(told, list) else told
    sizes = {key: told[key] for key in ("width", "height", "duration") if key in told}
    return sizes | {
        "url": f"/api/people/{shown.chat.id}/files/{shown.message_id}?file={kept.number}",
        "name": kept.name or "",
        "size": len(kept.content),
        "shows": playable(kept),
    }


def about(shown: Shown) -> Any:
    """What a message without words or bytes tells: a place, a contact, an emoji, a question."""
    told = {"location", "venue", "contact", "dice", "poll", "sticker"}
    return shown.raw[shown.kind] if shown.kind in told else None
