"""Dictated entries: what goes where, with and without commas, in both languages."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import spoken_moments
from desk.dictation import How, Told, plain, read
from desk.moments import Trouble
from storage.models import Channel, DiaryStatus

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""Monday, 10:00 in Moscow."""
ENTRIES = Path(__file__).parents[1] / "recordings/entries.toml"


def told(text: str) -> Told:
    return read(text, NOW, MOSCOW)


def when(moment: datetime | Trouble | None) -> str | None:
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(MOSCOW).strftime("%a %d.%m %H:%M")


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("в пятницу в три", "Fri 06.03 15:00"),
        ("в три часа дня", "Mon 02.03 15:00"),
        ("завтра утром", "Tue 03.03 10:00"),
        ("завтра", "Tue 03.03 10:00"),
        ("через два дня", "Wed 04.03 10:00"),
        ("через неделю в одиннадцать", "Mon 09.03 11:00"),
        ("через полчаса", "Mon 02.03 10:30"),
        ("через час", "Mon 02.03 11:00"),
        ("послезавтра в шесть вечера", "Wed 04.03 18:00"),
        ("после завтра в 6 вечера", "Wed 04.03 18:00"),
        ("двадцатого марта", "Fri 20.03 10:00"),
        ("двадцать пятого марта в пятнадцать тридцать", "Wed 25.03 15:30"),
        ("20-го в десять", "Fri 20.03 10:00"),
        ("в половине третьего", "Mon 02.03 14:30"),
        ("завтра в полтретьего", "Tue 03.03 14:30"),
        ("в четверку 11", "Thu 05.03 11:00"),
        ("на следующей неделе", "Mon 09.03 10:00"),
        ("в среду после обеда", "Wed 04.03 15:00"),
        ("сегодня вечером", "Mon 02.03 18:00"),
        ("в девять утра", "Tue 03.03 09:00"),
        ("к пяти часам", "Mon 02.03 17:00"),
        ("сегодня в девять", "passed"),
        ("tomorrow morning", "Tue 03.03 10:00"),
        ("on friday at three", "Fri 06.03 15:00"),
        ("the day after tomorrow at six in the evening", "Wed 04.03 18:00"),
        ("on the twentieth of march", "Fri 20.03 10:00"),
        ("march the 21st at noon", "Sat 21.03 12:00"),
        ("half past two", "Mon 02.03 14:30"),
        ("quarter to five tomorrow", "Tue 03.03 16:45"),
        ("in an hour", "Mon 02.03 11:00"),
        ("in half an hour", "Mon 02.03 10:30"),
        ("in a couple of days", "Wed 04.03 10:00"),
        ("next week", "Mon 09.03 10:00"),
        ("tuesday afternoon", "Tue 03.03 15:00"),
        ("at 4 pm", "Mon 02.03 16:00"),
        ("at 16:30", "Mon 02.03 16:30"),
        ("at the end of the day", "Mon 02.03 18:00"),
        ("вернули две посылки", None),
        ("three parcels were lost", None),
    ],
)
def test_moments_are_heard(said: str, moment: str | None) -> None:
    found = spoken_moments.find(said, NOW, MOSCOW)
    assert when(found.moment if found else None) == moment


def test_a_moment_may_stand_anywhere_and_says_where() -> None:
    text = "надо перезвонить в пятницу в три и все"
    found = spoken_moments.find(text, NOW, MOSCOW)
    assert found is not None
    assert text[found.start : found.end] == "в пятницу в три"


