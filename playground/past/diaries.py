"""What operators wrote down."""

from datetime import datetime, timedelta

from desk.diary_content import Content
from playground.past.people import OPERATORS
from playground.past.themes import THEMES
from playground.past.world import WEEKS, Chatted, World
from storage.models import Channel, DiaryEntry, DiaryStatus, DiaryVersion, Outcome


def after_chat(world: World, chatted: Chatted) -> None:
    row, lines = chatted.row, chatted.lines
    saved = chatted.closed + timedelta(seconds=world.dice.randint(30, 400))
    if saved > world.now:
        return
    pleased = chatted.satisfied or world.dice.random() < 0.25
    solved = row.outcome is Outcome.SOLVED
    content = Content(
        at=row.opened_at,
        channel=Channel.TELEGRAM,
        customer_id=row.customer_id,
        customer_name=chatted.by.customer.name,
        request=lines.request.format(n=chatted.order),
        done=lines.done,
        result=lines.result if solved else "",
        mood=world.dice.choices((5, 4, 3), (3, 5, 2))[0]
        if pleased
        else world.dice.choices((3, 2, 1), (4, 4, 2))[0],
        status=DiaryStatus.DONE if solved else DiaryStatus.OPEN,
    )
    operator = row.closed_by_id or row.holder_id
    assert operator is not None
    _entry(world, content, operator, saved, row.id)


def calls_and_visits(world: World) -> None:
    """What did not come by Telegram: a few each week."""
    elsewhere = (Channel.PHONE, Channel.EMAIL, Channel.VISIT)
    for number, strengths in OPERATORS.items():
        for ago in range(WEEKS, -1, -1):
            for _ in range(world.dice.randint(2, 5)):
                customer = world.somebody(strengths.language)
                at = world.moment(ago, customer)
                saved = at + timedelta(minutes=world.dice.randint(5, 40))
                lines = world.dice.choice(THEMES).lines[strengths.language]
                content = Content(
                    at=at,
                    channel=world.dice.choices(elsewhere, (7, 2, 1))[0],
                    customer_name=customer.name,
                    request=lines.request.format(n=world.dice.randint(3100, 4900)),
                    done=lines.done,
                    result=lines.result,
                    mood=world.dice.choice((3, 4, 4, 5)),
                    status=DiaryStatus.DONE,
                )
                if saved < world.now:
                    _entry(world, content, world.people[number], saved, None)


def _entry(
    world: World, content: Content, operator: int, saved: datetime, conversation: int | None
) -> None:
    entry = DiaryEntry(
        id=world.next(DiaryEntry),
        conversation_id=conversation,
        operator_id=operator,
        saved_at=saved,
        first_saved_at=saved,
        version=1,
    )
    content.put_into(entry)
    world.keep(entry)
    world.keep(
        DiaryVersion(
            id=world.next(DiaryVersion),
            entry_id=entry.id,
            version=1,
            content=content.to_json(),
            saved_at=saved,
            saved_by_id=operator,
        )
    )
