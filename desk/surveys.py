"""The survey after a conversation: asking, rating, changing one's mind, own words."""

from datetime import datetime, timedelta

from desk import alerts, questions
from desk.refusals import NotYours, SurveyExpired, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import (
    Alert,
    ContentKind,
    Conversation,
    Message,
    NotSent,
    Outcome,
    Person,
    Question,
    Reason,
    Role,
    Survey,
    Urgency,
)

ONE_IN = timedelta(hours=24)
"""A customer gets at most one survey in this time."""
COMMENT_WITHIN = timedelta(minutes=10)
"""So long after a tap the customer's next words are the comment."""
PRAISE_FROM = 4
"""Stars an operator sees at once."""
CARD_HOLDS = 300
"""Characters of a comment a card shows; a longer one, or a voice, is passed on besides."""


async def ask(
    tx: UnitOfWork, *, conversation: Conversation, rules: Rules, now: datetime
) -> Survey | None:
    """Ask the customer of a conversation that has just been closed, or note why they are not.

    What was sent once is never sent again, however often the conversation is reopened. What was
    not sent may be now, if the reason is gone. None: a follow-up, which nobody is asked about.
    """
    survey = await tx.surveys.of_conversation(conversation.id)
    if conversation.follow_up_by_id is not None or (survey and survey.sent_at):
        return survey
    if survey is None:
        survey = Survey(conversation_id=conversation.id, customer_id=conversation.customer_id)
        await tx.surveys.add(survey)
    survey.operator_id = conversation.last_answer_by_id
    survey.not_sent = await _why_not(tx, conversation, now)
    if survey.not_sent is None:
        survey.sent_at, survey.expires_at = now, now + rules.survey_expires
        tx.cards.show(f"survey:{survey.id}", survey.customer_id, now, Urgency.SOON)
        await tx.timers.set("survey-expires", survey.id, survey.expires_at)
    return survey


async def _why_not(tx: UnitOfWork, conversation: Conversation, now: datetime) -> NotSent | None:
    if conversation.outcome is Outcome.SPAM:
        return NotSent.SPAM
    if conversation.outcome is Outcome.LEFT:
        return NotSent.LEFT
    if conversation.last_answer_by_id is None:
        return NotSent.NEVER_ANSWERED
    if await tx.surveys.sent_since(conversation.customer_id, now - ONE_IN):
        return NotSent.RECENT
    return None


async def rate(
    tx: UnitOfWork, *, survey_id: int, by: Person, stars: int, rules: Rules, now: datetime
) -> Survey:
    """Save the customer's stars. They may change them until the survey expires.

    The rating counts at its first tap with its last value; every tap is kept.
    """
    survey = await _to_answer(tx, survey_id, by, now)
    if not 1 <= stars <= 5:
        raise NotYours
    before = survey.stars
    survey.stars, survey.changed_at = stars, now
    survey.rated_at = survey.rated_at or now
    survey.lowest = min(stars, survey.lowest or stars)
    if stars > rules.negative_rating:
        survey.reasons = None
        await questions.choose(tx, survey, rules, now)
    elif survey.solved:  # not asked any more, and not what they mean now; a "not yet" may stand
        survey.solved = survey.solved_at = None
    _tapped(tx, survey, "stars", str(stars), now)
    await alerts.rated(tx, survey=survey, before=before, rules=rules, now=now)
    await show_operator(tx, survey, rules, now)
    return survey


async def tick(
    tx: UnitOfWork, *, survey_id: int, by: Person, reason: Reason, rules: Rules, now: datetime
) -> bool:
    """Tick what went wrong, or take the tick back. Whether it is ticked now."""
    survey = await _to_answer(tx, survey_id, by, now)
    if not is_negative(survey, rules):
        raise TooLate
    ticked = set(survey.reasons or []) ^ {reason.value}
    survey.reasons = [each.value for each in Reason if each.value in ticked]
    is_ticked = reason.value in ticked
    await questions.choose(tx, survey, rules, now)
    _tapped(tx, survey, "reason", reason.value if is_ticked else f"-{reason.value}", now)
    alert = await alerts.of_survey(tx, survey.id)
    if alert is not None:
        tx.cards.changed(alerts.subject(alert), now)
    return is_ticked


async def answer(
    tx: UnitOfWork,
    *,
    survey_id: int,
    by: Person,
    question: Question,
    said: int,
    rules: Rules,
    now: datetime,
) -> None:
    """The customer's own word on what they were asked; they may change it as the stars."""
    survey = await _to_answer(tx, survey_id, by, now)
    questions.put(survey, question, said, negative=is_negative(survey, rules), now=now)
    _tapped(tx, survey, question.value, questions.spelled(question, said), now)


