"""What a customer is asked after the stars: two questions at most, in a rotation the team sets.

Every customer goes through the rotation on their own, and they begin at different places of it:
so the team hears answers to all of it, and nobody is asked the same each time. What one survey
asks is written down when it is first of use, so its card asks the same whenever it is drawn.

Who was let down is asked what went wrong first. Once they have ticked something they are asked the
same as everybody, else these figures would hear only the pleased; but not whether it is solved,
which "not solved" among the reasons says.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from desk.refusals import NotYours, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Question, Survey

NPS_EVERY = timedelta(weeks=13)
"""A customer is asked at most once in this time whether they would recommend us."""

ANSWERS: Mapping[Question, range] = {
    Question.SOLVED: range(2),
    Question.SATISFIED: range(2),
    Question.PROFESSIONAL: range(2),
    Question.NPS: range(11),
    Question.CES: range(1, 8),
}
"""What may be tapped; of two, 1 is "yes"."""


def is_yes_or_no(question: Question) -> bool:
    return len(ANSWERS[question]) == 2


def spelled(question: Question, answer: int) -> str:
    """As a tap is kept."""
    return ("no", "yes")[answer] if is_yes_or_no(question) else str(answer)


async def choose(tx: UnitOfWork, survey: Survey, rules: Rules, now: datetime) -> None:
    """Write down what the survey asks, unless it is written."""
    if survey.questions is not None:
        return
    earlier = await tx.surveys.asked_before(survey.customer_id, survey.id)
    lately = any(
        Question.NPS in asked.split(",") and rated_at > now - NPS_EVERY
        for asked, rated_at in earlier
    )
    place = survey.customer_id + len(earlier)
    survey.questions = ",".join(turn(rules, place, with_nps=not lately))


def turn(rules: Rules, place: int, *, with_nps: bool) -> Sequence[Question]:
    """What is asked at a place of the rotation. Where NPS may not be, the next turn without it is
    taken; if there is none, the rest of this one."""
    turns = rules.survey_questions
    if not turns:
        return ()
    coming = [turns[(place + step) % len(turns)] for step in range(len(turns))]
    if with_nps:
        return coming[0]
    without = [each for each in coming if Question.NPS not in each]
    return without[0] if without else [each for each in coming[0] if each is not Question.NPS]


def asked(survey: Survey) -> Sequence[Question]:
    """What was written down, in order."""
    return [Question(each) for each in (survey.questions or "").split(",") if each]


def said(survey: Survey, question: Question) -> int | None:
    """The customer's answer as it is now; None: none yet."""
    answer: bool | int | None = getattr(survey, question.value)
    return None if answer is None else int(answer)


def shown(survey: Survey, *, negative: bool) -> Sequence[Question]:
    """What the card asks. After a bad rating nothing more until a reason is ticked, but what was
    answered can be changed."""
    found = [each for each in asked(survey) if not (negative and each is Question.SOLVED)]
    if negative and not survey.reasons:
        return [each for each in found if said(survey, each) is not None]
    return found


def put(survey: Survey, question: Question, answer: int, *, negative: bool, now: datetime) -> None:
    """Answer a question; like the stars it counts at its first answer with its last value."""
    if answer not in ANSWERS[question]:
        raise NotYours
    if survey.stars is None or question not in shown(survey, negative=negative):
        raise TooLate
    setattr(survey, question.value, bool(answer) if is_yes_or_no(question) else answer)
    moment = f"{question.value}_at"
    setattr(survey, moment, getattr(survey, moment) or now)
