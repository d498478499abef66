"""A conversation as it is at its closing, for stories that begin there."""

from desk import surveys
from playground.people import Account
from storage.models import ContentKind, Conversation, ConversationState, Message, Outcome
from tests.conftest import Desk

ASKED, ANSWERED = "Where is my receipt?", "It is on its way."


async def closed(
    desk: Desk,
    customer: Account,
    operator: Account | None,
    *,
    outcome: Outcome = Outcome.SOLVED,
    said: tuple[str, str] = (ASKED, ANSWERED),
) -> int:
    """The customer asked, the operator (if any) answered and closed; its number."""
    if not customer.received:
        await customer.starts()
    asker = await desk.person(customer)
    by = await desk.person(operator) if operator else None
    async with desk.database.writing() as tx:
        conversation = await tx.conversations.add(
            Conversation(
                customer_id=asker.id,
                holder_id=by.id if by else None,
                last_answer_by_id=by.id if by else None,
                closed_by_id=by.id if by else None,
                state=ConversationState.CLOSED,
                outcome=outcome,
                opened_at=desk.now,
                closed_at=desk.now,
            )
        )
        authors = [asker, by] if by else [asker]
        for number, (author, words) in enumerate(zip(authors, said, strict=False)):
            await tx.messages.add(
                Message(
                    conversation_id=conversation.id,
                    author_id=author.id,
                    from_customer=author is asker,
                    sent_at=desk.now,
                    kind=ContentKind.TEXT,
                    text=words,
                    telegram_message_id=10_000 * conversation.id + number,
                )
            )
        rules = desk.settings.rules()
        await surveys.ask(tx, conversation=conversation, rules=rules, now=desk.now)
    await desk.settles()
    return conversation.id
