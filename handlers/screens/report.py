"""The team's report as a card: the main figures, and what can be drawn; whose a reason is."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from desk.reports import figures_of
from desk.team import COMPARED, SPANS, Period, facts_between
from desk.weeks import SpanKind
from handlers.figure_callbacks import (
    CauseLaterTap,
    CausesTap,
    CauseTap,
    KpiDrawTap,
    ReportSpanTap,
    ReportTap,
    ReportThemeTap,
    ThemesTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens import figures as spell
from handlers.screens import rating
from handlers.screens.screen import Look, Screen
from handlers.screens.team_pages import brief, days
from i18n import Texts
from i18n.pages import cut
from kpi.card import Theme
from storage.models import CausedBy, Role, Survey

CARD, CAUSES = "report:0", "causes:0"
HOURS, REASONS, TABLES = "hours", "reasons", "tables"
PAGES = (*COMPARED, HOURS, REASONS, TABLES)
TOLD = ("handled", "csat", "confirmed_share", "first_response_time", "overdue_share")
USUAL = 4
"""Weeks, until somebody chooses others: enough to compare by, few enough to be about now."""
NAME = 64


def key(person_id: int) -> str:
    """Where is kept over how many weeks somebody looks, and how far they are with the reasons."""
    return f"report:{person_id}"


async def screen(look: Look, _number: int) -> Screen | None:
    if not look.reader.may(Role.SUPERVISOR):
        return None
    texts, rules = look.texts, look.rules
    _, answers = await look.tx.forms.get(key(look.reader.id))
    weeks = answers.get("weeks", USUAL)
    period = Period.before(look.now, rules.zone, weeks)
    facts = await facts_between(look.tx, None, period.edges(rules.zone), rules, look.now)
    figures = figures_of(facts, look.now)
    today = look.now.astimezone(rules.zone).date()
    lines = [
        texts(
            "report-card-line",
            name=spell.name(texts, metric),
            value=brief(texts, metric, figures[metric]),
        )
        for metric in TOLD
    ]
    return Screen(
        texts.lines(
            texts("report-card"),
            texts("report-card-days", days=days(texts, period, today)),
            *lines,
            texts("report-card-choose"),
        ),
        _choices(texts, weeks),
    )


def _choices(texts: Texts, weeks: int) -> InlineKeyboardMarkup:
    """What there is to draw, and over how long."""

    def page(words: str, name: str) -> InlineKeyboardButton:
        return button(texts.plain(words), ReportTap(page=name, weeks=weeks))

    return keyboard(
        [page("report-compare-button", COMPARED[0]), page("report-hours-button", HOURS)],
        [
            page("report-reasons-button", REASONS),
            button(
                texts.plain("report-week-button"),
                KpiDrawTap(span=SpanKind.WEEK, team=True, page="card"),
            ),
        ],
        [
            button(texts.plain("report-themes-button"), ThemesTap(does="ask", one=0, other=0)),
            page("report-tables-button", TABLES),
        ],
        _spans(texts, weeks),
    )


def _spans(texts: Texts, chosen: int) -> Sequence[InlineKeyboardButton]:
    found = []
    for weeks in SPANS:
        label = texts.plain("report-span", weeks=weeks)
        if weeks == chosen:
            label = texts.plain("report-span-chosen", span=label)
        found.append(button(label, ReportSpanTap(weeks=weeks)))
    return found


def under(texts: Texts, page: str, weeks: int, theme: str, unsorted: int) -> InlineKeyboardMarkup:
    """The buttons below a picture: other figures, other spans, other colours."""
    rows: list[list[InlineKeyboardButton]] = []
    if page in COMPARED:
        others = [
            button(spell.name(texts, metric), ReportTap(page=metric, weeks=weeks))
            for metric in COMPARED
            if metric != page
        ]
        rows += [others[:2], others[2:]]
    if page == REASONS and unsorted:
        label = texts.plain("report-causes-button", count=unsorted)
        rows.append([button(label, CausesTap(weeks=weeks), primary=True)])
    rows.append(
        [
            button(texts.plain("report-span", weeks=span), ReportTap(page=page, weeks=span))
            for span in SPANS
            if span != weeks
        ]
    )
    dark = theme == Theme.LIGHT
    colours = texts.plain("kpi-dark-button" if dark else "kpi-light-button")
    other = ReportThemeTap(theme=Theme.DARK if dark else Theme.LIGHT, page=page, weeks=weeks)
    rows[-1].append(button(colours, other))
    return keyboard(*rows)


# --- whose a reason is ---


async def causes(look: Look, _number: int) -> Screen | None:
    """One bad rating after the other that nobody has said of whose it is."""
    if not look.reader.may(Role.SUPERVISOR):
        return None
    _, answers = await look.tx.forms.get(key(look.reader.id))
    left = await waiting(look, answers.get("weeks", USUAL))
    passed = set(answers.get("passed", ()))
    asked = next((survey for survey in left if survey.id not in passed), None)
    if asked is None:
        return Screen(look.texts("cause-none"))
    return await _ask(look, asked, len(left))


async def waiting(look: Look, weeks: int) -> Sequence[Survey]:
    edges = Period.before(look.now, look.rules.zone, weeks).edges(look.rules.zone)
    return await look.tx.surveys.unsorted(*edges, look.rules.negative_rating)


async def _ask(look: Look, survey: Survey, left: int) -> Screen:
    texts, tx = look.texts, look.tx
    customer = await tx.people.one(survey.customer_id)
    operator = await tx.people.one(survey.operator_id or 0)
    comments = await tx.surveys.comments(survey.id)
    choice = [
        button(texts.plain(f"cause-{each.value}"), CauseTap(survey_id=survey.id, caused_by=each))
        for each in CausedBy
    ]
    later = button(texts.plain("cause-later"), CauseLaterTap(survey_id=survey.id))
    return Screen(
        texts.lines(
            rating.title(texts, survey.stars or 0, survey.conversation_id),
            texts(
                "cause-people",
                customer=cut(customer.name, NAME),
                operator=cut(operator.shown_name, NAME),
            ),
            rating.reasons_line(texts, survey),
            *rating.quotes(texts, comments),
            texts("cause-ask"),
            texts("cause-left", count=left),
        ),
        keyboard(choice, [later]),
    )
