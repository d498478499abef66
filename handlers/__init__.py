"""Telegram conversations, a module each: what a tap or a text means."""

from aiogram import Router

from handlers import fallback, groups, membership, shift, start, team


def routers() -> list[Router]:
    """In the order updates are offered to them.

    Groups and strangers first; a reply to a customer's message; commands; open forms; what an
    operator writes; what a customer writes; last the answers to what nobody understood.
    """
    return [
        groups.router(),
        membership.router(),
        start.router(),
        shift.router(),
        team.router(),
        team.forms(),
        fallback.router(),
    ]
