"""Messages a bot sends."""

import itertools
from collections.abc import Mapping
from typing import Any

from playground.buttons import check_markup, markup_or_none
from playground.chats import Chat, Raw, Shown
from playground.files import PHOTO_LIMIT, UPLOAD_LIMIT, Files, StoredFile, picture_size
from playground.refusals import Refused, bad_request, untaught, violation
from playground.requests import Method, Request, caption
from playground.schema import Upload

GROUPS = itertools.count(13_000_000_000_000_000)
FILE_NAMES = {"video_note": "VideoNote"}
OPTIONS = ("duration", "width", "height", "performer", "title", "length")
TOGETHER = {"photo": "photos", "video": "photos", "document": "documents", "audio": "music"}

REPLIES = {"message_id", "chat_id", "allow_sending_without_reply", "quote_parse_mode"}


def send_message(request: Request) -> Raw:
    chat = request.open_chat()
    text, entities = request.text()
    content: Raw = {"text": text}
    if entities:
        content["entities"] = entities
    if "link_preview_options" in request.params:
        content["link_preview_options"] = request.params["link_preview_options"]
    return put(request, chat, content).raw


def send_file(kind: str) -> Method:
    def send(request: Request) -> Raw:
        chat = request.open_chat()
        file = file_of(request, kind, request.params[kind])
        content = described(request, file, request.params)
        if kind not in {"sticker", "video_note"}:
            content |= caption(request.params)
        if request.params.get("has_spoiler"):
            content["has_media_spoiler"] = True
        return put(request, chat, content, file).raw

    return send


def send_location(request: Request) -> Raw:
    return put(request, request.open_chat(), {"location": place(request.params)}).raw


def send_venue(request: Request) -> Raw:
    given = request.params
    venue = {"location": place(given), "title": given["title"], "address": given["address"]}
    return put(request, request.open_chat(), {"venue": venue, "location": place(given)}).raw


def send_contact(request: Request) -> Raw:
    keys = ("phone_number", "first_name", "last_name", "vcard")
    contact = {key: request.params[key] for key in keys if key in request.params}
    return put(request, request.open_chat(), {"contact": contact}).raw


def send_media_group(request: Request) -> list[Raw]:
    chat = request.open_chat()
    parts = request.params["media"]
    families = {TOGETHER.get(part["type"]) for part in parts}
    if None in families:
        raise untaught("this type of media in an album")
    if len(families) > 1:
        raise violation("media of different types can't be sent in one album")
    prepared = []
    for part in parts:
        file = file_of(request, part["type"], part["media"])
        prepared.append((described(request, file, part) | caption(part), file))
    album = str(next(GROUPS))
    answer_to = replied(request, chat)
    return [
        put(request, chat, content | {"media_group_id": album}, file, answer_to).raw
        for content, file in prepared
    ]


def place(given: Mapping[str, Any]) -> Raw:
    if not (-90 <= given["latitude"] <= 90 and -180 <= given["longitude"] <= 180):
        raise violation("wrong location")
    keys = ("latitude", "longitude", "horizontal_accuracy")
    return {key: given[key] for key in keys if key in given}


def put(
    request: Request,
    chat: Chat,
    content: Raw,
    file: StoredFile | None = None,
    answer_to: Shown | None = None,
) -> Shown:
    """Show it in the chat, with what every sending method may add."""
    params = request.params
    markup = params.get("reply_markup")
    if markup is not None:
        check_markup(markup)
    answer_to = answer_to or replied(request, chat)
    if kept := markup_or_none(markup):
        content["reply_markup"] = kept
    if params.get("protect_content"):
        content["has_protected_content"] = True
    shown = chat.new(content, request.now, request.bot.user, reply_to=answer_to, file=file)
    if markup is not None and "inline_keyboard" not in markup:
        shown.other_markup = True
        if "keyboard" in markup:
            chat.keyboard, chat.keyboard_from = markup, shown
        elif "remove_keyboard" in markup:
            chat.keyboard = chat.keyboard_from = None
    request.telegram.tell("message", chat, shown)
    return shown


