"""Keyboards already sent to people say exactly this. Add rows, never change them."""

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from desk.diary_steps import Step
from desk.followups import CallTime
from desk.weeks import SpanKind
from handlers import callbacks, figure_callbacks
from handlers.callbacks import (
    AfterwardsTap,
    AlertCallTap,
    AlertDoneTap,
    AlertShowTap,
    AlertTakeTap,
    AlertWriteTap,
    AnswerTap,
    BanTap,
    CallTimeTap,
    CallWordsTap,
    CloseAskTap,
    CloseTap,
    ConversationTap,
    DeedsTap,
    DiariesAllTap,
    DiariesSearchTap,
    DiariesTap,
    DiaryAboutTap,
    DiaryAnswerTap,
    DiaryFieldTap,
    DiaryStepTap,
    DiaryTap,
    EntryPageTap,
    EntryTap,
    FindTap,
    FixedTap,
    FollowUpTap,
    HandOverNowTap,
    HandOverTap,
    HandOverToTap,
    HistoryTap,
    InviteAskTap,
    InviteTap,
    LanguageTap,
    MemberTap,
    MoreTap,
    NameResetTap,
    NameTap,
    NoCommentTap,
    OnlyThanksTap,
    PriorityAskTap,
    PriorityTap,
    PrivacyDeleteTap,
    PrivacyFileTap,
    PrivacySureTap,
    ReasonTap,
    RemoveSureTap,
    RemoveTap,
    RevokeTap,
    RoleTap,
    SaidTap,
    ShiftOffTap,
    SolvedTap,
    SpamListTap,
    SpamUndoTap,
    StarTap,
    TakeTap,
    WhoseTap,
)
from handlers.figure_callbacks import (
    AppealDecideTap,
    AppealShowTap,
    AppealTap,
    CauseLaterTap,
    CausesTap,
    CauseTap,
    KpiDrawTap,
    KpiHowTap,
    KpiLooksTap,
    KpiMetricTap,
    KpiOneTap,
    KpiOpenTap,
    KpiPageTap,
    KpiRecordsTap,
    KpiTeamTap,
    KpiThemeTap,
    PlanBeginTap,
    PlanMetricTap,
    PlanOfTap,
    PlanOutTap,
    PlanTap,
    PlanWeightTap,
    ReportSpanTap,
    ReportTap,
    ReportThemeTap,
    ThemesTap,
)
from kpi.card import Theme
from kpi.score import Category
from storage.models import (
    Afterwards,
    AppealKind,
    CausedBy,
    Outcome,
    Priority,
    Question,
    Reason,
    Role,
)

LARGEST = 2**63 - 1

