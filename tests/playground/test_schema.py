import aiogram
import pytest

from playground import Account, Telegram
from playground.methods import METHODS
from playground.schema import SchemaError, bot_api
from tests.playground.conftest import Ask


def test_our_copy_is_of_the_bot_api_that_aiogram_speaks() -> None:
    assert bot_api().version == aiogram.__api_version__


def test_every_method_taught_exists() -> None:
    assert METHODS.keys() <= bot_api().methods.keys()


def test_every_type_and_method_can_be_checked() -> None:
    for method in bot_api().methods.values():
        bot_api().checker(method["returns"])
        for spec in method["params"].values():
            bot_api().checker(spec[0])


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ('{"inline_keyboard":[[{"text":"a","callback_dat":"b"}]]}', "no such field"),
        ('{"inline_keyboard":[[{"text":"a","callback_data":5}]]}', "expected String"),
        ('{"inline_keyboard":[[{"callback_data":"b"}]]}', "lacks text"),
        ('{"inline_keyboard":[{"text":"a","callback_data":"b"}]}', "expected an array"),
        ('{"inline_keyboard":[[{"text":"a","callback_data":"b","style":"red"}]]}', "one of"),
        ('{"buttons":[]}', "expected InlineKeyboardMarkup or"),
        ("{", "can't parse JSON"),
    ],
)
def test_a_wrong_markup_is_seen(markup: str, complaint: str) -> None:
    with pytest.raises(SchemaError, match=complaint):
        bot_api().decode("sendMessage", {"chat_id": "5", "text": "x", "reply_markup": markup})


def test_forms_are_read_by_type() -> None:
    params = bot_api().decode(
        "sendMessage", {"chat_id": "-5", "text": "7", "protect_content": "true"}
    )
    assert params == {"chat_id": -5, "text": "7", "protect_content": True}


def test_an_answer_lacking_a_field_is_seen() -> None:
    user = {"id": 1, "is_bot": False, "first_name": "Anna"}
    bot_api().check_answer("getMe", user)
    with pytest.raises(SchemaError, match="lacks first_name"):
        bot_api().check_answer("getMe", {"id": 1, "is_bot": False})
    with pytest.raises(SchemaError, match="nickname: User has no such field"):
        bot_api().check_answer("getMe", user | {"nickname": "A"})


async def test_a_request_telegram_would_not_take_is_remembered(
    telegram: Telegram, anna: Account, ask: Ask
) -> None:
    wrong: list[tuple[str, dict[str, object], int, str]] = [
        ("sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": 5}, 400, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": 5, "text": "x", "colour": 1}, 400, "unknown parameter"),
        ("sendMessage", {"chat_id": 5, "text": 7}, 400, "expected String"),
        ("sendMessage", {"chat_id": anna.id, "text": " "}, 400, "message text is empty"),
        ("sendMessage", {"chat_id": anna.id, "text": "x" * 4097}, 400, "message is too long"),
        ("sendMesage", {"chat_id": 5}, 404, "Not Found"),
        ("banChatMember", {"chat_id": 5, "user_id": 5}, 501, "not taught banChatMember"),
        (
            "sendMessage",
            {"chat_id": anna.id, "text": "x", "message_effect_id": "1"},
            501,
            "effect",
        ),
        ("getUpdates", {"limit": 101}, 400, "must have 1-100 value"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, 400, "MESSAGE_TOO"),
    ]
    for count, (method, params, status, words) in enumerate(wrong, 1):
        answer = await ask(method, **params)
        assert answer["status"] == answer["error_code"] == status, answer
        assert words in answer["description"]
        assert len(telegram.violations) == count, (method, params)
    assert anna.received == []


async def test_what_only_bad_luck_explains_is_no_violation(telegram: Telegram, ask: Ask) -> None:
    assert (await ask("sendMessage", chat_id=5, text="x"))["description"] == (
        "Bad Request: chat not found"
    )
    assert telegram.violations == []


async def test_tokens(telegram: Telegram, ask: Ask) -> None:
    assert (await ask("getMe"))["result"]["username"] == "otklik_bot"
    assert (await ask("GETME"))["ok"], "method names are not case-sensitive"
    assert (await ask("getMe", token="43:OTHER")) == {
        "ok": False,
        "error_code": 401,
        "description": "Unauthorized",
        "status": 401,
    }
    assert (await ask("getMe", token="rubbish"))["description"] == "Not Found"
    assert telegram.methods_used == {"getMe": 2}


async def test_a_wrong_answer_of_ours_is_loud(
    telegram: Telegram, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(METHODS, "getMe", lambda request: {"id": "42"})
    assert (await ask("getMe"))["status"] == 500
    assert telegram.violations == [
        "getMe: the playground failed: SchemaError('expected Integer, got str')"
    ]
    assert len(telegram.failures) == 1
    telegram.failures.clear()


async def test_a_wrong_update_of_ours_is_loud(anna: Account) -> None:
    with pytest.raises(SchemaError, match="Message has no such field"):
        await anna.sends({"telepathy": {"thought": 1}})
