"""What a weekly card says, as plain values: wording and numbers' spelling are the caller's.

Nothing here draws, so a card can be made where matplotlib is not, and sent to where it is.
"""

from dataclasses import dataclass
from enum import StrEnum

from kpi.figures import Figure

WEEKS = 12
"""How many weeks a card looks back, this one included."""


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """How a word of change is set."""

    BETTER = "better"
    WORSE = "worse"
    MUTED = "muted"
    """No real change, and not enough data."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on every card in one language."""

    satisfied: str
    first_response: str
    overdue: str
    going_well: str
    score_target: str
    """Under the dashed line of the score's parts: "target 100"."""
    legend_week: str
    legend_interval: str
    legend_little_data: str
    legend_target: str


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One category of the score."""

    label: str
    points: float | None
    """0 to 120; None: `shown` stands where the bar would be."""
    shown: str
    """ "104", or why there is no bar: "not enough data"."""


@dataclass(frozen=True, slots=True)
class ScoreBlock:
    value: str | None
    """ "90"; None: there is no score, `title` says so and `lines` what it needs."""
    title: str
    """ "score this week", or "No score"."""
    lines: tuple[str, ...]
    """ "last week 86", or what a score needs; two fit."""
    parts: tuple[ScorePart, ...]
    """Five at most, the first on top."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure over the weeks: of a share drawn in percent, of a median in seconds."""

    weeks: tuple[Figure, ...]
    """Oldest first, this week last; a week without data is a figure without value."""
    figure: str
    """ "88 %", with little data "2 of 3" or nothing."""
    n: str
    """What it is of: "63 chats"."""
    change: str
    """ "no real change", with little data how much there is: "not enough data (3 of 5)"."""
    change_short: str
    """The same in fewer letters, "as usual", for where `n` would not fit beside it."""
    tone: Tone
    target: float | None
    """In percent, or seconds; the dashed line. None: there is none."""
    target_label: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to work on. Sentences break where they must, and at "\\n"."""

    title: str
    text: str
    known: bool = True
    """False: too little data to find anything, which the text says; its title is muted."""


@dataclass(frozen=True, slots=True)
class WeeklyCard:
    """An operator's or the team's week on one picture."""

    name: str
    dates: str
    headline: str
    """The week in a sentence, two lines of 34 letters, parted by "\\n" if the caller cares."""
    score: ScoreBlock
    satisfied: Panel
    first_response: Panel
    limit: float
    """Of the first response, in seconds: its axis ends at 1.2 times this."""
    overdue: Panel
    week_labels: tuple[str, ...]
    """ "31 Aug", one per week; three of them are shown."""
    ratings_title: str
    """ "42 ratings"."""
    ratings: tuple[int, int, int, int, int]
    """How many gave 5, 4, 3, 2 and 1."""
    praise: str
    """A fact that went well; empty: nothing is praised."""
    work_on: Remark | None
    words: CardWords
    theme: Theme = Theme.LIGHT
