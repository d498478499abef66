"""What a customer is asked after a conversation, and what they see of their answers."""

from aiogram.types import InlineKeyboardButton

from desk import questions
from desk.surveys import is_negative
from handlers.callbacks import (
    NoCommentTap,
    ReasonTap,
    SaidTap,
    StarTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens.screen import Look, Screen
from i18n import Texts
from storage.models import Question, Reason, Survey

TICK = "✓ "
WIDEST = 7
"""Buttons of a row that a thumb can tell apart."""


async def screen(look: Look, survey_id: int) -> Screen | None:
    texts, survey = look.texts, await look.tx.surveys.one(survey_id)
    if survey.expires_at is None or survey.operator_id is None:
        return None
    if survey.expired or look.now >= survey.expires_at:
        return Screen(_thanks(texts, survey) if survey.stars else texts("survey-closed"))
    if survey.stars is None:
        operator = await look.tx.people.one(survey.operator_id)
        question = texts("survey-question", operator=operator.shown_name)
        return Screen(question, keyboard(star_row(survey)))
    negative = is_negative(survey, look.rules)
    shown = questions.shown(survey, negative=negative)
    rows = [star_row(survey), *(reason_rows(texts, survey) if negative else ())]
    for each in shown:
        rows += answer_rows(texts, survey, each)
    more = (
        texts("survey-sorry")
        if negative
        else texts("survey-changeable", until=_until(look, survey))
    )
    asked = texts.lines(*(texts(f"survey-asks-{each.value}") for each in shown))
    html = texts.lines(_thanks(texts, survey), more, asked and f"\n{asked}")
    return Screen(html, keyboard(*rows))


async def comment(look: Look, comment_id: int) -> Screen | None:
    """That their words are kept, and a way out if they were meant otherwise."""
    if await look.tx.surveys.comment(comment_id) is None:
        return None
    question = button(look.texts.plain("survey-no-comment"), NoCommentTap(comment_id=comment_id))
    return Screen(look.texts("survey-comment-kept"), keyboard([question]))


def star_row(survey: Survey) -> list[InlineKeyboardButton]:
    return [
        button(
            f"{n} {'★' if n <= (survey.stars or 0) else '☆'}",
            StarTap(survey_id=survey.id, stars=n),
        )
        for n in range(1, 6)
    ]


def reason_rows(texts: Texts, survey: Survey) -> list[list[InlineKeyboardButton]]:
    ticked = survey.reasons or []
    buttons = [
        button(
            (TICK if each in ticked else "") + texts.plain("survey-reason", reason=each.value),
            ReasonTap(survey_id=survey.id, reason=each),
        )
        for each in Reason
    ]
    return [buttons[n : n + 2] for n in range(0, len(buttons), 2)]


def answer_rows(
    texts: Texts, survey: Survey, question: Question
) -> list[list[InlineKeyboardButton]]:
    """What may be tapped, the answer ticked: "yes" before "no", a scale in short rows."""
    said = questions.said(survey, question)
    answers = questions.ANSWERS[question]
    if questions.is_yes_or_no(question):
        labels = {
            answer: texts.plain(f"survey-says-{question.value}", answer="yes" if answer else "no")
            for answer in reversed(answers)
        }
    else:
        labels = {answer: str(answer) for answer in answers}
    buttons = [
        button(
            (TICK if answer == said else "") + label,
            SaidTap(survey_id=survey.id, question=question, answer=answer),
        )
        for answer, label in labels.items()
    ]
    wide = len(buttons) if len(buttons) <= WIDEST else (len(buttons) + 1) // 2
    return [buttons[at : at + wide] for at in range(0, len(buttons), wide)]


def _thanks(texts: Texts, survey: Survey) -> str:
    return texts("survey-thanks", stars=survey.stars or 0)


def _until(look: Look, survey: Survey) -> str:
    """The day is enough, unless it is today."""
    assert survey.expires_at is not None
    today = look.now.astimezone(look.rules.zone).date()
    last = survey.expires_at.astimezone(look.rules.zone).date()
    if last == today:
        return look.bound(survey.expires_at)
    return look.texts.day(last, today)
