"""The facts figures are made of, as plain values. Storage fills them from a few queries.

A list of records is always one scope's, an operator's or the team's, in one period: whose
they are and when they count is `metrics.md`'s "Ground rules", and storage's `where`.
None is "not known" (an imported conversation whose file did not say), never "no".

Each fact knows the row it came from, `about`, so that whoever asks "why?" can be shown it (a
negative number is an imported conversation's); two facts that say the same are equal whatever
they are about.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a conversation was closed."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    SPAM = "spam"
    NO_ANSWER = "no_answer"
    LEFT = "left"


class WaitEnd(StrEnum):
    """How a wait ended."""

    ANSWERED = "answered"
    CLOSED = "closed"
    """With the conversation, without an answer."""
    SPAM = "spam"
    LEFT = "left"
    THANKS = "thanks"
    """It was only thanks: nobody was waiting."""


class SurveyState(StrEnum):
    ANSWERED = "answered"
    EXPIRED = "expired"
    OPEN = "open"
    """Sent, neither answered nor expired."""
    NOT_SENT = "not_sent"


class LeftOut(StrEnum):
    """Why a record is in no `n`: the keys of `Figure.left_out`."""

    SPAM = "spam"
    LEFT = "left"
    THANKS = "thanks"
    NOT_TAKEN = "not_taken"
    """Closed without anybody having taken it."""
    UNKNOWN = "unknown"
    """Imported without this fact."""
    EXCLUDED = "excluded"
    """Upheld appeal, test or spam."""
    NOT_ANSWERED = "not_answered"
    """Nothing has come yet; it may still."""
    OPENED_BY_TEAM = "opened_by_team"
    OPEN = "open"
    NOT_SENT = "not_sent"
    """Followed by a dot and the reason where there is one: `not_sent.recent`."""
    PRODUCT = "product"
    """The only reason given is the product itself: nothing an operator did."""


@dataclass(frozen=True, slots=True)
class ClosedConversation:
    """A conversation at its last closing; open again it is in no list.

    Belongs to who closed it, closed by nobody to who held it, else to the team alone. A
    supervisor's follow-up is no closing: the one before it stands.
    """

    outcome: Outcome | None
    denied: bool = False
    """The customer answered "Is it solved?" with no, or says so by what went wrong."""
    has_diary: bool | None = False
    priority: str = "normal"
    alone: bool | None = None
    """One person of the team took it, wrote in it and closed it, and it was never handed over."""
    answered: bool | None = None
    """Somebody of the team wrote to the customer before it was closed."""
    taken: bool = True
    handle_seconds: float | None = None
    """Working time from first taking to last closing, less the time it was closed."""
    resolution_seconds: float | None = None
    """Working time from opening to last closing."""
    about: int = field(default=0, compare=False)
    """The conversation."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What an operator, or any, sent to a customer; belongs to who wrote it."""

    messages: int
    about: int = field(default=0, compare=False)
    """The conversation."""


@dataclass(frozen=True, slots=True)
class SolvedAnswer:
    """What a customer said to "Is it solved?"; belongs to the rating's operator."""

    solved: bool | None
    """None: asked, and no answer yet."""
    excluded: bool = False
    """Its survey's rating is excluded."""
    about: int = field(default=0, compare=False)
    """The survey."""


@dataclass(frozen=True, slots=True)
class WeekAfter:
    """A closed conversation, seven times 24 hours later: did its customer come again?

    Belongs to whom the closing belongs to. Spam is no contact, nor is what the team opened.
    """

    outcome: Outcome | None
    denied: bool = False
    """As of a closed conversation."""
    came_again: bool | None = False
    """Another conversation of the customer began in that time. None: nobody knows."""
    was_again: bool | None = False
    """It was no first contact: it began so soon after another one's closing, or the customer
    came back to it before its last closing."""
    about: int = field(default=0, compare=False)
    """The conversation."""


@dataclass(frozen=True, slots=True)
class FirstResponse:
    """How long a conversation's first message waited; belongs to who answered it."""

    seconds: float | None
    """Working time, on the clock of the scope: an operator's runs from the latest of the
    message, coming on shift and being handed it, the team's from the message. None: none yet."""
    opened_by_team: bool = False
    known: bool = True
    """False: imported without it."""
    excluded: bool = False
    """After an appeal."""
    about: int = field(default=0, compare=False)
    """The conversation."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Belongs, if overdue, to who held it at its due moment, else to who answered it.

    Closed unanswered before it was due: to who held it at closing.
    """

    due_at: datetime
    ended_at: datetime | None
    """None: the customer is still waiting."""
    ended_as: WaitEnd | None
    known: bool = True
    """False: imported, so nobody knows when an answer was due."""
    excluded: bool = False
    """After an appeal."""
    seconds: float | None = None
    """Working time to the answer, on the clock of the scope as a first response's. None: none."""
    about: int = field(default=0, compare=False)
    """The wait."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating with its last value, counted at its first tap."""

    stars: int
    excluded: bool = False
    product_only: bool = False
    """Its only reason is "the product itself"."""
    about: int = field(default=0, compare=False)
    """The survey."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer answered to a question after the stars; belongs to the rating's operator."""

    answer: int | None
    """On the question's scale, of two 1 is "yes". None: asked, and no answer yet."""
    excluded: bool = False
    """Its survey's rating is excluded."""
    about: int = field(default=0, compare=False)
    """The survey."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a customer who was let down answered to "is it all right now?"; belongs to the
    rating's operator."""

    fixed: bool
    excluded: bool = False
    about: int = field(default=0, compare=False)
    """The survey."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A rated conversation with what its operator wrote down before they saw the rating."""

    went_well: bool
    """Done, and the customer's mood neutral or better."""
    negative: bool
    """What the customer says."""
    excluded: bool = False
    about: int = field(default=0, compare=False)
    """The survey."""


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """A diary entry, at its first saving with its last words; belongs to whose diary it is."""

    filled: int
    """How many of the required fields."""
    about: int = field(default=0, compare=False)
    """The entry."""


@dataclass(frozen=True, slots=True)
class SurveyOutcome:
    """What became of the survey a closing led to.

    Counted at the answer or the expiry; while open, at sending; not sent, at closing.
    """

    state: SurveyState
    not_sent: str | None = None
    """Why, in the words of the records."""
    excluded: bool = False
    about: int = field(default=0, compare=False)
    """The survey."""
