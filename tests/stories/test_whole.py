"""The nine steps of a day at the desk, with three customers, two operators, two supervisors, in
both languages at once: everybody reads their own."""

from datetime import timedelta

import pytest

from tests.conftest import Desk


@pytest.mark.parametrize("updates", ["polling", "webhook"])
async def test_from_the_first_word_to_the_weekly_chart(desk: Desk) -> None:
    marina = desk.customer("Марина", "ru")
    kirill = desk.customer("Кирилл", "ru")
    emma = desk.customer("Emma", "en")
    anna = await desk.operator("Анна", "ru")
    ilya = await desk.operator("Ilya", "en")
    oleg = await desk.supervisor("Олег", "ru")
    vera = await desk.supervisor("Vera", "en")

    # 1. A customer writes
    await marina.types("Где мой заказ 4187?")
    assert "номер обращения: 1. Ответим до 10:05" in marina.received[0].words

    # 2. It is offered, and the first tap wins
    assert "Новый вопрос, № 1" in anna.reads
    assert "New question, No. 1" in ilya.reads
    assert "Где мой заказ 4187?" in ilya.reads
    await anna.taps("Взять")
    assert ilya.reads == "No. 1: Анна answers, since 10:00"

    # 3. The operator answers in the same chat
    await anna.types("Марина, здравствуйте! Курьер приедет с 14 до 16.")
    assert marina.reads == "Марина, здравствуйте! Курьер приедет с 14 до 16."
    await marina.types("Хорошо, буду дома.")
    assert anna.reads == "Хорошо, буду дома."
    assert "№ 1" in (anna.last.reply_to.words if anna.last.reply_to else "")
    await anna.types("Ждите звонка.")

    # 4. Late
    await emma.types("My parcel has not come")
    await ilya.taps("Take")
    await desk.passes(timedelta(minutes=4))
    assert "Time to answer, No. 2" in ilya.reads
    await desk.passes(timedelta(minutes=1))
    assert "Поздний ответ, № 2" in oleg.reads
    assert "Late reply, No. 2" in vera.reads
    await desk.passes(timedelta(minutes=2, seconds=12))
    await ilya.types("It is at your post office.")
    assert emma.reads == "It is at your post office."
    assert "Ответ через 7 мин 12 с при лимите 5 мин." in oleg.reads
    assert "Answered after 7 min 12 s, the limit is 5 min." in vera.reads

    # 5. Close
    await anna.taps("Решено")
    await ilya.taps("Not solved")
    await kirill.types("Второй раз прошу чек")
    await ilya.taps("Take")
    await ilya.types("Чек отправили на почту")
    await ilya.taps("Solved")

    # 6. One tap is a complete answer
    assert "Как прошёл разговор? Оператор: Анна." in marina.reads
    assert "How was the chat? Operator: Ilya." in emma.reads
    await marina.taps("5 ☆")
    assert "Спасибо. Ваша оценка: 5 из 5." in marina.reads
    assert "Оценка 5 из 5, № 1" in anna.reads
    await emma.taps("4 ☆")
    await emma.taps("Solved")

    # 7. A bad rating reaches the supervisors at once, and is seen through
    await kirill.taps("2 ☆")
    assert "Оценка 2 из 5, № 3 ★★☆☆☆" in oleg.reads
    assert "Rating 2 of 5, No. 3 ★★☆☆☆" in vera.reads
    await kirill.taps("Не решено")
    assert "Причина: вопрос не решён." in oleg.finds("Оценка 2 из 5, № 3").words
    await kirill.types("Второй раз прошу чек, и второй раз тишина.")
    assert "второй раз тишина" in vera.finds("Rating 2 of 5, No. 3").words
    await oleg.taps("Взять")
    assert "Олег is on it" in vera.finds("Rating 2 of 5, No. 3").words
    await oleg.taps("Готово…")
    await oleg.types("Чек у клиента, извинились")
    assert "Теперь в порядке?" in kirill.reads
    await kirill.taps("Да")
    assert "исправлено" in oleg.finds("Оценка 2 из 5, № 3").words
    assert "fixed" in vera.finds("Rating 2 of 5, No. 3").words
    assert "Rating 2 of 5, No. 3" in ilya.finds("Rating 2 of 5").words  # and only now

    # 8. The diary is half written already
    assert "Дневник, № 1" in anna.finds("Дневник, № 1").words
    offer = anna.finds("Дневник, № 1")
    await anna.taps("🙂", offer)
    await anna.taps("Готово", offer)
    await anna.taps("Сохранить", offer)
    await anna.types("/diaries")
    assert "Марина" in anna.reads

    # 9. All of it counts
    await anna.types("/kpi")
    assert anna.last.photo
    await desk.passes(timedelta(days=7))
    weekly = [shown for shown in anna.received if shown.photo]
    assert "2–8 марта" in weekly[-1].words
    assert "2–8 March" in [shown for shown in ilya.received if shown.photo][-1].words
    assert [shown for shown in vera.received if shown.photo]
