"""A conversation as each of the team sees it: offered, theirs, somebody else's, over."""

from aiogram.types import InlineKeyboardButton

from desk import afterwards, conversations, diary
from desk.handover import LONGEST_NOTE
from desk.relays import TOGETHER
from handlers.callbacks import (
    AnswerTap,
    CloseAskTap,
    CloseTap,
    HandOverTap,
    HistoryTap,
    MoreTap,
    OnlyThanksTap,
    PriorityAskTap,
    TakeTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens.screen import Look, Screen
from i18n import Texts
from i18n.texts import Html, shorten
from storage.database import UnitOfWork
from storage.models import (
    ContentKind,
    Conversation,
    ConversationState,
    EventKind,
    Message,
    Outcome,
    Person,
    Priority,
    Role,
)
from storage.traces import NOBODY

NAME = 64
VOICE_HOLDS = 3_000
"""Characters shown of what was said: ten minutes may be more, and can be listened to."""
WORDS = 10
"""Messages quoted in an offer; all of them come with Take."""
TAKEN = (
    EventKind.TAKEN,
    EventKind.HANDED_OVER,
    EventKind.REOPENED,
)
"""From when somebody holds a conversation."""
HANDED = (EventKind.HANDED_OVER, EventKind.QUEUED, EventKind.REOPENED)
"""With what it came to whoever has it now."""


async def screen(look: Look, number: int) -> Screen | None:
    """None for who is no longer of the team."""
    conversation = await look.tx.conversations.one(number)
    if not look.reader.may(Role.OPERATOR):
        return None
    if conversation.state is ConversationState.WAITING:
        return await _offer(look, conversation)
    if conversation.follow_up_by_id == look.reader.id:
        return await _follow_up(look, conversation)
    if conversation.state is ConversationState.CLOSED or conversation.follow_up_by_id is not None:
        return await _closed(look, conversation)
    if conversation.holder_id == look.reader.id:
        return await _held(look, conversation)
    return await _taken(look, conversation)


async def unattended(look: Look, number: int) -> Screen | None:
    """For supervisors: somebody waits and nobody is on shift."""
    conversation = await look.tx.conversations.one(number)
    if not look.reader.is_supervisor:
        return None
    if conversation.state is ConversationState.CLOSED:
        return await _closed(look, conversation)
    if conversation.state is ConversationState.HELD:
        return await _taken(look, conversation)
    offer = await _offer(look, conversation)
    if await look.tx.people.on_shift():
        return offer
    title = look.texts("conversation-unattended", number=number)
    return Screen(look.texts.lines(title, *offer.html.split("\n")[1:]), offer.keyboard)


async def nudge(look: Look, wait_id: int) -> Screen | None:
    """For the operator: most of the reply limit is gone. None once there is nothing to answer."""
    wait = await look.tx.waits.one(wait_id)
    conversation = await look.tx.conversations.one(wait.conversation_id)
    if wait.ended_at is not None or conversation.holder_id != look.reader.id:
        return None
    customer = await look.tx.people.one(conversation.customer_id)
    text = look.texts(
        "conversation-nudge",
        number=conversation.id,
        customer=shorten(customer.name, NAME),
        since=look.bound(wait.started_at),
        due=look.bound(wait.due_at),
    )
    label = look.texts.plain("conversation-answer")
    tap = AnswerTap(conversation_id=conversation.id)
    return Screen(text, keyboard([button(label, tap, primary=True)]))


async def closing(look: Look, number: int) -> Screen | None:
    """For whoever wants to close it: how does it end? None once that is not theirs to say.

    It means the current conversation; the others they hold are a button away.
    """
    tx, texts = look.tx, look.texts
    conversation = await tx.conversations.one(number)
    if not (conversation.is_open and conversations.may_decide(conversation, look.reader)):
        return None
    row = [
        button(
            texts.plain("conversation-outcome-button", outcome=outcome.value),
            CloseTap(conversation_id=number, outcome=outcome),
            primary=outcome is Outcome.SOLVED,
        )
        for outcome in (Outcome.SOLVED, Outcome.NOT_SOLVED, Outcome.SPAM)
    ]
    others = [
        [await close_label(tx, texts, other)]
        for other in await tx.conversations.held_by(look.reader.id)
        if other.id != number and other.follow_up_by_id is None
    ]
    customer = await tx.people.one(conversation.customer_id)
    name = shorten(customer.name, NAME)
    asked = texts("conversation-close-how", number=number, customer=name)
    return Screen(asked, keyboard(row, *others))


async def close_label(
    tx: UnitOfWork, texts: Texts, conversation: Conversation
) -> InlineKeyboardButton:
    customer = await tx.people.one(conversation.customer_id)
    label = texts.plain("conversation-label", number=conversation.id, customer=customer.name)
    return button(label, CloseAskTap(conversation_id=conversation.id))


async def more(look: Look, number: int) -> Screen | None:
    """For whoever answers: so much came at once that the rest is kept. None once it is read."""
    texts = look.texts
    conversation = await look.tx.conversations.one(number)
    kept = await look.tx.held_back.count(number)
    if not kept or not conversation.is_open or conversation.holder_id != look.reader.id:
        return None
    customer = await look.tx.people.one(conversation.customer_id)
    html = texts(
        "conversation-more", number=number, customer=shorten(customer.name, NAME), count=kept
    )
    following = texts.plain("conversation-more-button", count=min(kept, TOGETHER))
    row = [
        button(following, MoreTap(conversation_id=number), primary=True),
        button(texts.plain("conversation-history-button"), HistoryTap(conversation_id=number)),
    ]
    return Screen(html, keyboard(row))


async def _offer(look: Look, conversation: Conversation) -> Screen:
    texts = look.texts
    title = texts(
        "conversation-offer",
        number=conversation.id,
        kind="again" if conversation.taken_at or conversation.reopened else "new",
    )
    waiting = await look.tx.messages.unanswered(conversation.id, WORDS)
    words = "\n".join(words_of(texts, message) for message in waiting)
    html = texts.lines(
        title,
        texts.quote(words) if words else None,
        *await _glance(look, conversation),
        await _waits(look, conversation),
        await _note(look, conversation),
    )
    if conversation.customer_id == look.reader.id:
        return Screen(html)
    take = TakeTap(conversation_id=conversation.id)
    rows = [[button(texts.plain("conversation-take"), take, primary=True)]]
    if look.reader.is_supervisor:
        rows.append(_settings(texts, conversation.id))
    return Screen(html, keyboard(*rows))


async def _held(look: Look, conversation: Conversation) -> Screen:
    texts = look.texts
    html = texts.lines(
        texts("conversation-held", number=conversation.id),
        *await _glance(look, conversation),
        await _waits(look, conversation),
        await _note(look, conversation),
    )
    thanks = await afterwards.can_be_thanks(look.tx, conversation)
    return Screen(html, keyboard(*_buttons(texts, conversation.id, thanks=thanks)))


def _buttons(texts: Texts, number: int, *, thanks: bool) -> list[list[InlineKeyboardButton]]:
    outcomes = (Outcome.SOLVED, Outcome.NOT_SOLVED, Outcome.SPAM)
    rows = [
        [
            button(
                texts.plain("conversation-answer"), AnswerTap(conversation_id=number), primary=True
            )
        ],
        [
            button(
                texts.plain("conversation-outcome-button", outcome=outcome.value),
                CloseTap(conversation_id=number, outcome=outcome),
            )
            for outcome in outcomes
        ],
        _settings(texts, number),
    ]
    if thanks:
        label = texts.plain("conversation-only-thanks")
        rows.insert(1, [button(label, OnlyThanksTap(conversation_id=number))])
    return rows


def _settings(texts: Texts, number: int) -> list[InlineKeyboardButton]:
    return [
        button(texts.plain("conversation-hand-over"), HandOverTap(conversation_id=number)),
        button(texts.plain("conversation-priority"), PriorityAskTap(conversation_id=number)),
        button(texts.plain("conversation-history-button"), HistoryTap(conversation_id=number)),
    ]


async def _taken(look: Look, conversation: Conversation) -> Screen:
    """Somebody else answers; supervisors see the wait, and may give it to another."""
    texts = look.texts
    name = await _name(look, conversation.holder_id)
    event = await look.tx.conversations.last_event(conversation.id, *TAKEN)
    since = event.at if event else conversation.opened_at
    title = texts(
        "conversation-taken", number=conversation.id, name=name or "", since=look.bound(since)
    )
    if not look.reader.is_supervisor or conversation.customer_id == look.reader.id:
        return Screen(title)
    html = texts.lines(title, *await _glance(look, conversation), await _waits(look, conversation))
    return Screen(html, keyboard(_settings(texts, conversation.id)))


async def _follow_up(look: Look, conversation: Conversation) -> Screen:
    texts = look.texts
    html = texts.lines(
        texts("conversation-follow-up", number=conversation.id),
        *await _glance(look, conversation),
        texts("conversation-follow-up-how"),
    )
    number = conversation.id
    row = [
        button(
            texts.plain("conversation-answer"), AnswerTap(conversation_id=number), primary=True
        ),
        button(texts.plain("conversation-history-button"), HistoryTap(conversation_id=number)),
    ]
    return Screen(html, keyboard(row))


async def _closed(look: Look, conversation: Conversation) -> Screen:
    assert conversation.closed_at is not None
    outcome = conversation.outcome or Outcome.NOT_SOLVED
    by = await _name(look, conversation.closed_by_id)
    return Screen(
        look.texts(
            "conversation-closed",
            number=conversation.id,
            outcome=outcome.value,
            by="nobody" if by is None else "somebody",
            name=by or "",
            at=look.moment(conversation.closed_at),
        )
    )


async def _glance(look: Look, conversation: Conversation) -> list[Html | None]:
    """Who it is: their name, how often they wrote before, their last rating, the diary."""
    texts, tx = look.texts, look.tx
    customer: Person = await tx.people.one(conversation.customer_id)
    stars = await tx.conversations.last_stars(
        customer.id, look.now, shown_to_operators=not look.reader.is_supervisor
    )
    line = await diary.last_line(tx, customer.id)
    priority = conversation.priority
    return [
        texts(
            "conversation-customer",
            customer=shorten(customer.name, NAME),
            count=await tx.conversations.count_of(customer.id) - 1,
            stars=stars or 0,
        ),
        texts("conversation-diary", line=line) if line else None,
        None
        if priority is Priority.NORMAL
        else texts("conversation-priority-line", priority=priority.value),
    ]


async def _waits(look: Look, conversation: Conversation) -> Html | None:
    """Since when the customer waits and by when to answer; or when they were answered."""
    wait = await look.tx.waits.open_in(conversation.id)
    if wait is not None:
        return look.texts(
            "conversation-waits",
            since=look.bound(wait.started_at),
            due=look.bound(wait.due_at),
        )
    if conversation.last_out_at is None:
        return None
    return look.texts("conversation-answered", at=look.moment(conversation.last_out_at))


async def _note(look: Look, conversation: Conversation) -> Html | None:
    """The words that came with the last hand-over, for whoever answers now."""
    last = await look.tx.conversations.last_event(conversation.id, *HANDED)
    if last is None or not last.text:
        return None
    name = await _name(look, last.by_id)
    note = look.texts("conversation-note", name=name or "")
    return look.texts.lines(note, look.texts.quote(last.text, at_most=LONGEST_NOTE))


async def _name(look: Look, person_id: int | None) -> str | None:
    if person_id is None:
        return None
    return shorten((await look.tx.people.one(person_id)).shown_name, NAME)


async def heard(look: Look, message_id: int) -> Screen | None:
    """What a customer's voice says, for whoever answers it. None for who is no longer one."""
    message = await look.tx.messages.one(message_id)
    if not look.reader.may(Role.OPERATOR):
        return None
    name = shorten((await look.tx.people.one(message.author_id)).shown_name, NAME) or NOBODY
    said = look.texts.quote(message.heard or NOBODY, at_most=VOICE_HOLDS)
    return Screen(look.texts.lines(look.texts("conversation-heard", name=name), said))


def words_of(texts: Texts, message: Message) -> str:
    """What somebody wrote as plain words; a picture is named, and its caption kept."""
    if message.kind is ContentKind.TEXT:
        return message.text or NOBODY  # deleted with its author's data
    kind = texts.plain("survey-kind", kind=message.kind.value)
    return f"[{kind}] {message.heard or message.text}".rstrip()
