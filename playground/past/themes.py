"""What customers of a small online shop write about, and what operators make of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.models import Reason


@dataclass(frozen=True, slots=True)
class Lines:
    """One language's words. `{n}` is an order's number."""

    asks: tuple[str, ...]
    answers: tuple[str, ...]
    request: str
    done: str
    result: str
    praise: tuple[str, ...]
    complaint: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """`begins` and `ends`: how often it came up at the start of the past and comes up now."""

    begins: float
    ends: float
    ease: float
    """Added to the chance that the customer is satisfied."""
    reasons: tuple[Reason, ...]
    """What customers blame it on when they are not."""
    lines: Mapping[str, Lines]


THEMES = (
    Theme(
        begins=0.30,
        ends=0.26,
        ease=0.0,
        reasons=(Reason.SLOW, Reason.NOT_SOLVED),
        lines={
            "ru": Lines(
                asks=(
                    "Здравствуйте! Заказ {n} ждали вчера, курьер не приехал и не позвонил.",
                    "Где мой заказ {n}? По сайту он «в пути» уже третий день.",
                    "Добрый день, можно узнать, когда привезут {n}?",
                ),
                answers=(
                    "Здравствуйте! Смотрю, где сейчас заказ {n}.",
                    "Курьер приедет сегодня с 14 до 16, доставка за наш счёт.",
                    "Нашёлся на складе, завтра до обеда будет у вас. Простите за ожидание.",
                ),
                request="Заказ {n} не приехал вовремя",
                done="Связь со складом, новое окно доставки",
                result="Доставка сегодня с 14 до 16, без оплаты",
                praise=(
                    "Нашли заказ за пять минут, спасибо!",
                    "Привезли, как обещали. Приятно.",
                ),
                complaint=(
                    "Обещали с 14 до 16, прождали впустую.",
                    "Третий раз переносите, сколько можно.",
                ),
            ),
            "en": Lines(
                asks=(
                    "Hi, order {n} should have come yesterday, nobody called.",
                    "Where is my order {n}? The site says «on its way» for three days.",
                    "Hello, when will {n} be delivered?",
                ),
                answers=(
                    "Hello! Let me see where {n} is.",
                    "The courier comes today between 2 and 4, delivery is on us.",
                    "It is at the depot; you will have it tomorrow by noon. Sorry for the wait.",
                ),
                request="Order {n} did not come on time",
                done="Called the depot, agreed a new slot",
                result="Delivered today between 2 and 4, free of charge",
                praise=("Found it within five minutes, thanks!", "Came as promised. Lovely."),
                complaint=(
                    "You said 2 to 4 and I waited for nothing.",
                    "Moved for the third time, honestly.",
                ),
            ),
        },
    ),
    Theme(
        begins=0.20,
        ends=0.17,
        ease=0.04,
        reasons=(Reason.SLOW, Reason.REPEAT),
        lines={
            "ru": Lines(
                asks=(
                    "Хочу вернуть деньги за заказ {n}, размер не подошёл.",
                    "Оформляла возврат неделю назад, деньги не пришли. Заказ {n}.",
                ),
                answers=(
                    "Возврат по заказу {n} вижу, проверяю оплату.",
                    "Деньги вернутся на карту в течение трёх дней, чек придёт на почту.",
                ),
                request="Возврат денег по заказу {n}",
                done="Проверен возврат, отправлен запрос в бухгалтерию",
                result="Деньги вернутся за три дня",
                praise=("Вернули на следующий день, спасибо.", "Всё понятно объяснили."),
                complaint=("Пишу об одном и том же в третий раз.", "Неделя, а денег нет."),
            ),
            "en": Lines(
                asks=(
                    "I would like a refund for {n}, the size is wrong.",
                    "I asked for a refund a week ago, no money yet. Order {n}.",
                ),
                answers=(
                    "I can see the refund for {n}, checking the payment.",
                    "The money will be back on your card within three days.",
                ),
                request="Refund for order {n}",
                done="Checked the refund, asked accounting",
                result="Money back within three days",
                praise=("Refunded the next day, thank you.", "Explained very clearly."),
                complaint=("I am writing about this for the third time.", "A week and no money."),
            ),
        },
    ),
    Theme(
        begins=0.18,
        ends=0.15,
        ease=0.08,
        reasons=(Reason.UNCLEAR, Reason.OTHER),
        lines={
            "ru": Lines(
                asks=(
                    "Можно поменять размер в заказе {n}, пока не отправили?",
                    "Куртка из {n} мала, есть на размер больше?",
                ),
                answers=(
                    "Проверю наличие, одну минуту.",
                    "Есть! Заменили размер в {n}, отправим сегодня.",
                ),
                request="Обмен размера, заказ {n}",
                done="Заменён размер, заказ переупакован",
                result="Отправка сегодня",
                praise=("Быстро поменяли, очень удобно!", "Спасибо за помощь с размером."),
                complaint=("Так и не поняла, как отправить обратно.",),
            ),
            "en": Lines(
                asks=(
                    "Can I change the size in order {n} before you send it?",
                    "The jacket in {n} is too small, do you have a larger one?",
                ),
                answers=(
                    "Let me check the stock, one minute.",
                    "We do! I changed the size in {n}; it leaves today.",
                ),
                request="Change of size, order {n}",
                done="Changed the size, repacked",
                result="Leaves today",
                praise=("Changed in no time, very handy!", "Thanks for the help with the size."),
                complaint=("I still do not know how to send it back.",),
            ),
        },
    ),
    Theme(
        begins=0.16,
        ends=0.12,
        ease=0.05,
        reasons=(Reason.NOT_SOLVED, Reason.PRODUCT),
        lines={
            "ru": Lines(
                asks=(
                    "Промокод не применяется к заказу {n}.",
                    "С карты списали дважды за заказ {n}!",
                ),
                answers=(
                    "Вижу заказ {n}, проверяю оплату.",
                    "Пересчитали: лишнее вернём сегодня, скидка учтена.",
                ),
                request="Оплата заказа {n}: скидка или двойное списание",
                done="Оплата сверена с банком, заказ пересчитан",
                result="Лишнее вернётся сегодня",
                praise=("Разобрались сразу, спасибо.",),
                complaint=("Скидку так и не вернули.",),
            ),
            "en": Lines(
                asks=(
                    "The promo code does not work for order {n}.",
                    "I was charged twice for {n}!",
                ),
                answers=(
                    "I see {n}, checking the payment.",
                    "Recalculated: the rest is refunded today, the discount is in.",
                ),
                request="Payment for {n}: discount or charged twice",
                done="Checked with the bank, recalculated",
                result="The rest is refunded today",
                praise=("Sorted at once, thanks.",),
                complaint=("I never got the discount back.",),
            ),
        },
    ),
    Theme(
        begins=0.12,
        ends=0.08,
        ease=-0.10,
        reasons=(Reason.PRODUCT, Reason.NOT_SOLVED),
        lines={
            "ru": Lines(
                asks=(
                    "В заказе {n} разбитая чашка, фото приложу.",
                    "Прислали не тот цвет, заказ {n}.",
                ),
                answers=(
                    "Очень жаль! Оформляю замену по заказу {n}.",
                    "Новую отправим завтра, старую возвращать не нужно.",
                ),
                request="Брак или не тот товар, заказ {n}",
                done="Оформлена замена без возврата",
                result="Новый товар уйдёт завтра",
                praise=("Заменили без лишних вопросов.",),
                complaint=("Второй раз приходит битое.",),
            ),
            "en": Lines(
                asks=(
                    "There is a broken cup in order {n}, I have a photo.",
                    "Wrong colour in order {n}.",
                ),
                answers=(
                    "So sorry! I am arranging a replacement for {n}.",
                    "A new one leaves tomorrow; no need to send the old one back.",
                ),
                request="Broken or wrong item, order {n}",
                done="Replacement arranged, nothing to return",
                result="The new item leaves tomorrow",
                praise=("Replaced without any fuss.",),
                complaint=("Broken for the second time.",),
            ),
        },
    ),
    Theme(  # grows since the last release of the shop's app
        begins=0.04,
        ends=0.22,
        ease=-0.22,
        reasons=(Reason.PRODUCT,),
        lines={
            "ru": Lines(
                asks=(
                    "После обновления приложение закрывается, не могу оплатить {n}.",
                    "Приложение не открывает корзину, ошибка на весь экран.",
                ),
                answers=(
                    "Спасибо, что написали. Разработчики уже чинят, пока можно через сайт.",
                    "Оформили заказ {n} за вас, ссылка на оплату придёт сообщением.",
                ),
                request="Приложение закрывается после обновления",
                done="Заказ оформлен вручную, ошибка передана разработчикам",
                result="Клиент оплатил через сайт",
                praise=("Помогли оформить без приложения, спасибо!",),
                complaint=("Приложение сломано вторую неделю.", "Опять ошибка, уйду к другим."),
            ),
            "en": Lines(
                asks=(
                    "Since the update the app closes, I cannot pay for {n}.",
                    "The app does not open my basket, just an error.",
                ),
                answers=(
                    "Thank you for telling us. It is being fixed; the website works meanwhile.",
                    "I placed order {n} for you; the payment link comes by message.",
                ),
                request="The app closes after the update",
                done="Order placed by hand, error passed to the developers",
                result="The customer paid on the website",
                praise=("Helped me order without the app, thanks!",),
                complaint=("The app has been broken for two weeks.", "An error again, enough."),
            ),
        },
    ),
)

THANKS = {
    "ru": ("Спасибо!", "Понятно, жду.", "Хорошо, спасибо большое.", "Ок"),
    "en": ("Thank you!", "Got it, waiting.", "Great, thanks a lot.", "Ok"),
}
FOLLOW_UPS = {
    "ru": ("Извинились, вернули стоимость доставки", "Позвонили, отправили замену сегодня"),
    "en": ("Apologised, refunded the delivery", "Called, sent a replacement today"),
}
SPAM = {
    "ru": "Заработок от 5000 в день, пишите в личку!",
    "en": "Earn $500 a day, message me!",
}