PINNED: list[tuple[CallbackData, str]] = [
    (LanguageTap(code="en"), "language:en"),
    (PrivacyFileTap(), "privacyfile"),
    (PrivacyDeleteTap(), "privacydelete"),
    (PrivacySureTap(asked=1772438400), "privacysure:1772438400"),
    (ShiftOffTap(hand_over=True, shift=1772438400), "shiftoff:1:1772438400"),
    (ShiftOffTap(hand_over=False, shift=0), "shiftoff:0:0"),
    (InviteAskTap(), "inviteask"),
    (InviteTap(role=Role.OPERATOR), "invite:operator"),
    (InviteTap(role=Role.SUPERVISOR), "invite:supervisor"),
    (RevokeTap(invite_id=7), "revoke:7"),
    (MemberTap(person_id=7), "member:7"),
    (DeedsTap(before=0), "deeds:0"),
    (FindTap(), "find"),
    (NameTap(person_id=7), "name:7"),
    (NameResetTap(person_id=7), "namereset:7"),
    (RoleTap(person_id=7, role=Role.OPERATOR, has=True), "role:7:operator:1"),
    (RoleTap(person_id=7, role=Role.SUPERVISOR, has=False), "role:7:supervisor:0"),
    (RemoveTap(person_id=7), "remove:7"),
    (RemoveSureTap(person_id=7), "removesure:7"),
    (BanTap(person_id=7, banned=True), "ban:7:1"),
    (StarTap(survey_id=7, stars=2), "stars:7:2"),
    (ReasonTap(survey_id=7, reason=Reason.NOT_SOLVED), "reason:7:not_solved"),
    (SolvedTap(survey_id=7, solved=True), "solved:7:1"),
    (SaidTap(survey_id=7, question=Question.PROFESSIONAL, answer=1), "said:7:professional:1"),
    (SaidTap(survey_id=7, question=Question.NPS, answer=10), "said:7:nps:10"),
    (NoCommentTap(comment_id=7), "nocomment:7"),
    (AlertTakeTap(alert_id=7), "alerttake:7"),
    (AlertWriteTap(alert_id=7), "alertwrite:7"),
    (AlertCallTap(alert_id=7), "alertcall:7"),
    (AlertDoneTap(alert_id=7), "alertdone:7"),
    (AlertShowTap(alert_id=7), "alertshow:7"),
    (FixedTap(alert_id=7, fixed=False), "fixed:7:0"),
    (CallTimeTap(alert_id=7, when=CallTime.EVENING), "calltime:7:evening"),
    (CallWordsTap(alert_id=7), "callwords:7"),
    (TakeTap(conversation_id=7), "take:7"),
    (MoreTap(conversation_id=7), "more:7"),
    (AnswerTap(conversation_id=7), "answer:7"),
    (ConversationTap(conversation_id=7), "conversation:7"),
    (CloseAskTap(conversation_id=7), "closeask:7"),
    (CloseTap(conversation_id=7, outcome=Outcome.NOT_SOLVED), "close:7:not_solved"),
    (OnlyThanksTap(conversation_id=7), "onlythanks:7"),
    (HistoryTap(conversation_id=7), "history:7"),
    (PriorityAskTap(conversation_id=7), "priorityask:7"),
    (PriorityTap(conversation_id=7, priority=Priority.URGENT), "priority:7:urgent"),
    (HandOverTap(conversation_id=7), "handover:7"),
    (HandOverToTap(conversation_id=7, person_id=0), "handoverto:7:0"),
    (HandOverNowTap(conversation_id=7, person_id=3), "handovernow:7:3"),
    (WhoseTap(message_id=7, conversation_id=3), "whose:7:3"),
    (AfterwardsTap(message_id=7, choice=Afterwards.STILL), "afterwards:7:still"),
    (SpamListTap(), "spamlist"),
    (SpamUndoTap(conversation_id=7), "spamundo:7"),
    (
        KpiOneTap(
            week=105_771, team=False, metric="survey_response_rate", back=1, kind="s", about=7
        ),
        "kpione:105771:0:survey_response_rate:1:s:7",
    ),
    (AppealTap(kind=AppealKind.OVERDUE, about=7), "appeal:overdue:7"),
    (AppealShowTap(appeal_id=7), "appealshow:7"),
    (AppealDecideTap(appeal_id=7, upheld=True), "appealdecide:7:1"),
    (
        KpiDrawTap(span=SpanKind.QUARTER, team=False, page="problem_solving"),
        "kpidraw:quarter:0:problem_solving",
    ),
    (
        KpiLooksTap(span=SpanKind.MONTH, team=True, theme=Theme.DARK),
        "kpilooks:month:1:dark",
    ),
    (ThemesTap(does="theme", one=4_294_967_295, other=5), "themes:theme:4294967295:5"),
    (PlanOfTap(operator_id=7), "planof:7"),
    (PlanBeginTap(operator_id=7), "planbegin:7"),
    (PlanTap(plan_id=7, does="accept"), "plan:7:accept"),
    (PlanMetricTap(plan_id=7, metric="csat"), "planmetric:7:csat"),
    (PlanOutTap(plan_id=7, metric="csat", out=True), "planout:7:csat:1"),
    (PlanWeightTap(plan_id=7, category=Category.INITIATIVE), "planweight:7:initiative"),
    (KpiHowTap(week=105_771, team=False), "kpihow:105771:0"),
    (KpiMetricTap(week=105_771, team=True, metric="csat"), "kpimetric:105771:1:csat"),
    (KpiOpenTap(week=105_771, team=True, metric="csat"), "kpiopen:105771:1:csat"),
    (KpiPageTap(category=Category.SATISFACTION, team=False), "kpipage:satisfaction:0"),
    (ReportTap(page="hours", weeks=4), "report:hours:4"),
    (ReportSpanTap(weeks=13), "reportspan:13"),
    (ReportThemeTap(theme=Theme.DARK, page="csat", weeks=1), "reporttheme:dark:csat:1"),
    (CausesTap(weeks=13), "causes:13"),
    (CauseTap(survey_id=7, caused_by=CausedBy.COMPANY), "cause:7:company"),
    (CauseLaterTap(survey_id=7), "causelater:7"),
    (
        KpiRecordsTap(week=105_771, team=False, metric="survey_response_rate", back=1, first=8),
        "kpirecords:105771:0:survey_response_rate:1:8",
    ),
    (KpiTeamTap(team=True), "kpiteam:1"),
    (KpiThemeTap(theme=Theme.DARK, team=False), "kpitheme:dark:0"),
    (DiaryTap(draft_id=7, does="save"), "diary:7:save"),
    (DiaryStepTap(draft_id=7, step=Step.DONE, does="skip"), "diarystep:7:done:skip"),
    (DiaryAnswerTap(draft_id=7, step=Step.MOOD, value="4"), "diaryanswer:7:mood:4"),
    (DiaryFieldTap(draft_id=7, field=Step.REQUEST), "diaryfield:7:request"),
    (DiaryAboutTap(draft_id=7, conversation_id=12), "diaryabout:7:12"),
    (EntryTap(entry_id=7, does="open"), "entry:7:open"),
    (EntryPageTap(entry_id=7, version=2, page=1), "entrypage:7:2:1"),
    (DiariesTap(page=1), "diaries:1"),
    (DiariesSearchTap(), "diariessearch"),
    (DiariesAllTap(), "diariesall"),
    (FollowUpTap(entry_id=7, done=True), "followup:7:1"),
]


