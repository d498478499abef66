"""Figures and charts: asked for with /kpi, pushed once a week, explained figure by figure."""

from tests.conftest import Desk
from tests.stories.closed import closed


async def test_asked_for_the_picture_comes_with_its_figures(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")

    await boris.types("/kpi")

    assert boris.reads == (
        "Your week since 2 March: no score yet. Satisfied: 1 of 1, not enough data.\n"
        "Last week, 23 February – 1 March: no chats."
    )
    assert boris.last.buttons == [["How is this counted?"], ["Dark"]]
    assert boris.chat_actions == ["upload_photo"]