def replied(request: Request, chat: Chat) -> Shown | None:
    given = request.params.get("reply_parameters")
    if given is None:
        return None
    if more := given.keys() - REPLIES:
        raise untaught(f"reply_parameters.{min(more)}")
    if given.get("chat_id", chat.id) != chat.id:
        raise untaught("replies to another chat")
    shown = chat.messages.get(given.get("message_id", 0))
    if shown is None and not given.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return shown


def file_of(request: Request, kind: str, value: Upload | str) -> StoredFile:
    upload = request.upload(value)
    if upload is not None:
        if kind == "photo":
            check_picture(upload.content)
        elif len(upload.content) > UPLOAD_LIMIT:
            raise Refused(413, "Request Entity Too Large")
        elif not upload.content:
            raise bad_request("file must be non-empty")
        return request.telegram.files.keep(kind, upload.content, upload.name, upload.mime_type)
    file = request.telegram.files.of(request.bot.id, str(value))
    if file.kind != kind:
        raise bad_request(f"can't use file of type {words(file.kind)} as {words(kind)}")
    return file


def words(kind: str) -> str:
    return FILE_NAMES.get(kind, kind.title())


def check_picture(content: bytes) -> None:
    if len(content) > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_LIMIT} bytes"
        )
    size = picture_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def described(request: Request, file: StoredFile, given: Mapping[str, Any]) -> Raw:
    return file_content(request.telegram.files, request.bot.id, file, given)


def file_content(files: Files, bot_id: int, file: StoredFile, given: Mapping[str, Any]) -> Raw:
    """The part of a Message that tells of a file."""
    file_id = files.id_for(bot_id, file)
    size = len(file.content)
    about: Raw = {"file_id": file_id, "file_unique_id": file.unique_id, "file_size": size}
    about |= {key: given[key] for key in OPTIONS if key in given and key in HAS[file.kind]}
    match file.kind:
        case "photo":
            width, height = picture_size(file.content) or (800, 600)
            large = about | {"width": width, "height": height}
            thumb = files.thumbnail(file)
            small = {
                "file_id": files.id_for(bot_id, thumb),
                "file_unique_id": thumb.unique_id,
                "file_size": len(thumb.content),
                "width": min(90, width),
                "height": min(90, height),
            }
            return {"photo": [small, large]}
        case "sticker":
            form = {"type": "regular", "is_animated": False, "is_video": False}
            return {"sticker": {"width": 512, "height": 512, "emoji": "🙂"} | form | about}
    if file.kind in {"document", "audio", "video", "animation"} and file.name:
        about["file_name"] = file.name
    if file.mime_type and file.kind != "video_note":
        about["mime_type"] = file.mime_type
    about = DEFAULTS[file.kind] | about
    if file.kind == "animation":
        plain = {k: v for k, v in about.items() if k not in {"width", "height", "duration"}}
        return {"animation": about, "document": plain}
    return {file.kind: about}


HAS: dict[str, frozenset[str]] = {
    "photo": frozenset(),
    "sticker": frozenset(),
    "document": frozenset(),
    "voice": frozenset({"duration"}),
    "audio": frozenset({"duration", "performer", "title"}),
    "video": frozenset({"duration", "width", "height"}),
    "animation": frozenset({"duration", "width", "height"}),
    "video_note": frozenset({"duration", "length"}),
}
DEFAULTS: dict[str, Raw] = {
    "document": {},
    "voice": {"duration": 3},
    "audio": {"duration": 180},
    "video": {"duration": 5, "width": 1280, "height": 720},
    "animation": {"duration": 2, "width": 320, "height": 240},
    "video_note": {"duration": 5, "length": 240},
}

METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_file("photo"),
    "sendVoice": send_file("voice"),
    "sendVideo": send_file("video"),
    "sendVideoNote": send_file("video_note"),
    "sendDocument": send_file("document"),
    "sendAudio": send_file("audio"),
    "sendAnimation": send_file("animation"),
    "sendSticker": send_file("sticker"),
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendMediaGroup": send_media_group,
}