@pytest.mark.parametrize(("tap", "on_the_wire"), PINNED, ids=[wire for _, wire in PINNED])
def test_wire_format(tap: CallbackData, on_the_wire: str) -> None:
    assert tap.pack() == on_the_wire
    assert type(tap).unpack(on_the_wire) == tap


def kinds() -> Iterator[type[CallbackData]]:
    found = {
        kind
        for module in (callbacks, figure_callbacks)
        for _, kind in inspect.getmembers(module, inspect.isclass)
    }
    for kind in sorted(found, key=lambda kind: kind.__name__):
        if issubclass(kind, CallbackData) and kind is not CallbackData:
            yield kind


def test_every_button_is_pinned() -> None:
    pinned = {type(tap) for tap, _ in PINNED}
    assert sorted(kind.__name__ for kind in kinds() if kind not in pinned) == []


def test_no_two_buttons_sound_alike() -> None:
    prefixes = [kind.__prefix__ for kind in kinds()]
    assert sorted(prefixes) == sorted(set(prefixes))


@pytest.mark.parametrize("kind", list(kinds()))
def test_the_longest_values_still_fit(kind: type[CallbackData]) -> None:
    """64 bytes is all that Telegram carries."""
    values: dict[str, Any] = {
        name: _longest(name, field.annotation) for name, field in kind.model_fields.items()
    }
    assert len(kind(**values).pack().encode()) <= 64


@pytest.mark.parametrize("kind", list(kinds()))
def test_a_forged_number_is_no_button(kind: type[CallbackData]) -> None:
    """No database could look for it, and the tap would be given up instead of answered."""
    for forged in (2**63, -1):
        values = [
            forged if field.annotation is int else _longest(name, field.annotation)
            for name, field in kind.model_fields.items()
        ]
        if forged in values:
            words = (str(int(v)) if isinstance(v, int) else str(v) for v in values)
            with pytest.raises(ValueError, match="than"):
                kind.unpack(":".join((kind.__prefix__, *words)))


def _longest(name: str, annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return max(annotation, key=lambda member: len(str(member.value)))
    if annotation is bool:
        return True
    if annotation is str:
        return "x" * 16  # our own words are short: a language, a step, a reason
    return LARGEST if name.endswith("_id") else 99_999  # a page, a version, a number of stars
