"""The one-tap survey: one tap is a complete answer, the rest is optional."""

from aiogram import Router
from aiogram.types import CallbackQuery

from desk import comments, surveys
from desk.rules import Rules
from handlers.callbacks import (
    NoCommentTap,
    ReasonTap,
    SaidTap,
    SolvedTap,
    StarTap,
)
from handlers.context import Clock, Say, Toast
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import Person, Question


async def star_tapped(
    _: CallbackQuery,
    callback_data: StarTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    stars = callback_data.stars
    await surveys.rate(
        tx, survey_id=callback_data.survey_id, by=me, stars=stars, rules=rules, now=clock()
    )
    toast.text = texts.plain("survey-saved", stars=stars)


async def reason_tapped(
    _: CallbackQuery,
    callback_data: ReasonTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    ticked = await surveys.tick(
        tx,
        survey_id=callback_data.survey_id,
        by=me,
        reason=callback_data.reason,
        rules=rules,
        now=clock(),
    )
    toast.text = texts.plain("survey-reason-ticked" if ticked else "survey-reason-unticked")


async def said_tapped(
    _: CallbackQuery,
    callback_data: SaidTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    await surveys.answer(
        tx,
        survey_id=callback_data.survey_id,
        by=me,
        question=callback_data.question,
        said=callback_data.answer,
        rules=rules,
        now=clock(),
    )
    toast.text = texts.plain("survey-noted")


async def solved_tapped(
    _: CallbackQuery,
    callback_data: SolvedTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    await surveys.answer(
        tx,
        survey_id=callback_data.survey_id,
        by=me,
        question=Question.SOLVED,
        said=int(callback_data.solved),
        rules=rules,
        now=clock(),
    )
    toast.text = texts.plain("survey-noted")


async def no_comment_tapped(
    _: CallbackQuery,
    callback_data: NoCommentTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    now = clock()
    conversation = await comments.are_a_question(
        tx, comment_id=callback_data.comment_id, by=me, rules=rules, now=now
    )
    wait = await tx.waits.open_in(conversation.id)
    due = "soon"
    if wait is not None and wait.due_at > now:
        due = texts.bound(wait.due_at, rules.zone, now)
    say(texts("survey-a-question", number=conversation.id, due=due))


def router() -> Router:
    survey = Router(name="survey")
    survey.callback_query.register(star_tapped, StarTap.filter())
    survey.callback_query.register(reason_tapped, ReasonTap.filter())
    survey.callback_query.register(said_tapped, SaidTap.filter())
    survey.callback_query.register(solved_tapped, SolvedTap.filter())
    survey.callback_query.register(no_comment_tapped, NoCommentTap.filter())
    return survey
