"""The team's week for supervisors in words, and a figure that falls while the week goes on."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from desk.falls import Digest, Load, Moved
from desk.weeks import Week
from handlers.figure_callbacks import (
    KpiOpenTap,
    ReportTap,
    ThemesTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens import figures as spell
from handlers.screens.themes import line
from i18n import Texts
from i18n.texts import Html, shorten

AT_MOST = 6
"""Lines of a kind: more than a supervisor can do something about in a week."""
BUTTONS = 3
NAME = 32


def words(texts: Texts, found: Digest, days: str) -> Html:
    """What fell with what it was, whom to thank, who carries too much; or that nothing did."""
    lines = [texts("digest-title", days=days)]
    lines += _some(texts, "digest-fell", [_moved(texts, each) for each in found.fell])
    lines += _some(texts, "digest-thank", [_moved(texts, each) for each in found.rose])
    lines += _some(texts, "digest-load", [_load(texts, each) for each in found.loaded])
    lines += _some(texts, "digest-themes", [line(texts, each) for each in found.growing])
    if len(lines) == 1:
        lines.append(texts("digest-quiet"))
    return texts.lines(*lines)


def buttons(texts: Texts, found: Digest, week: Week) -> InlineKeyboardMarkup:
    """To the records behind what fell, each metric once, and to the comparison."""
    metrics = list(dict.fromkeys(each.metric for each in found.fell))[:BUTTONS]
    rows = [[_to_records(texts, metric, week)] for metric in metrics]
    compare = button(texts.plain("digest-compare-button"), ReportTap(page="csat", weeks=4))
    words = []
    if found.unnamed or found.growing:
        label = texts.plain("digest-themes-button", words=found.unnamed)
        unnamed = int(found.unnamed > 0 and not found.growing)
        words = [button(label, ThemesTap(does="ask", one=unnamed, other=0))]
    return keyboard(*rows, words, [compare])


def _to_records(
    texts: Texts, metric: str, week: Week, *, team: bool = True
) -> InlineKeyboardButton:
    label = texts.plain("digest-records-button", name=spell.name(texts, metric))
    return button(label, KpiOpenTap(week=week.number, team=team, metric=metric))


def _some(texts: Texts, title: str, lines: Sequence[Html]) -> Sequence[Html]:
    if not lines:
        return []
    more = len(lines) - AT_MOST
    rest = [texts("digest-more", count=more)] if more > 0 else []
    return [texts(title), *lines[:AT_MOST], *rest]


def _who(texts: Texts, moved: Moved) -> str:
    if moved.person is None:
        return texts.plain("kpi-team")
    return shorten(moved.person.shown_name, NAME)


def _moved(texts: Texts, moved: Moved) -> Html:
    return texts("digest-moved", who=_who(texts, moved), **_figures(texts, moved))


def _figures(texts: Texts, moved: Moved) -> dict[str, str]:
    """The metric, its value with n and interval, and the same of the weeks before."""
    metric = moved.metric
    return {
        "name": spell.name(texts, metric),
        "now": spell.value(texts, metric, moved.now),
        "n": spell.n(texts, metric, moved.now),
        "interval": spell.interval(texts, metric, moved.now) or "",
        "was": spell.value(texts, metric, moved.before),
        "span": spell.interval(texts, metric, moved.before) or "",
    }


def _load(texts: Texts, load: Load) -> Html:
    name = shorten(load.person.shown_name, NAME)
    facts = []
    if load.more:
        about = {"n": load.handled, "usual": round(load.usual)}
        facts.append(texts.plain("digest-load-more", **about))
    if load.many_open:
        open_now = {"n": load.open, "others": round(load.others_open)}
        facts.append(texts.plain("digest-load-open", **open_now))
    return texts("digest-load-line", who=name, facts="; ".join(facts))


# --- during the week ---


def fell(texts: Texts, moved: Moved) -> Html:
    """To supervisors: the figure, its history, both intervals."""
    return texts.lines(
        texts("fell-title", who=_who(texts, moved), name=spell.name(texts, moved.metric)),
        texts("fell-figures", **_figures(texts, moved)),
        texts("fell-once"),
    )


def fell_for_you(texts: Texts, moved: Moved) -> Html:
    """To the operator: what the supervisors see, and no blame."""
    return texts.lines(
        texts("fell-yours", name=spell.name(texts, moved.metric)),
        texts("fell-figures", **_figures(texts, moved)),
        texts("fell-kind"),
    )


def fell_buttons(texts: Texts, moved: Moved, week: Week, *, team: bool) -> InlineKeyboardMarkup:
    return keyboard([_to_records(texts, moved.metric, week, team=team)])
