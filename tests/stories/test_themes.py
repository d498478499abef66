"""What customers write beside their stars, as supervisors see it; the team's own words."""

from datetime import timedelta

from playground.people import Account
from tests.conftest import Desk
from tests.stories.closed import closed

LOST = ("The box was crushed", "A wet box again", "My box is torn", "Where is that box?")


async def comments(desk: Desk, operator: Account, *said: str, stars: int = 3) -> None:
    for number, words in enumerate(said):
        customer = desk.customer(f"Customer {number}")
        await closed(desk, customer, operator)
        await customer.taps(f"{stars} ☆")
        await customer.types(words)


async def reads_themes(desk: Desk, supervisor: Account) -> None:
    await supervisor.types("/report")
    await supervisor.taps("Themes of comments")


async def a_week_later(desk: Desk) -> None:
    await desk.passes(timedelta(weeks=1))


async def test_themes_are_counted_and_so_is_what_has_none(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await comments(desk, boris, "The courier was late and rude", "Slow courier", "Hm", *LOST)
    await a_week_later(desk)
    await reads_themes(desk, vera)
    assert vera.reads.startswith("Themes of comments, 9 February – 8 March")
    assert "\nDelivery: 2 (29%)\n" in vera.reads
    assert "\nManner: 1 (14%)\n" in vera.reads
    assert "Without a theme: 4 of 7 comments" in vera.reads
    assert "Tone −1.0, from −1 to +1, of 3 comments that sound either way" in vera.reads

    await vera.taps("Delivery")
    assert "Delivery: 2 comments" in vera.reads
    assert (
        "No. 1 · 3 ★ · 2 March, 10:00\nThe courier was late and rude\nFound: courier" in vera.reads
    )
    await vera.taps("No. 1")
    assert vera.reads.startswith("History, No. 1\n")


async def test_a_word_without_a_theme_is_added_in_one_tap(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await comments(desk, boris, "The courier threw the box", *LOST)
    await a_week_later(desk)
    await reads_themes(desk, vera)
    await vera.taps("Words without a theme: 1")
    assert vera.last.buttons[0] == ["box (3) → Delivery", "Elsewhere…"]
    await vera.taps("box (3) → Delivery")
    assert vera.toasts[-1] == "box → Delivery"
    assert "There are no such words now." in vera.reads
    await vera.taps("‹ All themes")
    assert "Delivery: 5 (100%)" in vera.reads
    assert "Without a theme: 0 of 5 comments" in vera.reads

    await vera.taps("Delivery")
    await vera.taps("Words of the theme")
    await vera.taps("✕ box")
    assert "box" not in vera.reads
    await vera.taps("‹ All themes")
    assert "Delivery: 1 (20%)" in vera.reads


async def test_a_theme_of_ones_own_and_words_that_are_typed(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await comments(desk, boris, *LOST)
    await a_week_later(desk)
    await reads_themes(desk, vera)
    await vera.taps("Words without a theme: 1")
    await vera.taps("Elsewhere…")
    assert vera.reads == "Where does “box” belong?"
    await vera.taps("A theme of its own: box")
    await vera.taps("‹ All themes")
    assert "Box: 4 (100%)" in vera.reads
    await vera.taps("Box")
    await vera.taps("Words of the theme")
    await vera.taps("Add words")
    await vera.sends_sticker()
    assert vera.reads.startswith("A word, please")
    await vera.types("!!!")
    assert vera.reads.startswith("A word, please")
    await vera.types("Crushed")
    assert vera.reads.startswith("Box is found by: box, crush.")


async def test_themes_are_supervisors_and_no_made_up_button_changes_them(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await boris.taps_data("themes:ask:0:0")
    assert boris.toasts[-1].startswith("That is for another role")
    await reads_themes(desk, vera)
    assert "There were no comments." in vera.reads
    for data in ("themes:add:1:2", "themes:drop:1:2", "themes:write:1:0", "themes:weeks:3:0"):
        await vera.taps_data(data)
        assert vera.toasts[-1].startswith(("This button is not for you", "Too late"))
    await vera.taps_data("themes:list:1:0")
    assert vera.reads == "There are no such words now."


async def test_in_the_weeks_digest_stands_what_grows(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris", "ru"), await desk.supervisor("Вера", "ru")
    for week in range(3):
        calm = [f"Всё понятно, спасибо {number}" for number in range(10)]
        lost = ["Курьер не приехал"] * 10
        await comments(desk, boris, *(lost if week == 2 else calm), stars=5)
        await a_week_later(desk)
    digest = vera.finds("Больше комментариев на темы")
    assert "Доставка: 10 (100 %), обычно 0 %, растёт" in digest.words
    await vera.taps("Темы комментариев", digest)
    assert "Доставка: 10 (" in vera.reads
    assert vera.reads.startswith("Темы комментариев, ")
