"""A rating as the team reads it: its operator's card, and the parts an alert shares with it."""

from collections.abc import Sequence

from desk.surveys import CARD_HOLDS, PRAISE_FROM, may_be_seen
from handlers.screens.screen import Look, Screen
from i18n import Texts
from storage.models import ContentKind, Message, Role, Survey

COMMENTS = 2
"""So many comments a card shows, the newest; each has been a message of its own besides."""


async def praise(look: Look, survey_id: int) -> Screen | None:
    """The operator's card. A rating lowered while it can still be changed stays as it was seen."""
    texts, survey = look.texts, await look.tx.surveys.one(survey_id)
    alert = await look.tx.alerts.of_survey(survey_id)
    seen = may_be_seen(survey, alert, look.rules)
    stars = (survey.stars or 0) if seen else await _last_praise(look, survey)
    theirs = look.reader.id == survey.operator_id and look.reader.may(Role.OPERATOR)
    if not stars or not theirs:
        return None
    conversation = await look.tx.conversations.one(survey.conversation_id)
    customer = await look.tx.people.one(survey.customer_id)
    comments = await look.tx.surveys.comments(survey_id) if seen else []
    return Screen(
        texts.lines(
            title(texts, stars, conversation.id),
            texts("survey-rated-by", customer=customer.name),
            reasons_line(texts, survey) if seen else None,
            *quotes(texts, comments),
        )
    )


async def _last_praise(look: Look, survey: Survey) -> int:
    """What the operator was shown before the customer changed their mind; 0: nothing."""
    given = [int(value) for value in await look.tx.surveys.taps(survey.id, "stars")]
    praise_from = max(PRAISE_FROM, look.rules.negative_rating + 1)
    return next((stars for stars in reversed(given) if stars >= praise_from), 0)


def title(texts: Texts, stars: int, number: int, ending: str = "") -> str:
    row = "★" * stars + "☆" * (5 - stars)
    return texts("survey-rating-title", stars=stars, number=number, row=row, ending=ending)


def reasons_line(texts: Texts, survey: Survey) -> str | None:
    if not survey.reasons:
        return None
    said = [texts.plain("survey-reason-said", reason=reason) for reason in survey.reasons]
    return texts("survey-reasons", count=len(said), reasons=", ".join(said))


def quotes(texts: Texts, comments: Sequence[Message]) -> list[str]:
    return [texts.quote(in_a_line(texts, message), CARD_HOLDS) for message in comments[-COMMENTS:]]


def in_a_line(texts: Texts, message: Message) -> str:
    """A message as plain words: its text, and what it is if it is more than text."""
    if message.kind is ContentKind.TEXT:
        return message.text
    kind = texts.plain("survey-kind", kind=message.kind.value)
    return f"[{kind}] {message.heard or message.text}".strip()
