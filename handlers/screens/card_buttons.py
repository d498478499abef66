"""What can be tapped under a card of figures."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from desk.weeks import SpanKind
from handlers.figure_callbacks import KpiDrawTap, KpiHowTap, KpiLooksTap
from handlers.keyboards import button, keyboard, rows_of
from handlers.screens.weekly import Telling
from kpi.card import Theme


def under(telling: Telling, theme: str, *, both: bool) -> InlineKeyboardMarkup:
    """The buttons below a picture; `both`: the reader may see their own figures and the team's."""
    texts, team = telling.texts, telling.report.person is None
    shown, kind = telling.week.week, telling.week.week.kind
    number = (shown.later(-1) if telling.going_on else shown).number
    dark = Theme.DARK if theme == Theme.LIGHT else Theme.LIGHT
    label = texts.plain("kpi-dark-button" if dark is Theme.DARK else "kpi-light-button")
    choices = [button(label, KpiLooksTap(span=kind, team=team, theme=dark))]
    if both:
        label = texts.plain("kpi-own-button" if team else "kpi-team-button")
        choices.insert(0, button(label, KpiDrawTap(span=kind, team=not team, page="card")))
    spans = [
        button(
            texts.plain("kpi-span-button", span=other.value),
            KpiDrawTap(span=other, team=team, page="card"),
        )
        for other in SpanKind
        if other is not kind
    ]
    categories = _categories(telling)
    how = button(texts.plain("kpi-how-button"), KpiHowTap(week=number, team=team), primary=True)
    return keyboard([how], *rows_of(categories), spans, choices)


def _categories(telling: Telling) -> list[InlineKeyboardButton]:
    """A page for each part of the score of which there are records."""
    scored, team = telling.week.scored, telling.report.person is None
    parts = scored.score.categories if scored is not None and telling.report else ()
    kind = telling.week.week.kind
    return [
        button(
            telling.texts.plain("kpi-category", category=part.category.value),
            KpiDrawTap(span=kind, team=team, page=part.category.value),
        )
        for part in parts
        if part.kept
    ]
