"""What seldom happens to an alert, and must come out right all the same."""

from datetime import timedelta

import pytest

from desk import followups
from storage.models import AlertState
from tests.conftest import Desk
from tests.stories.closed import closed
from tests.stories.staff import opens
from tests.stories.test_alerts import FIXED_NOW, a_bad_rating, the_alert


async def test_who_stopped_the_bot_is_not_written_to_in_vain(desk: Desk) -> None:
    vera = await desk.supervisor("Вера", "ru")
    anna, _ = await a_bad_rating(desk)
    await anna.blocks()
    await vera.taps("Написать")
    assert vera.toasts == [
        "Этому человеку сейчас нельзя написать: бот остановлен или данные удалены."
    ]
    assert (await the_alert(desk)).state is AlertState.OPEN
    async with desk.database.reading() as tx:
        assert not (await tx.conversations.one(1)).is_open


async def test_digits_that_answer_a_question_are_no_telephone_number(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, boris = await a_bad_rating(desk)
    await vera.taps("Call back")
    await desk.passes(timedelta(days=1))
    await anna.types("And now another order is late")
    await boris.taps("Take")
    await boris.types("What is its number?")
    await anna.types("4512778811")
    assert boris.reads == "4512778811"
    assert (await the_alert(desk)).phone is None

    await anna.shares_phone("Send my number", "+79161234567")
    assert (await the_alert(desk)).phone == "+79161234567"


async def test_a_question_that_is_no_longer_asked_goes_away(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await vera.taps("Take")
    await anna.taps("4 ☆")
    await vera.taps("Done…")
    await vera.types("/skip")
    question = anna.finds(FIXED_NOW)
    await anna.taps("2 ★")
    assert (await the_alert(desk)).state is AlertState.OPEN
    assert question not in anna.screen


async def test_a_supervisor_removed_while_writing_leaves_nothing_behind(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    anna, _ = await a_bad_rating(desk)
    await desk.passes(timedelta(minutes=11))
    await vera.taps("Write")
    await vera.types("I am sorry, Anna.")
    await vera.taps("Done…")
    await opens(oleg, "Vera")
    await oleg.taps("Remove from the team")
    await oleg.taps("Remove from the team")

    await vera.types("Money sent back")

    assert vera.reads == "That is for another role. What you can do: /help"
    alert = await the_alert(desk)
    assert (alert.state, alert.taken_by_id, alert.note) == (AlertState.OPEN, None, None)
    async with desk.database.reading() as tx:
        assert not (await tx.conversations.one(1)).is_open
    oleg.finds("Nobody has taken it yet.")
    assert all("Rating 1 of 5" not in shown.words for shown in vera.received)
    assert followups.is_asked(alert) is False
    assert anna.reads == "I am sorry, Anna."


async def test_who_is_no_supervisor_any_more_reads_no_answers_to_one(desk: Desk) -> None:
    oleg = await desk.supervisor("Oleg")
    anna, boris = await a_bad_rating(desk)
    await desk.passes(timedelta(minutes=11))
    await opens(oleg, "Boris")
    await oleg.taps("Make supervisor")
    await boris.taps("Write")
    await boris.types("Sorry, Anna.")
    await opens(oleg, "Boris")
    await oleg.taps("Take supervisor role away")
    await anna.types("And now?")
    assert all(shown.words != "And now?" for shown in boris.received)
    async with desk.database.reading() as tx:
        assert not (await tx.conversations.one(1)).is_open
    oleg.finds("Nobody has taken it yet.")


async def test_a_number_nobody_waits_for_is_not_told_of(desk: Desk) -> None:
    vera = await desk.supervisor("Вера", "ru")
    await a_bad_rating(desk)
    await vera.taps("Позвонить")
    asked = "У клиента спросили номер для звонка: 10:00. Ответа пока нет."
    vera.finds(asked)
    await vera.taps("Готово…")
    await vera.types("Написали на почту")
    assert asked not in vera.finds("№ 1: сделано").words


async def test_everything_at_its_longest_fits_into_a_card(desk: Desk) -> None:
    """With the diary, a note, a time to call and the longest names there are."""
    longest = "😀" * 64
    vera = await desk.supervisor(longest, "ru", last_name=longest)
    oleg = await desk.supervisor("Олег", "ru")
    boris = await desk.operator(longest, "ru", last_name=longest)
    anna = desk.customer(longest, "ru", last_name=longest)
    await anna.types("🙃" * 2000)
    await boris.taps("Взять")
    for _ in range(5):
        await boris.types("🙂" * 2000)
    await boris.taps("Решено")
    await boris.taps("Написать")
    await boris.types("🙂" * 1000)
    for _ in range(4):
        await boris.taps("Пропустить")
    await boris.taps("Сохранить")
    await anna.taps("1 ☆")
    reasons = "Долго, Не решено, Невежливо, Непонятно, Пришлось повторять, Сам продукт, Другое"
    for reason in reasons.split(", "):
        await anna.taps(reason)
    for words in ("😡" * 300, "😠" * 300):
        await anna.types(words)
        await anna.taps("1 ★")
    await vera.taps("Позвонить")
    await anna.shares_phone("Отправить мой номер", "+79161234567")
    await anna.taps("Другое время")
    await anna.types("🕖" * 2000)
    await vera.taps("Готово…")
    await vera.types("✅" * 2000)
    for supervisor in (vera, oleg):
        card = supervisor.finds("Оценка 1 из 5, № 1: сделано").words
        assert "Спросили клиента, всё ли теперь в порядке." in card
        assert "✅…" in card
        assert "🕖…" in card


async def test_the_newest_note_is_read_first(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    for note in ("We wrote to the store. " * 20, "Money sent back"):
        await vera.taps("Done…")
        await vera.types(note)
        await anna.taps("Not yet")
    assert "Money sent back\nWe wrote to the store." in vera.finds("Rating 1 of 5").words


async def test_a_comment_that_became_too_long_arrives_whole(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    said = await anna.types("Never again!")
    await anna.edits(said, "😡" * 1000)
    assert vera.reads == "😡" * 1000
    assert "😡…" in vera.finds("Rating 1 of 5").words


async def test_the_list_says_what_is_not_fixed(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Олег", "ru")
    anna, _ = await a_bad_rating(desk)
    await vera.taps("Done…")
    await vera.types("/skip")
    await anna.taps("Not yet")
    await vera.types("/alerts")
    vera.finds("No. 1: rating 1 of 5, since 10:00. The customer says: not yet.")
    await oleg.types("/alerts")
    oleg.finds("№ 1: оценка 1 из 5, с 10:00. Клиент ответил: ещё нет.")


async def test_a_number_is_asked_for_once_however_often_it_is_tapped(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    async with desk.together():
        await vera.taps("Call back")
        await vera.taps("Call back")
    assert len([m for m in anna.received if "would like to call you" in m.words]) == 1
    assert vera.toasts == ["The customer was asked for a number"] * 2


async def test_asked_for_a_number_again_the_old_one_is_still_known(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await vera.taps("Call back")
    await anna.shares_phone("Send my number", "+79161234567")
    await desk.passes(timedelta(hours=1))
    await vera.taps("Call back")
    assert "The number before: +79161234567" in vera.reads
    await anna.types("+7 916 000 00 00")
    assert "Call +79160000000" in vera.reads
    assert "The number before" not in vera.reads


async def test_close_says_how_a_follow_up_ends(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await a_bad_rating(desk)
    await vera.taps("Write")
    await vera.types("/close")
    assert vera.reads == (
        "You are writing to a customer after a low rating. "
        "To finish: “Done” on the alert; find it with /alerts"
    )


async def test_who_takes_an_alert_over_goes_on_with_the_customer(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    anna, _ = await a_bad_rating(desk)
    await desk.passes(timedelta(minutes=11))
    await vera.taps("Write")
    await vera.types("I am sorry, Anna.")
    for _ in range(2):
        await desk.passes(timedelta(hours=4))  # she was reminded, then all were
    async with desk.together():
        await oleg.taps("Take")
        await vera.taps("Done…")

    await vera.types("Money sent back")

    assert vera.toasts[-1] == "Oleg is on it already."
    assert vera.reads.startswith("You have no open chat right now, so this went to nobody.")
    assert anna.reads == "I am sorry, Anna."
    await anna.types("And now?")
    assert oleg.reads == "And now?"
    await oleg.types("Sent back")
    assert anna.reads == "Sent back"


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("8 (916) 123-45-67", "89161234567"),
        ("Мой номер +7 916 123-45-67", "+79161234567"),
        ("(916) 123 45 67, after 6 pm", "9161234567"),
        ("4187", None),
        ("8 916 123-45-67 or 8 916 765-43-21", None),
        ("The order 8916123456 came, and half of it was missing", None),
        ("2026-03-05 at 18:00", None),
    ],
)
async def test_what_is_a_number(desk: Desk, typed: str, phone: str | None) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await desk.passes(timedelta(minutes=11))
    await vera.taps("Call back")
    await anna.types(typed)
    assert (await the_alert(desk)).phone == phone


async def test_a_question_is_no_time_to_call(desk: Desk) -> None:
    """They meant to name a time and never did; what they ask later is not lost."""
    vera = await desk.supervisor("Vera")
    anna, boris = await a_bad_rating(desk)
    await vera.taps("Call back")
    await anna.shares_phone("Send my number", "+79161234567")
    await anna.taps("Another time")
    await vera.taps("Done…")
    await vera.types("/skip")
    await desk.passes(timedelta(minutes=30))
    await anna.types("And where is my other order?")
    await anna.taps("New question")
    assert "And where is my other order?" in boris.reads

    carl = desk.customer("Carl")
    await closed(desk, carl, boris)
    await carl.taps("1 ☆")
    await vera.taps("Call back")
    await carl.shares_phone("Send my number", "+79161234568")
    await carl.taps("Another time")
    await desk.passes(timedelta(days=2))
    await carl.types("Hello, a new one")
    assert "Hello, a new one" in boris.reads
