"""One record a figure is made of: what it counts as, what was said, and what can be said to it."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from desk import appeals, why
from desk.reports import Report, WeekFigures
from desk.why import Kind, Record, Shown
from handlers.callbacks import (
    EntryTap,
    HistoryTap,
)
from handlers.figure_callbacks import (
    AppealShowTap,
    AppealTap,
    KpiOneTap,
    KpiRecordsTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens import alert, figure_records, rating
from handlers.screens import figures as spell
from handlers.screens.screen import Look, Screen
from i18n.pages import cut
from kpi.records import LeftOut
from storage.models import AppealKind, Conversation, DiaryEntry, Message, Wait

NOTE = 300
LATE, STARS = "late", "stars"
"""What may be objected to."""
APPEALED = {Kind.SURVEY: AppealKind.RATING, Kind.WAIT: AppealKind.OVERDUE}


async def screen(look: Look, report: Report, week: WeekFigures, tap: KpiOneTap) -> Screen:
    """Where it is not in the figure any more, or not theirs to see, the list it was in."""
    found = why.records(week.facts, tap.metric, look.now)
    place = next((n for n, each in enumerate(found) if _is(each, tap)), None)
    back = _back(tap, place or 0)
    if place is None:
        return await figure_records.screen(look, report, week, back)
    own = report.person is not None
    shown = (await why.shown(look.tx, [found[place]], own=own, rules=look.rules))[0]
    if shown.record is None or shown.conversation_id is None:
        return await figure_records.screen(look, report, week, back)
    conversation = await look.tx.conversations.one(shown.conversation_id)
    of_survey = shown.record.about if shown.record.kind is Kind.SURVEY else None
    comments = await comments_of(look, of_survey)
    entry = await _entry(look, conversation, own=own)
    texts, told = look.texts, _told(entry) if entry else ""
    title = texts("kpi-one-title", number=conversation.id, name=spell.name(texts, tap.metric))
    html = texts.lines(
        title,
        texts("kpi-one-counts", verdict=figure_records.verdict(texts, shown.record)),
        _when(look, conversation),
        *await _said(look, shown.record, comments),
        *(await alert.last_words(look, conversation.id, comments) if own else []),
        texts("alert-diary", line=cut(told, NOTE)) if told else None,
    )
    label = button(texts.plain("kpi-one-back"), back)
    return Screen(
        html,
        keyboard(
            _opens(look, conversation, entry),
            await _objects(look, shown, own=own),
            [label],
        ),
    )


def _is(record: Record, tap: KpiOneTap) -> bool:
    return record.about == tap.about and record.kind.value[0] == tap.kind


def _back(tap: KpiOneTap, place: int) -> KpiRecordsTap:
    """To the page of the list that has it."""
    first = place // figure_records.ON_PAGE * figure_records.ON_PAGE
    return KpiRecordsTap(
        week=tap.week, team=tap.team, metric=tap.metric, back=tap.back, first=first
    )


def _when(look: Look, conversation: Conversation) -> str:
    texts = look.texts
    if conversation.closed_at is None:
        return texts("kpi-one-open", since=look.bound(conversation.opened_at))
    return texts(
        "kpi-one-closed",
        opened=look.moment(conversation.opened_at),
        closed=then(look, conversation.closed_at, conversation.opened_at),
        outcome=conversation.outcome.value if conversation.outcome else "none",
    )


async def _said(look: Look, record: Record, comments: Sequence[Message]) -> Sequence[str | None]:
    """What the customer said, or how long they waited."""
    texts = look.texts
    if record.kind is Kind.SURVEY:
        survey = await look.tx.surveys.one(record.about)
        return [rating.reasons_line(texts, survey), *rating.quotes(texts, comments)]
    if record.kind is Kind.WAIT:
        return [waited(look, await look.tx.waits.one(record.about))]
    return []


def waited(look: Look, wait: Wait) -> str:
    """From when, until when it should have been, until when it was."""
    since = wait.started_at
    about = {"since": look.moment(since), "due": then(look, wait.due_at, since)}
    if wait.ended_at is None:
        return look.texts("kpi-one-waits", **about)
    return look.texts("kpi-one-waited", **about, ended=then(look, wait.ended_at, since))


def then(look: Look, moment: datetime, first: datetime) -> str:
    """A moment beside an earlier one: of the same day the time alone says it."""
    zone = look.rules.zone
    same_day = moment.astimezone(zone).date() == first.astimezone(zone).date()
    return f"{moment.astimezone(zone):%H:%M}" if same_day else look.moment(moment)


async def comments_of(look: Look, survey_id: int | None) -> Sequence[Message]:
    return [] if survey_id is None else await look.tx.surveys.comments(survey_id)


async def _entry(look: Look, conversation: Conversation, *, own: bool) -> DiaryEntry | None:
    whose = look.reader.id if own else conversation.last_answer_by_id or conversation.holder_id
    return await look.tx.diary.of_conversation(conversation.id, whose) if whose else None


def _told(entry: DiaryEntry) -> str:
    parts = (entry.request, entry.done, entry.result)
    return "; ".join(" ".join(part.split()) for part in parts if part.strip())


def _opens(
    look: Look, conversation: Conversation, entry: DiaryEntry | None
) -> Sequence[InlineKeyboardButton]:
    plain = look.texts.plain
    found = [button(plain("kpi-one-messages"), HistoryTap(conversation_id=conversation.id))]
    if entry is not None:
        found.append(button(plain("kpi-one-entry"), EntryTap(entry_id=entry.id, does="open")))
    return found


async def _objects(look: Look, shown: Shown, *, own: bool) -> Sequence[InlineKeyboardButton]:
    """To object, once; and to see what became of it."""
    record = shown.record
    if record is None or record.kind not in APPEALED:
        return []
    kind = APPEALED[record.kind]
    known = await appeals.known(look.tx, kind, record.about)
    if known is not None:
        show = AppealShowTap(appeal_id=known.id)
        return [button(look.texts.plain("appeal-show", state=known.state.value), show)]
    counts = record.verdict in (LATE, STARS) and record.verdict != LeftOut.EXCLUDED
    if not own or not counts:
        return []
    return [button(look.texts.plain("appeal-button"), AppealTap(kind=kind, about=record.about))]