async def awaits_comment(tx: UnitOfWork, customer: Person, now: datetime) -> Survey | None:
    """Whose comment a text or voice sent at `now` would be.

    A tap may overtake a message: words older than the tap are about something else. So are words
    after somebody of the team wrote since the tap: they are the answer.
    """
    survey = await tx.surveys.awaiting_comment(customer.id, now)
    if survey is None or survey.comment_until is None:
        return None
    tapped_at = survey.comment_until - COMMENT_WITHIN
    if now < tapped_at.replace(microsecond=0):  # Telegram's dates are whole seconds
        return None
    current = await tx.conversations.open_of(customer.id)
    written = current.last_out_at if current else None
    return None if written is not None and written > tapped_at else survey


async def comment(
    tx: UnitOfWork, *, survey: Survey, message: Message, now: datetime, rules: Rules
) -> None:
    """The customer's own words beside their stars; supervisors of an alert hear of them."""
    await tx.conversations.lock(survey.conversation_id)
    await tx.surveys.lock(survey.id)
    message.conversation_id = survey.conversation_id
    survey.comment_until = None
    said = await tx.surveys.add_comment(survey.id, message.id, now)
    tx.cards.show(f"comment:{said.id}", survey.customer_id, now, Urgency.SOON)
    aloud = is_aloud(message)
    await alerts.commented(tx, survey=survey, message=message, aloud=aloud, now=now)
    await show_operator(tx, survey, rules, now)


async def reworded(tx: UnitOfWork, *, message: Message, rules: Rules, now: datetime) -> None:
    """The customer corrected their comment: no sound, but the team reads what it is now.

    What has become too long for a card is passed on besides.
    """
    survey = await tx.surveys.of_comment(message.id)
    if survey is None:
        return
    await alerts.reworded(tx, survey=survey, message=message, aloud=is_aloud(message), now=now)
    await show_operator(tx, survey, rules, now)


def is_aloud(message: Message) -> bool:
    """Whether a card cannot hold the words, so that they are passed on themselves."""
    return message.kind is not ContentKind.TEXT or len(message.text) > CARD_HOLDS


async def expire(tx: UnitOfWork, survey_id: int, rules: Rules, now: datetime) -> None:
    """Answers are closed from now on, and the operator may see them."""
    found = await tx.surveys.get(survey_id)
    if found is None:
        return
    await tx.conversations.lock(found.conversation_id)
    survey = await tx.surveys.lock(survey_id)
    if survey is None or survey.expired or survey.expires_at is None or now < survey.expires_at:
        return
    survey.expired, survey.comment_until = True, None
    tx.cards.changed(f"survey:{survey.id}", now)
    await show_operator(tx, survey, rules, now)


async def show_again_after_outage(
    tx: UnitOfWork, *, since: datetime, until: datetime, now: datetime
) -> int:
    """Telegram keeps a tap only minutes: whoever's survey was open while we were away, and is
    unanswered, gets its card once more. How many did."""
    lost = [
        survey
        for survey in await tx.surveys.unanswered(since, until)
        if survey.expires_at is not None and now < survey.expires_at
    ]
    for survey in lost:
        await tx.cards.show_anew(f"survey:{survey.id}", survey.customer_id, now, Urgency.SOON)
    return len(lost)


def is_negative(survey: Survey, rules: Rules) -> bool:
    return survey.stars is not None and survey.stars <= rules.negative_rating


def may_be_seen(survey: Survey, alert: Alert | None, rules: Rules) -> bool:
    """Whether the operator may see the rating as it is: praise at once, the rest once it can no
    longer be changed or its alert was seen to, so that nobody asks a customer to change it."""
    if survey.stars is None:
        return False
    praise = survey.stars >= PRAISE_FROM and not is_negative(survey, rules)
    return praise or survey.expired or (alert is not None and alert.done_at is not None)


async def show_operator(tx: UnitOfWork, survey: Survey, rules: Rules, now: datetime) -> None:
    """Have the operator see the rating, if they may; what they saw before stays otherwise."""
    alert = await tx.alerts.of_survey(survey.id)
    if survey.operator_id is None or not may_be_seen(survey, alert, rules):
        return
    operator = await tx.people.one(survey.operator_id)
    if not operator.may(Role.OPERATOR):
        return  # they have left the team
    about = f"praise:{survey.id}"
    tx.cards.show(about, operator.id, now, Urgency.SOON)
    tx.cards.changed(about, now)
    for message in await tx.surveys.comments(survey.id):
        if is_aloud(message):
            alerts.pass_on(tx, message, operator, about, now)


def _tapped(tx: UnitOfWork, survey: Survey, question: str, value: str, now: datetime) -> None:
    tx.surveys.note_tap(survey.id, question, value, now)
    survey.comment_until = now + COMMENT_WITHIN
    tx.cards.changed(f"survey:{survey.id}", now)


async def _to_answer(tx: UnitOfWork, survey_id: int, by: Person, now: datetime) -> Survey:
    """The customer's own survey, still open, locked after its conversation."""
    found = await tx.surveys.to_answer(survey_id)
    if found is None or found.customer_id != by.id or found.sent_at is None:
        raise NotYours
    await tx.conversations.lock(found.conversation_id)
    survey = await tx.surveys.lock(survey_id)
    if survey is None or survey.expires_at is None:
        raise NotYours
    if now >= survey.expires_at:
        raise SurveyExpired
    return survey
