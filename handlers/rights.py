"""Who may what: one table of commands and buttons, held in front of every handler.

Whoever comes this far has the role. Whose a conversation, a survey or an entry is, and whether it
can still be done, the rules decide. docs/rights.md tells the table in words; tests compare them,
and try every row with every role.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from enum import Enum
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message, TelegramObject

from desk.refusals import Banned, NotAllowed
from handlers import callbacks as taps
from handlers import figure_callbacks as figures
from storage.models import Person, Role


class Who(Enum):
    """Whom a row of the table lets through."""

    EVERYBODY = "everybody"
    CUSTOMERS = "customers"
    """Everybody but who is banned; the team too, for what was before they joined it."""
    OPERATORS = "operators"
    SUPERVISORS = "supervisors"

    def lets(self, person: Person) -> bool:
        match self:
            case Who.EVERYBODY:
                return True
            case Who.CUSTOMERS:
                return person.banned_at is None
            case Who.OPERATORS:
                return person.may(Role.OPERATOR)
            case Who.SUPERVISORS:
                return person.may(Role.SUPERVISOR)


MENU: Mapping[Role, tuple[str, ...]] = {
    Role.CUSTOMER: ("help", "language", "privacy"),
    Role.OPERATOR: ("queue", "close", "shift", "diary", "diaries", "kpi", "plan"),
    Role.SUPERVISOR: ("alerts", "report", "invite", "team"),
}
"""What the menu and /help list."""

COMMANDS: Mapping[str, Who] = {
    **dict.fromkeys(("start", "cancel", *MENU[Role.CUSTOMER]), Who.EVERYBODY),
    **dict.fromkeys(("undo", "skip", "back", *MENU[Role.OPERATOR]), Who.OPERATORS),
    **dict.fromkeys(MENU[Role.SUPERVISOR], Who.SUPERVISORS),
}

BUTTONS: Mapping[Who, tuple[type[CallbackData], ...]] = {
    Who.EVERYBODY: (
        taps.LanguageTap,
        taps.PrivacyDeleteTap,
        taps.PrivacyFileTap,
        taps.PrivacySureTap,
    ),
    Who.CUSTOMERS: (
        taps.AfterwardsTap,
        taps.CallTimeTap,
        taps.CallWordsTap,
        taps.FixedTap,
        taps.NoCommentTap,
        taps.ReasonTap,
        taps.SaidTap,
        taps.SolvedTap,
        taps.StarTap,
    ),
    Who.OPERATORS: (
        taps.AnswerTap,
        figures.AppealShowTap,
        figures.AppealTap,
        taps.CloseAskTap,
        taps.CloseTap,
        taps.ConversationTap,
        taps.DiariesAllTap,
        taps.DiariesSearchTap,
        taps.DiariesTap,
        taps.DiaryAboutTap,
        taps.DiaryAnswerTap,
        taps.DiaryFieldTap,
        taps.DiaryStepTap,
        taps.DiaryTap,
        taps.EntryPageTap,
        taps.EntryTap,
        taps.FollowUpTap,
        taps.HandOverNowTap,
        taps.HandOverTap,
        taps.HandOverToTap,
        taps.HistoryTap,
        figures.KpiDrawTap,
        figures.KpiHowTap,
        figures.KpiLooksTap,
        figures.KpiMetricTap,
        figures.KpiOneTap,
        figures.KpiOpenTap,
        figures.KpiPageTap,
        figures.KpiRecordsTap,
        figures.KpiTeamTap,
        figures.KpiThemeTap,
        taps.MoreTap,
        taps.OnlyThanksTap,
        figures.PlanBeginTap,
        figures.PlanMetricTap,
        figures.PlanOfTap,
        figures.PlanOutTap,
        figures.PlanTap,
        figures.PlanWeightTap,
        taps.PriorityAskTap,
        taps.PriorityTap,
        taps.ShiftOffTap,
        taps.TakeTap,
        taps.WhoseTap,
    ),
    Who.SUPERVISORS: (
        taps.AlertCallTap,
        taps.AlertDoneTap,
        taps.AlertShowTap,
        taps.AlertTakeTap,
        taps.AlertWriteTap,
        figures.AppealDecideTap,
        taps.BanTap,
        figures.CauseLaterTap,
        figures.CauseTap,
        figures.CausesTap,
        taps.DeedsTap,
        taps.FindTap,
        taps.InviteAskTap,
        taps.InviteTap,
        taps.MemberTap,
        taps.NameResetTap,
        taps.NameTap,
        taps.RemoveSureTap,
        taps.RemoveTap,
        figures.ReportSpanTap,
        figures.ReportTap,
        figures.ReportThemeTap,
        figures.ThemesTap,
        taps.RevokeTap,
        taps.RoleTap,
        taps.SpamListTap,
        taps.SpamUndoTap,
    ),
}
"""A button that says `team` is about the team's figures, and so for supervisors besides."""

_ROWS = {kind.__prefix__: (who, kind) for who, kinds in BUTTONS.items() for kind in kinds}


def commands_of(person: Person) -> list[str]:
    """What their menu lists, without the slash, the daily ones first."""
    roles = (Role.OPERATOR, Role.SUPERVISOR, Role.CUSTOMER)
    return [name for role in roles if person.may(role) for name in MENU[role]]


def command_in(message: Message) -> str | None:
    """The command a message is, without slash and @bot; None: it is none."""
    text = message.text or message.caption or ""
    if not text.startswith("/"):
        return None
    return text.split(maxsplit=1)[0].removeprefix("/").partition("@")[0].lower()


def needed(event: TelegramObject) -> Who | None:
    """Whom the table lets do this; None: it is no command and no button of ours."""
    if isinstance(event, CallbackQuery):
        return _button_needs(event.data or "")
    if isinstance(event, Message) and event.chat.type == ChatType.PRIVATE:
        return COMMANDS.get(command_in(event) or "")
    return None


def _button_needs(data: str) -> Who | None:
    row = _ROWS.get(data.partition(":")[0])
    if row is None:
        return None
    who, kind = row
    if "team" in kind.model_fields:
        with suppress(ValueError, TypeError):  # hand-made: no handler takes it either
            if getattr(kind.unpack(data), "team", False):
                return Who.SUPERVISORS
    return who


class HoldRights(BaseMiddleware):
    """Refuses what is not for who asks, before any handler looks at it."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        who, me = needed(event), data["me"]
        if who is not None and not who.lets(me):
            raise Banned if me.banned_at is not None else NotAllowed
        return await handler(event, data)
