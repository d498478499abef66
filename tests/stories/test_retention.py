"""Each night what was kept long enough goes, a little at a time; figures stay as they were."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import retention
from storage.models import (
    Alert,
    Appeal,
    AppealKind,
    AppealState,
    Base,
    Conversation,
    Delivery,
    HandledUpdate,
    Job,
    KpiPlan,
    Message,
    PlanRemark,
    PlanState,
    Survey,
    SurveyTap,
    Wait,
)
from tests.conftest import Desk
from tests.stories.closed import closed

RECORDS = (Conversation, Message, Survey, SurveyTap, Wait, Alert)


async def count(desk: Desk, kind: type[Base], *where: Any) -> int:
    async with desk.database.reading() as tx:
        counted = await tx._session.scalar(select(func.count()).select_from(kind).where(*where))
    return int(counted or 0)


async def records(desk: Desk) -> list[int]:
    return [await count(desk, kind) for kind in RECORDS]


async def rated(desk: Desk) -> None:
    """A conversation, a good rating and a comment."""
    await desk.supervisor("Vera")
    anna = desk.customer("Anna")
    await closed(desk, anna, await desk.operator("Boris"))
    await anna.taps("5 ☆")
    await anna.types("Very good, call 555-0100")


async def nights(desk: Desk, number: int) -> None:
    """One after the other, as the clock passes them."""
    for _ in range(number):
        await desk.passes(timedelta(days=1))
        await desk.settles()


async def test_the_houses_own_notes_go_and_no_record_does(desk: Desk) -> None:
    await rated(desk)
    before = await records(desk)
    settled = await count(desk, Delivery, Delivery.settled_at.is_not(None))
    assert settled
    assert await count(desk, HandledUpdate)
    await nights(desk, 5)
    assert await count(desk, HandledUpdate) == 0
    assert await count(desk, Delivery, Delivery.settled_at.is_not(None)) >= settled
    await desk.passes(timedelta(days=28))
    await nights(desk, 2)
    old = desk.now - timedelta(days=31)
    assert await count(desk, Delivery, Delivery.settled_at < old) == 0
    assert await count(desk, Job, Job.done_at < old) == 0
    assert await records(desk) == before
    assert await count(desk, Message, Message.text != "") > 0  # kept for ever, unless told


@pytest.mark.settings(keep_texts=timedelta(days=30))
async def test_words_go_when_the_team_says_so_and_figures_do_not_change(desk: Desk) -> None:
    await rated(desk)
    before, stars = await records(desk), await given(desk)
    async with desk.database.writing() as tx:
        plan = await tx.plans.add(
            KpiPlan(
                operator_id=1,
                proposed_by_id=1,
                state=PlanState.PROPOSED,
                content={},
                begun_at=desk.now,
            )
        )
        tx.plans.say(PlanRemark(plan_id=plan.id, author_id=1, text="Hm", at=desk.now))
        await tx.appeals.add(
            Appeal(
                kind=AppealKind.RATING,
                conversation_id=1,
                survey_id=1,
                operator_id=1,
                why="It was not me",
                state=AppealState.DECLINED,
                raised_at=desk.now,
            )
        )
    await desk.passes(timedelta(days=29))
    dora = desk.customer("Dora")
    await dora.types("Mine is open still")
    words = await count(desk, Message, Message.text != "")
    assert words > 2
    await nights(desk, 2)
    async with desk.database.reading() as tx:
        left = (await tx._session.scalars(select(Message.text).where(Message.text != ""))).all()
    assert list(left) == ["Mine is open still"]
    assert await count(desk, Appeal, Appeal.why != "") == 0
    assert await count(desk, PlanRemark, PlanRemark.text != "") == 0
    assert await given(desk) == stars
    assert [now >= was for now, was in zip(await records(desk), before, strict=True)] == [
        True
    ] * len(before)


async def test_little_by_little_and_the_rest_another_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BITE", 2)
    monkeypatch.setattr(retention, "FOUND", 5)
    monkeypatch.setattr(retention, "BREATH", 0)
    monkeypatch.setattr(retention, "ENOUGH", -1.0)  # after each bite: enough for this time
    async with desk.database.writing() as tx:
        for number in range(11):
            tx.updates.handled(7, number, desk.now - timedelta(days=9))
    await nights(desk, 1)
    assert await count(desk, HandledUpdate, HandledUpdate.bot_id == 7) == 0
    assert await count(desk, Job, Job.kind == retention.NAME) > 4


async def given(desk: Desk) -> list[int | None]:
    async with desk.database.reading() as tx:
        return list(await tx._session.scalars(select(Survey.stars).order_by(Survey.id)))
