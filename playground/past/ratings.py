"""What customers said of it, and what supervisors made of that."""

from datetime import datetime, timedelta

from desk import questions
from desk.questions import NPS_EVERY
from playground.past.themes import FOLLOW_UPS
from playground.past.words import message
from playground.past.world import Chatted, World
from storage.models import (
    Alert,
    AlertKind,
    AlertState,
    Comment,
    Conversation,
    NotSent,
    Outcome,
    Question,
    Reason,
    Survey,
    SurveyTap,
)


def not_asked(world: World, row: Conversation, why: NotSent) -> None:
    world.keep(
        Survey(
            id=world.next(Survey),
            conversation_id=row.id,
            customer_id=row.customer_id,
            operator_id=row.last_answer_by_id,
            not_sent=why,
        )
    )


def survey(world: World, chatted: Chatted) -> None:
    row, closed, just_now = chatted.row, chatted.closed, chatted.by.just_now
    before = world.asked.get(row.customer_id)
    if not just_now and before is not None and closed - before < timedelta(hours=24):
        not_asked(world, row, NotSent.RECENT)
        return
    world.asked[row.customer_id] = closed
    expires = closed + world.rules.survey_expires
    sent = Survey(
        id=world.next(Survey),
        conversation_id=row.id,
        customer_id=row.customer_id,
        operator_id=row.last_answer_by_id,
        sent_at=closed,
        expires_at=expires,
        expired=expires <= world.now,
    )
    world.keep(sent)
    if expires > world.now:
        world.due("survey-expires", sent.id, expires)
    rated = closed + timedelta(seconds=round(world.dice.expovariate(1 / 1500)) + 8)
    answers = world.dice.random() < chatted.by.customer.rates
    over = rated + timedelta(minutes=1)
    if not just_now and answers and over < min(world.now, expires):
        _rate(world, chatted, sent, rated)


def _rate(world: World, chatted: Chatted, survey: Survey, rated: datetime) -> None:
    if chatted.satisfied and not (chatted.late and world.dice.random() < 0.35):
        stars = world.dice.choices((5, 4), (7, 3))[0]
    else:
        stars = world.dice.choices((3, 2, 1), (3, 3, 4))[0]
    survey.stars = survey.lowest = stars
    survey.rated_at = survey.changed_at = rated
    _tap(world, survey, "stars", str(stars), rated)
    a_little_later = rated + timedelta(seconds=world.dice.randint(4, 30))
    if stars <= world.rules.negative_rating:
        survey.reasons = _reasons(world, chatted)
        for reason in survey.reasons:
            _tap(world, survey, "reason", reason, a_little_later)
    _answer(world, chatted, survey, a_little_later)
    if world.dice.random() < 0.3:
        lines = chatted.lines
        words = world.dice.choice(lines.praise if stars > 3 else lines.complaint)
        comment = message(world, None, survey.customer_id, words, a_little_later)
        world.keep(
            Comment(
                id=world.next(Comment),
                survey_id=survey.id,
                message_id=comment.id,
                at=a_little_later,
            )
        )
    if stars <= world.rules.negative_rating:
        _alert(world, chatted, survey, rated)


def _answer(world: World, chatted: Chatted, survey: Survey, at: datetime) -> None:
    """What was asked after the stars, in the rotation; some leave it at the stars."""
    assert survey.stars is not None
    negative = survey.stars <= world.rules.negative_rating
    if negative and not survey.reasons:
        return
    customer = survey.customer_id
    recommended = world.recommended.get(customer)
    with_nps = recommended is None or at - recommended >= NPS_EVERY
    turn = questions.turn(world.rules, customer + world.turns[customer], with_nps=with_nps)
    world.turns[customer] += 1
    if Question.NPS in turn:
        world.recommended[customer] = at
    survey.questions = ",".join(turn)
    for question in questions.shown(survey, negative=negative):
        if world.dice.random() < 0.6:
            answer = _opinion(world, chatted, survey.stars, question)
            questions.put(survey, question, answer, negative=negative, now=at)
            _tap(world, survey, question.value, questions.spelled(question, answer), at)


def _opinion(world: World, chatted: Chatted, stars: int, question: Question) -> int:
    dice = world.dice
    match question:
        case Question.SOLVED:
            solved = chatted.row.outcome is Outcome.SOLVED
            return int(solved and (stars > 3 or dice.random() < 0.5))
        case Question.SATISFIED:
            return int(dice.random() < (0.05, 0.1, 0.5, 0.9, 0.98)[stars - 1])
        case Question.PROFESSIONAL:
            return int(dice.random() < (0.45, 0.6, 0.8, 0.95, 0.99)[stars - 1])
        case Question.NPS:
            return min(10, max(0, round(dice.gauss(2.1 * stars - 0.6, 1.4))))
        case Question.CES:
            return min(7, max(1, round(dice.gauss(1.25 * stars + 0.2, 1.0))))


def _reasons(world: World, chatted: Chatted) -> list[str]:
    ticked = {world.dice.choice(chatted.theme.reasons)}
    if chatted.late:
        ticked.add(Reason.SLOW)
    if world.dice.random() < 0.08:
        ticked.add(Reason.IMPOLITE)
    return [reason.value for reason in Reason if reason in ticked]


def _tap(world: World, survey: Survey, question: str, value: str, at: datetime) -> None:
    world.keep(
        SurveyTap(
            id=world.next(SurveyTap),
            survey_id=survey.id,
            question=question,
            value=value,
            at=at,
        )
    )


def _alert(world: World, chatted: Chatted, survey: Survey, raised: datetime) -> None:
    supervisor = world.people[world.dice.choice((301, 302))]
    taken = raised + timedelta(seconds=world.dice.randint(60, 560))
    done = taken + timedelta(minutes=world.dice.randint(15, 200))
    alert = Alert(
        id=world.next(Alert),
        kind=AlertKind.RATING,
        conversation_id=chatted.row.id,
        survey_id=survey.id,
        raised_at=raised,
    )
    world.keep(alert)
    if taken > world.now:
        world.due("escalate", alert.id, raised + world.rules.escalate_after)
        return
    alert.state, alert.taken_by_id, alert.taken_at = AlertState.TAKEN, supervisor, taken
    if done > world.now:
        due = world.rules.schedule.add(taken, timedelta(hours=4).total_seconds())
        world.due("alert-remind", alert.id, due)
        return
    alert.state, alert.done_by_id, alert.done_at = AlertState.DONE, supervisor, done
    alert.note = world.dice.choice(FOLLOW_UPS[chatted.by.customer.language])
    alert.asked, alert.asked_at = 1, done
    answered = done + timedelta(minutes=world.dice.randint(2, 90))
    if answered < world.now and world.dice.random() < 0.6:
        alert.state, alert.fixed, alert.answered_at = AlertState.FIXED, True, answered
