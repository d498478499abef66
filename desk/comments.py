"""Words taken for a comment that were meant as a question."""

from datetime import datetime

from desk import conversations, messages, offers
from desk.refusals import NotYours
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Conversation, Person


async def are_a_question(
    tx: UnitOfWork, *, comment_id: int, by: Person, rules: Rules, now: datetime
) -> Conversation:
    """The customer says so: the words go where a message of this moment would, to be answered."""
    comment = await tx.surveys.comment(comment_id)
    survey = await tx.surveys.get(comment.survey_id) if comment else None
    if comment is None or survey is None or survey.customer_id != by.id:
        raise NotYours
    if by.banned_at is not None:
        raise NotYours
    await tx.conversations.lock(survey.conversation_id)
    message = await tx.messages.one(comment.message_id)
    await tx.surveys.drop_comment(comment_id)
    tx.cards.changed(f"comment:{comment_id}", now)
    alert = await tx.alerts.of_survey(survey.id)
    if alert is not None:
        tx.cards.changed(f"alert:{alert.id}", now)
    tx.cards.changed(f"praise:{survey.id}", now)
    current = await tx.conversations.open_of(by.id)
    if current is not None:
        message.conversation_id = current.id
        await messages.arrived(tx, conversation=current, message=message, rules=rules, now=now)
        return current
    new = await conversations.begin(tx, customer=by, at=now, rules=rules, now=now)
    message.conversation_id = new.id
    await offers.make(tx, conversation=new, new=True, now=now)
    return new