TABLE: list[tuple[str, dict[str, Any]]] = [
    ("итог вернули деньги", {"result": "Вернули деньги"}),
    ("Итог: вернули деньги.", {"result": "Вернули деньги"}),
    ("Результат: договорились на скидку", {"result": "Договорились на скидку"}),
    ("в итоге все заработало", {"result": "Все заработало"}),
    ("Result: the money is back.", {"result": "The money is back"}),
    ("in the end she got a refund", {"result": "She got a refund"}),
    ("запрос не пришла посылка", {"request": "Не пришла посылка"}),
    ("Клиент спросил, где заказ.", {"request": "Клиент спросил, где заказ"}),
    ("she asked where the order is", {"request": "She asked where the order is"}),
    ("Отправили новый чек на почту", {"done": "Отправили новый чек на почту", "channel": None}),
    ("I sent a new receipt", {"done": "I sent a new receipt"}),
    ("I will call back tomorrow", {"done": "", "status": "follow_up", "when": "Tue 03.03 10:00"}),
    (
        "перезвонить в пятницу в три",
        {"status": "follow_up", "when": "Fri 06.03 15:00", "count": 2},
    ),
    ("follow up tomorrow morning", {"status": "follow_up", "when": "Tue 03.03 10:00", "count": 2}),
    ("Надо связаться с ним завтра", {"status": "follow_up", "when": "Tue 03.03 10:00"}),
    ("Напомни мне через час", {"status": "follow_up", "when": "Mon 02.03 11:00"}),
    ("надо перезвонить", {"status": "follow_up", "when": None}),
    ("в четверг в десять проверить оплату", {"status": "follow_up", "when": "Thu 05.03 10:00"}),
    ("Просил проверить заказ", {"request": "Просил проверить заказ", "status": None}),
    (
        "Просил перезвонить в пятницу в три",
        {"request": "Просил перезвонить в пятницу в три", "when": "Fri 06.03 15:00"},
    ),
    ("Клиент доволен", {"mood": 4, "count": 1}),
    ("клиентка очень довольна", {"mood": 5, "count": 1}),
    ("клиент всё ещё недоволен", {"mood": 2, "count": 1}),
    ("Клиент не доволен.", {"mood": 2}),
    ("он был в ярости", {"mood": 1}),
    ("настроение хорошее", {"mood": 4, "count": 1}),
    ("настроение нормальное", {"mood": 3, "count": 1}),
    ("The customer is not happy", {"mood": 2, "count": 1}),
    ("she was very happy", {"mood": 5, "count": 1}),
    ("He is angry", {"mood": 1, "count": 1}),
    ("mood is fine", {"mood": 3, "count": 1}),
    ("Клиент недоволен доставкой", {"mood": 2, "request": "Клиент недоволен доставкой"}),
    ("Вопрос решён", {"status": "done", "request": ""}),
    ("вопрос не решен", {"status": "open", "request": ""}),
    ("статус открыто", {"status": "open", "count": 1}),
    ("Готово.", {"status": "done", "count": 1}),
    ("The issue is resolved", {"status": "done", "request": ""}),
    ("status in progress", {"status": "open"}),
    ("Звонил Пётр Ильин", {"customer": "Петр Ильин", "channel": "phone", "request": ""}),
    ("звонила марина", {"customer": "Марина", "channel": "phone", "request": ""}),
    ("Говорила с Анной Петровой", {"customer": "Анна Петрова"}),
    ("Зовут Олег, телефон 8 900 123-45-67", {"customer": "Олег", "contact": "8900123-45-67"}),
    ("клиент сергей написал на почту", {"customer": "Сергей", "channel": "email"}),
    ("Susan Clark called", {"customer": "Susan Clark", "channel": "phone", "request": ""}),
    ("i spoke to kevin", {"customer": "Kevin"}),
    ("A customer called", {"customer": "", "channel": "phone", "request": ""}),
    ("Товар пришёл сломанный", {"channel": None, "request": "Товар пришёл сломанный"}),
    ("зашла к нам в магазин", {"channel": "visit"}),
    ("", {"count": 0}),
    ("...", {"count": 0}),
    ("раз два три", {"request": "Раз два три"}),
]


@pytest.mark.parametrize(("said", "expected"), TABLE)
def test_what_is_said_goes_where_it_belongs(said: str, expected: dict[str, Any]) -> None:
    found = told(said)
    seen: dict[str, Any] = {name: getattr(found, name, None) for name in expected}
    if "when" in expected:
        seen["when"] = when(found.follow_up)
    assert seen == expected


def test_a_named_field_is_known_from_a_guessed_one() -> None:
    assert told("Итог: вернули деньги").how == {"result": How.NAMED}
    assert told("Вернули деньги").how == {"done": How.GUESSED}
    assert told("Добавь к итогу: и дали скидку").how == {"result": How.ADDED}
    assert told("Добавь к итогу: дали скидку").result == "Дали скидку"
    assert told("Исправь запрос: не пришёл чек").how == {"request": How.NAMED}
    assert told("add to result: she got a discount").how == {"result": How.ADDED}


def bare(text: str) -> str:
    """As some hear it: no capitals, no marks."""
    return "".join(sign for sign in plain(text) if sign not in ".,:;!?")


@pytest.mark.parametrize("heard", [str, bare], ids=["written", "bare"])
@pytest.mark.parametrize(
    "entry", tomllib.loads(ENTRIES.read_text("utf-8"))["entry"], ids=lambda e: e["name"]
)
def test_whole_entries_are_divided(entry: dict[str, Any], heard: Any) -> None:
    found = told(heard(entry["text"]))
    due = found.follow_up
    seen = {
        "channel": found.channel,
        "customer": found.customer or None,
        "mood": found.mood,
        "status": found.status,
        "follow_up": f"{due.astimezone(MOSCOW):%Y-%m-%d %H:%M}"
        if isinstance(due, datetime)
        else due,
    }
    expected = {name: entry.get(name) for name in seen}
    expected["customer"] = plain(expected["customer"] or "") or None
    seen["customer"] = plain(seen["customer"] or "") or None  # type: ignore[arg-type]
    assert seen == expected
    for field in ("request", "done", "result"):
        words = plain(getattr(found, field))
        assert bool(words) == (field in entry), field
        assert all(plain(word) in words for word in entry.get(field, ())), (field, words)


@given(st.text(max_size=300))
def test_anything_can_be_said(words: str) -> None:
    found = told(words)
    assert found.mood in {None, 1, 2, 3, 4, 5}
    assert found.status in {None, *DiaryStatus}
    assert found.channel in {None, *Channel}


SAID = (
    "итог запрос сделано готово клиент доволен перезвонить в пятницу три анна петрова звонила"
    " result done she is happy call back tomorrow at two john , . :"
)


@given(
    st.lists(
        st.sampled_from(SAID.split()),
        max_size=40,
    )
)
def test_cues_in_any_order_are_no_trouble(words: list[str]) -> None:
    said = " ".join(words)
    found = told(said)
    for text in found.texts.values():
        assert all(plain(word) in plain(said) for word in text.replace(".", " ").split())
