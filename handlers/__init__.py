"""Telegram conversations, a module each: what a tap or a text means."""

from aiogram import Router

from handlers import (
    alerts,
    appeal,
    conversation,
    customer,
    deeds,
    diaries,
    diary,
    dictation,
    edits,
    fallback,
    followup,
    groups,
    handover,
    kpi,
    membership,
    operator,
    plan,
    privacy,
    queue,
    report,
    shift,
    start,
    survey,
    team,
    themes,
)


def routers() -> list[Router]:
    """In the order updates are offered to them.

    Groups and strangers first; a reply to a customer's message; commands; open forms; what an
    operator writes; what a customer writes; last the answers to what nobody understood.
    """
    return [
        groups.router(),
        membership.router(),
        dictation.replies(),
        operator.replies(),
        start.router(),
        privacy.router(),
        shift.router(),
        queue.router(),
        operator.commands(),
        conversation.router(),
        handover.router(),
        team.router(),
        deeds.router(),
        alerts.router(),
        kpi.router(),
        appeal.router(),
        plan.router(),
        report.router(),
        themes.router(),
        survey.router(),
        team.forms(),
        handover.forms(),
        plan.forms(),
        appeal.forms(),
        themes.forms(),
        followup.router(),
        dictation.router(),
        diary.router(),
        diaries.router(),
        operator.router(),
        customer.router(),
        edits.router(),
        fallback.router(),
    ]
