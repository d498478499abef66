"""The records a figure is made of, a page at a time, each to be opened."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from desk import why
from desk.reports import Report, WeekFigures
from desk.why import Record, Shown
from handlers.callbacks import (
    EntryTap,
)
from handlers.figure_callbacks import (
    KpiMetricTap,
    KpiOneTap,
    KpiRecordsTap,
)
from handlers.keyboards import button, keyboard, rows_of
from handlers.screens import figures as spell
from handlers.screens.screen import Look, Screen
from i18n import Texts
from i18n.texts import Html
from kpi.quality import REQUIRED

ON_PAGE = 8
WIDE = 4
"""Numbers of a row that a thumb can tell apart."""


async def screen(look: Look, report: Report, week: WeekFigures, tap: KpiRecordsTap) -> Screen:
    """`tap` is what brought it, and says which figure and from where on."""
    metric = tap.metric
    texts = look.texts
    found = why.records(week.facts, metric, look.now)
    first = min(tap.first, max(0, len(found) - 1)) // ON_PAGE * ON_PAGE
    page = found[first : first + ON_PAGE]
    own = report.person is not None
    rows = await why.shown(look.tx, page, own=own, rules=look.rules)
    days = spell.heading(texts, week.week, look.rules.zone, look.now)
    title = texts("kpi-records-title", name=spell.name(texts, metric), days=days)
    if not found:
        return Screen(
            texts.lines(title, texts("kpi-counted-zero-n")), _below(texts, tap, [], 0, 0)
        )
    which = texts("kpi-records-which", first=first + 1, last=first + len(page), all=len(found))
    lines = [_line(look, each) for each in rows]
    return Screen(texts.lines(title, which, *lines), _below(texts, tap, rows, first, len(found)))


def _line(look: Look, shown: Shown) -> Html:
    texts, record = look.texts, shown.record
    if record is None:
        return texts("kpi-record-later")
    words = verdict(texts, record)
    at = f" · {look.moment(shown.at)}" if shown.at is not None else ""
    if shown.entry_id is not None:
        return texts("kpi-record-entry", number=shown.entry_id, at=at, verdict=words)
    if shown.conversation_id is None:
        return texts("kpi-record-imported", verdict=words)
    return texts("kpi-record", number=shown.conversation_id, at=at, verdict=words)


def verdict(texts: Texts, record: Record) -> str:
    """What it counts as."""
    number = record.number
    return texts.plain(
        "kpi-verdict",
        verdict=str(record.verdict),
        number=0 if number is None else round(number),
        span=texts.span(number) if number is not None and record.verdict == "seconds" else "",
        of=len(REQUIRED),
    )


def _below(
    texts: Texts, tap: KpiRecordsTap, rows: Sequence[Shown], first: int, count: int
) -> InlineKeyboardMarkup:
    opens = list(filter(None, (_opens(texts, tap, each) for each in rows)))
    turns: list[InlineKeyboardButton] = []
    if first:
        before = tap.model_copy(update={"first": first - ON_PAGE})
        turns.append(button(texts.plain("kpi-records-before"), before))
    if first + ON_PAGE < count:
        after = tap.model_copy(update={"first": first + ON_PAGE})
        turns.append(button(texts.plain("kpi-records-after"), after))
    back = KpiMetricTap(week=tap.week, team=tap.team, metric=tap.metric)
    return keyboard(
        *rows_of(opens, WIDE),
        turns,
        [button(texts.plain("kpi-records-back"), back)],
    )


def _opens(texts: Texts, tap: KpiRecordsTap, shown: Shown) -> InlineKeyboardButton | None:
    record = shown.record
    if shown.entry_id is not None:
        label = texts.plain("kpi-record-open", number=shown.entry_id)
        return button(label, EntryTap(entry_id=shown.entry_id, does="open"))
    if record is not None and shown.conversation_id is not None:
        label = texts.plain("kpi-record-open", number=shown.conversation_id)
        return button(label, _one(tap, record))
    return None


def _one(tap: KpiRecordsTap, record: Record) -> KpiOneTap:
    return KpiOneTap(
        week=tap.week,
        team=tap.team,
        metric=tap.metric,
        back=tap.back,
        kind=record.kind.value[0],
        about=record.about,
    )
