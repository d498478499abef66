"""Messages a bot changes: edits, deletions, pins, reactions."""

from datetime import timedelta
from typing import Any

from playground.buttons import check_markup, markup_or_none
from playground.chats import Raw, Shown
from playground.files import StoredFile
from playground.refusals import bad_request, violation
from playground.requests import Method, Request, caption
from playground.sending import described, file_of

DELETABLE = timedelta(hours=48)
MEDIA = ("photo", "voice", "video", "animation", "document", "audio")
WORDS = ("text", "entities", "link_preview_options", "caption", "caption_entities",
         "show_caption_above_media")  # fmt: skip
REACTIONS = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 "
    "❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 "
    "👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 "
    "😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)


def edit_message_text(request: Request) -> Raw:
    shown = to_edit(request)
    if shown.kind != "text":
        raise bad_request("there is no text in the message to edit")
    text, entities = request.text()
    content: Raw = {"text": text}
    if entities:
        content["entities"] = entities
    if "link_preview_options" in request.params:
        content["link_preview_options"] = request.params["link_preview_options"]
    return edited(request, shown, content)


def edit_message_caption(request: Request) -> Raw:
    shown = to_edit(request)
    if shown.kind not in MEDIA:
        raise bad_request("there is no caption in the message to edit")
    return edited(request, shown, caption(request.params))


def edit_message_media(request: Request) -> Raw:
    shown = to_edit(request)
    media = request.params["media"]
    if shown.kind not in {*MEDIA, "text"} or media["type"] not in MEDIA:
        raise bad_request("message can't be edited")
    file = file_of(request, media["type"], media["media"])
    content = described(request, file, media) | caption(media)
    return edited(request, shown, content, file)


def edit_message_reply_markup(request: Request) -> Raw:
    shown = to_edit(request)
    content = {key: shown.raw[key] for key in (*WORDS, *MEDIA) if key in shown.raw}
    return edited(request, shown, content, only_buttons=True)


def to_edit(request: Request) -> Shown:
    if not {"chat_id", "message_id"} <= request.params.keys():
        raise violation("message identifier is not specified")
    shown = request.open_chat().messages.get(request.params["message_id"])
    if shown is None:
        raise bad_request("message to edit not found")
    if not shown.from_bot or shown.other_markup or shown.raw["from"]["id"] != request.bot.id:
        raise bad_request("message can't be edited")
    return shown


def edited(
    request: Request,
    shown: Shown,
    content: Raw,
    file: StoredFile | None = None,
    *,
    only_buttons: bool = False,
) -> Raw:
    """Put the new content in place of the old one. Buttons that are not given are removed."""
    markup = request.params.get("reply_markup")
    if markup is not None:
        check_markup(markup)
    if kept := markup_or_none(markup):
        content["reply_markup"] = kept
    replaced = (*WORDS, "reply_markup", *(MEDIA if file else ()))
    before = {key: shown.raw[key] for key in shown.raw if key in {*replaced, *content}}
    if before == content:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    rest = {key: value for key, value in shown.raw.items() if key not in replaced}
    shown.raw = rest | {"edit_date": int(request.now.timestamp())} | content
    shown.edited = shown.edited or not only_buttons
    shown.file = file or shown.file
    request.telegram.tell("edited", shown.chat, shown)
    return shown.raw


def delete_message(request: Request) -> bool:
    chat = request.chat()
    shown = chat.messages.get(request.params["message_id"])
    if shown is None:
        raise bad_request("message to delete not found")
    if not chat.is_private and not shown.from_bot:
        raise bad_request("message can't be deleted")
    if request.now - shown.date > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    chat.forgets(shown)
    request.telegram.tell("deleted", chat, shown)
    return True


def delete_messages(request: Request) -> bool:
    """What is not found is skipped."""
    chat = request.chat()
    if not 1 <= len(request.params["message_ids"]) <= 100:
        raise violation("there must be 1-100 message identifiers")
    for number in request.params["message_ids"]:
        shown = chat.messages.get(number)
        if shown is not None and request.now - shown.date <= DELETABLE:
            chat.forgets(shown)
            request.telegram.tell("deleted", chat, shown)
    return True


def pin_chat_message(request: Request) -> bool:
    chat = request.open_chat()
    shown = chat.messages.get(request.params["message_id"])
    if shown is None:
        raise bad_request("message to pin not found")
    if not shown.pinned:
        shown.pinned = True
        request.telegram.tell("edited", chat, shown)
        told = {"pinned_message": shown.as_replied()}
        service = chat.new(told, request.now, request.bot.user)
        request.telegram.tell("message", chat, service)
        request.bot.updates.push("message", chat.id, service.raw)
    return True


def unpin_chat_message(request: Request) -> bool:
    chat = request.open_chat()
    pinned = [shown for shown in chat.messages.values() if shown.pinned]
    if "message_id" in request.params:
        pinned = [shown for shown in pinned if shown.message_id == request.params["message_id"]]
    if not pinned:
        raise bad_request("message to unpin not found")
    unpinned(request, pinned[-1:])
    return True


def unpin_all_chat_messages(request: Request) -> bool:
    unpinned(request, [shown for shown in request.open_chat().messages.values() if shown.pinned])
    return True


def unpinned(request: Request, messages: list[Shown]) -> None:
    for shown in messages:
        shown.pinned = False
        request.telegram.tell("edited", shown.chat, shown)


def set_message_reaction(request: Request) -> bool:
    chat = request.open_chat()
    shown = chat.messages.get(request.params["message_id"])
    if shown is None:
        raise bad_request("message to react not found")
    given: list[dict[str, Any]] = request.params.get("reaction", [])
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one["type"] != "emoji" or one["emoji"] not in REACTIONS.split() for one in given):
        raise bad_request("REACTION_INVALID")
    shown.reactions = [one["emoji"] for one in given]
    request.telegram.tell("edited", chat, shown)
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
