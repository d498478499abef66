"""What the buttons of figures say: charts, records, plans, appeals, the team's report.

The same wire format as in handlers/callbacks.py, under the same rules.
"""

from aiogram.filters.callback_data import CallbackData

from desk.weeks import SpanKind
from handlers.callbacks import Number
from kpi.card import Theme
from kpi.score import Category
from storage.models import AppealKind, CausedBy


class KpiHowTap(CallbackData, prefix="kpihow"):
    """Shows how a week is counted."""

    week: Number
    """As `desk.weeks` numbers them; here and below also a month's or a quarter's."""
    team: bool


class KpiMetricTap(CallbackData, prefix="kpimetric"):
    """Opens one figure of that."""

    week: Number
    team: bool
    metric: str
    """Or "score", or "all" of them."""


class KpiOpenTap(CallbackData, prefix="kpiopen"):
    """Shows how a week's figure is counted, in a card below."""

    week: Number
    team: bool
    metric: str


class KpiRecordsTap(CallbackData, prefix="kpirecords"):
    """Shows the records a figure is made of."""

    week: Number
    team: bool
    metric: str
    back: Number
    """0: of the week after, as far as it has come; 1: of the week itself."""
    first: Number
    """How many records come before the page."""


class KpiOneTap(CallbackData, prefix="kpione"):
    """Shows one of those records."""

    week: Number
    team: bool
    metric: str
    back: Number
    kind: str
    """The first letter of what it is a row of."""
    about: Number


class AppealTap(CallbackData, prefix="appeal"):
    """Asks an operator why a record should not count."""

    kind: AppealKind
    about: Number
    """The survey or the wait."""


class AppealShowTap(CallbackData, prefix="appealshow"):
    appeal_id: Number


class AppealDecideTap(CallbackData, prefix="appealdecide"):
    appeal_id: Number
    upheld: bool


class KpiPageTap(CallbackData, prefix="kpipage"):
    """Draws a category's metrics of the week; sent before there were months."""

    category: Category
    team: bool


class KpiDrawTap(CallbackData, prefix="kpidraw"):
    """Draws a card, or a category's page, of so long a span."""

    span: SpanKind
    team: bool
    page: str
    """"card", or a category."""


class KpiLooksTap(CallbackData, prefix="kpilooks"):
    """Draws the card in other colours from now on."""

    span: SpanKind
    team: bool
    theme: Theme


class KpiTeamTap(CallbackData, prefix="kpiteam"):
    """Draws the team's card, or one's own, of the week; sent before there were months."""

    team: bool


class KpiThemeTap(CallbackData, prefix="kpitheme"):
    """Draws the week in other colours from now on; sent before there were months."""

    theme: Theme
    team: bool


class PlanOfTap(CallbackData, prefix="planof"):
    """Shows an operator's plan, in a card below."""

    operator_id: Number


class PlanBeginTap(CallbackData, prefix="planbegin"):
    """Begins another plan for an operator."""

    operator_id: Number


class PlanTap(CallbackData, prefix="plan"):
    """What may be done with a plan as a whole."""

    plan_id: Number
    does: str
    """propose, drop, accept, remark."""


class PlanMetricTap(CallbackData, prefix="planmetric"):
    """Asks from where to where a metric counts."""

    plan_id: Number
    metric: str


class PlanOutTap(CallbackData, prefix="planout"):
    """Leaves a metric out of a plan, or takes it in again."""

    plan_id: Number
    metric: str
    out: bool


class PlanWeightTap(CallbackData, prefix="planweight"):
    """Asks how much a category weighs."""

    plan_id: Number
    category: Category


class ReportTap(CallbackData, prefix="report"):
    """Draws a page of the team's report."""

    page: str
    """A metric operators are compared by, "hours", "reasons" or "tables"."""
    weeks: Number


class ReportSpanTap(CallbackData, prefix="reportspan"):
    """Over how many weeks the team's report looks."""

    weeks: Number


class ReportThemeTap(CallbackData, prefix="reporttheme"):
    """Draws in other colours from now on."""

    theme: Theme
    page: str
    weeks: Number


class ThemesTap(CallbackData, prefix="themes"):
    """What comments are about: shows a page of it, or changes the words."""

    does: str
    """all, theme, words, choose, list, ask, weeks, add, drop, write."""
    one: Number
    """A theme, by `desk.themes.key_of`; of "weeks" how many; of "ask" whether the words."""
    other: Number
    """A word, by the same; of "theme" how many comments come before the page."""


class CausesTap(CallbackData, prefix="causes"):
    """Asks whose the bad ratings are."""

    weeks: Number


class CauseTap(CallbackData, prefix="cause"):
    """Whose a bad rating is."""

    survey_id: Number
    caused_by: CausedBy


class CauseLaterTap(CallbackData, prefix="causelater"):
    """On to the next one."""

    survey_id: Number
