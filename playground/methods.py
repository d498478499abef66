"""Everything else a bot may ask: updates, taps, files, menus, chats."""

import re
from datetime import timedelta

from playground import editing, sending
from playground.chats import Raw
from playground.refusals import bad_request, violation
from playground.requests import Method, Request

QUERY_LIVES = timedelta(minutes=15)
CHAT_ACTIONS = frozenset({
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
})  # fmt: skip


def get_me(request: Request) -> Raw:
    return request.bot.user | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(request: Request) -> list[Raw]:
    params = request.params
    return await request.bot.updates.poll(
        params.get("offset", 0),
        params.get("limit", 100),
        params.get("timeout", 0),
        params.get("allowed_updates"),
    )


async def set_webhook(request: Request) -> bool:
    params = request.params
    if not params["url"]:
        return await delete_webhook(request)
    if not re.match(r"https?://[^\s/]+", params["url"]):
        raise violation("bad webhook: invalid webhook URL specified")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", params.get("secret_token", "")):
        raise violation("secret token contains unallowed characters")
    if not 1 <= params.get("max_connections", 40) <= 100:
        raise violation("max_connections must be 1-100")
    if params.get("drop_pending_updates"):
        request.bot.updates.forget()
    if "allowed_updates" in params:
        request.bot.updates.allowed = tuple(params["allowed_updates"])
    request.bot.updates.end_poll("terminated by setWebhook request")
    await request.telegram.webhook(request.bot).calls(
        params["url"], params.get("secret_token", ""), params.get("max_connections", 40)
    )
    return True


async def delete_webhook(request: Request) -> bool:
    if request.params.get("drop_pending_updates"):
        request.bot.updates.forget()
    await request.telegram.webhook(request.bot).stop()
    return True


def get_webhook_info(request: Request) -> Raw:
    return request.telegram.webhook(request.bot).info()


def answer_callback_query(request: Request) -> bool:
    query = request.bot.queries.get(request.params["callback_query_id"])
    if query is None or query.answered or request.now - query.at > QUERY_LIVES:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answered = True
    request.telegram.accounts[query.user_id].hears_answer(query, request.params)
    return True


def send_chat_action(request: Request) -> bool:
    chat = request.open_chat()
    if request.params["action"] not in CHAT_ACTIONS:
        raise violation("wrong parameter action in request")
    chat.actions.append(request.params["action"])
    request.telegram.tell("action", chat, None, action=request.params["action"])
    return True


def get_file(request: Request) -> Raw:
    files = request.telegram.files
    file = files.of(request.bot.id, request.params["file_id"])
    return {
        "file_id": request.params["file_id"],
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": files.opens(request.bot.id, file),
    }


def scope(request: Request) -> str:
    """A key for whose menu it is."""
    given = request.params.get("scope", {"type": "default"})
    if "chat_id" in given:
        chat = request.bot.chats.get(given["chat_id"])
        if chat is None or (chat.is_private and not chat.started):
            raise bad_request("chat not found")
    whose = [str(given[key]) for key in ("chat_id", "user_id") if key in given]
    return ":".join([given["type"], *whose])


def language(request: Request) -> str:
    code: str = request.params.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise violation("LANG_CODE_INVALID")
    return code


def set_my_commands(request: Request) -> bool:
    commands = request.params["commands"]
    if len(commands) > 100:
        raise violation("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise violation("BOT_COMMAND_INVALID")
    where = scope(request), language(request)
    if commands:
        request.bot.commands[where] = [
            {"command": c["command"].lstrip("/"), "description": c["description"].strip()}
            for c in commands
        ]
    else:
        request.bot.commands.pop(where, None)
    request.telegram.tell_menus(request.bot)
    return True


def delete_my_commands(request: Request) -> bool:
    request.bot.commands.pop((scope(request), language(request)), None)
    request.telegram.tell_menus(request.bot)
    return True


def get_my_commands(request: Request) -> list[Raw]:
    return request.bot.commands.get((scope(request), language(request)), [])


def set_text(key: str) -> Method:
    def change(request: Request) -> bool:
        request.bot.texts[key, language(request)] = request.params.get(key, "")
        return True

    return change


def get_text(key: str) -> Method:
    def read(request: Request) -> Raw:
        texts, code = request.bot.texts, language(request)
        return {key: texts.get((key, code)) or texts.get((key, ""), "")}

    return read


def set_chat_menu_button(request: Request) -> bool:
    button = request.params.get("menu_button", {"type": "default"})
    request.bot.menu_buttons[request.params.get("chat_id")] = button
    return True


def get_chat_menu_button(request: Request) -> Raw:
    buttons = request.bot.menu_buttons
    chosen = buttons.get(request.params.get("chat_id")) or buttons.get(None)
    return chosen or {"type": "commands"}


def get_chat(request: Request) -> Raw:
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return request.chat().card | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, True),
    }


def leave_chat(request: Request) -> bool:
    chat = request.chat()
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    if chat.left:
        raise bad_request("bot is not a member of the group chat")
    request.telegram.membership(chat, request.bot.user, "member", "left")
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": set_text("name"),
    "getMyName": get_text("name"),
    "setMyDescription": set_text("description"),
    "getMyDescription": get_text("description"),
    "setMyShortDescription": set_text("short_description"),
    "getMyShortDescription": get_text("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "getChat": get_chat,
    "leaveChat": leave_chat,
    **sending.METHODS,
    **editing.METHODS,
}
