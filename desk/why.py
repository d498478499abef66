"""Why a figure is what it is: the records it is made of, each with what it counts as."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from desk.reports import Facts
from desk.rules import Rules
from desk.surveys import may_be_seen
from kpi.quality import OUT_OF_SHARES
from kpi.records import ClosedConversation, LeftOut, Outcome, Said, SurveyState, WaitEnd, WeekAfter
from kpi.times import NOBODY_WAITED, is_overdue
from storage.database import UnitOfWork


class Kind(StrEnum):
    """What a record is a row of."""

    CONVERSATION = "conversation"
    SURVEY = "survey"
    WAIT = "wait"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Record:
    kind: Kind
    about: int
    """The row; negative: an imported conversation."""
    verdict: str
    """What it counts as, by a word of ours: "solved", "stars", "left"."""
    number: float | None = None
    """Stars, an answer on a scale, seconds, fields; None where the verdict says it all."""
    worth: float | None = None
    """Where it stands among the others, the smaller the worse; None: left out."""
    told_by_customer: bool = False
    """It says what the customer said, which is not the operator's to see at once."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as somebody may see it."""

    record: Record | None
    """None: the customer's word can still change, and is shown when it no longer can."""
    conversation_id: int | None
    """None: there is none of ours, or it would tell too much."""
    entry_id: int | None = None
    at: datetime | None = None
    """When it counts: it began to wait, was rated, closed or saved. None: not to be told."""


def records(facts: Facts, metric: str, now: datetime) -> Sequence[Record]:
    """Everything the figure looked at: what speaks against first, what it left out last."""
    found = MADE_OF[metric](facts, now)
    return sorted(found, key=lambda each: (each.worth is None, each.worth or 0, -each.about))


async def shown(
    tx: UnitOfWork, found: Sequence[Record], *, own: bool, rules: Rules
) -> Sequence[Shown]:
    """With the conversations they are of. `own`: to the operator whose figure it is, who learns
    of a low rating when nobody can be asked to change it any more."""
    return [await _shown(tx, each, own=own, rules=rules) for each in found]


async def _shown(tx: UnitOfWork, record: Record, *, own: bool, rules: Rules) -> Shown:
    number, survey, at = record.about, None, None
    if number < 0:
        return Shown(record, None)
    if record.kind is Kind.ENTRY:
        return Shown(record, None, number, (await tx.diary.one(number)).first_saved_at)
    if record.kind is Kind.WAIT:
        wait = await tx.waits.one(number)
        number, at = wait.conversation_id, wait.started_at
    if record.kind is Kind.SURVEY:
        survey = await tx.surveys.one(number)
        number, at = survey.conversation_id, survey.rated_at
    elif record.told_by_customer:
        survey = await tx.surveys.of_conversation(number)
    if own and record.told_by_customer and survey is not None:
        alert = await tx.alerts.of_survey(survey.id)
        if survey.stars is not None and not may_be_seen(survey, alert, rules):
            return Shown(None, None)
    if at is None:
        at = (await tx.conversations.one(number)).closed_at
    return Shown(record, number, at=at)


# --- what each figure is made of ---

Made = Iterable[Record]


def _conversation(about: int, verdict: str, worth: float | None, *, told: bool = False) -> Record:
    return Record(Kind.CONVERSATION, about, verdict, None, worth, told)


def _handled(facts: Facts, _: datetime) -> Made:
    for number in {*facts.answered_in, *facts.closed_by}:
        yield _conversation(number, "handled", 1)


def _messages(facts: Facts, _: datetime) -> Made:
    """By conversation: what was sent in it."""
    for one in facts.sent:
        yield Record(Kind.CONVERSATION, one.about, "messages", one.messages, -one.messages)


def _closed_as(outcome: Outcome) -> Callable[[Facts, datetime], Made]:
    def made(facts: Facts, _: datetime) -> Made:
        for one in facts.closed:
            if one.outcome is None:
                yield _conversation(one.about, LeftOut.UNKNOWN, None)
            elif one.outcome is outcome:
                yield _conversation(one.about, outcome, 1)

    return made


def _handle(facts: Facts, _: datetime) -> Made:
    for one in facts.closed:
        if not one.taken:
            yield _conversation(one.about, LeftOut.NOT_TAKEN, None)
        else:
            yield _lasted(one.about, one.handle_seconds, LeftOut.UNKNOWN)


def _lasted(about: int, seconds: float | None, out: LeftOut) -> Record:
    if seconds is None:
        return _conversation(about, out, None)
    return Record(Kind.CONVERSATION, about, "seconds", seconds, -seconds)


def _resolution(facts: Facts, _: datetime) -> Made:
    for one in facts.closed:
        if one.outcome is Outcome.SOLVED:
            yield _lasted(one.about, one.resolution_seconds, LeftOut.UNKNOWN)
        elif one.outcome is None:
            yield _conversation(one.about, LeftOut.UNKNOWN, None)


def _alone(facts: Facts, _: datetime) -> Made:
    for one in facts.closed:
        if one.outcome is Outcome.SOLVED:
            words = {None: LeftOut.UNKNOWN, True: "alone", False: "together"}
            yield _conversation(one.about, words[one.alone], one.alone)
        elif one.outcome is None:
            yield _conversation(one.about, LeftOut.UNKNOWN, None)


def _abandoned(facts: Facts, _: datetime) -> Made:
    for one in facts.closed:
        if one.outcome is Outcome.SPAM:
            yield _conversation(one.about, LeftOut.SPAM, None)
        else:
            known = None if one.outcome is None else one.answered
            words = {None: LeftOut.UNKNOWN, True: "with_answer", False: "without_answer"}
            yield _conversation(one.about, words[known], known)


def _out(outcome: Outcome | None) -> LeftOut | None:
    return LeftOut.UNKNOWN if outcome is None else OUT_OF_SHARES.get(outcome)


def _solved(facts: Facts, _: datetime) -> Made:
    for one in facts.closed:
        if (out := _out(one.outcome)) is not None:
            yield _conversation(one.about, out, None)
        elif one.denied and one.outcome is Outcome.SOLVED:
            yield _conversation(one.about, "denied", 0, told=True)
        else:
            assert one.outcome is not None
            yield _conversation(one.about, one.outcome, one.outcome is Outcome.SOLVED)


def _confirmed(facts: Facts, _: datetime) -> Made:
    for one in facts.solved_answers:
        answer = None if one.solved is None else int(one.solved)
        yield _yes_or_no(Said(answer, one.excluded, one.about))


def _weeks_after(facts: Facts) -> Iterator[tuple[WeekAfter, LeftOut | None]]:
    for one in facts.weeks_after:
        unknown = LeftOut.UNKNOWN if one.came_again is None else None
        yield one, _out(one.outcome) or unknown


def _fcr(facts: Facts, _: datetime) -> Made:
    for one, out in _weeks_after(facts):
        if out is LeftOut.UNKNOWN and one.outcome in (None, Outcome.SOLVED):
            yield _conversation(one.about, out, None)
        elif one.outcome is Outcome.SOLVED and one.denied:
            yield _conversation(one.about, "denied", 0, told=True)
        elif one.outcome is Outcome.SOLVED and (one.came_again or one.was_again):
            yield _conversation(one.about, "came_again" if one.came_again else "was_again", 0)
        elif one.outcome is Outcome.SOLVED:
            yield _conversation(one.about, "first_time", 1)


def _repeat(facts: Facts, _: datetime) -> Made:
    for one, out in _weeks_after(facts):
        if out is not None:
            yield _conversation(one.about, out, None)
        else:
            again = bool(one.came_again)
            yield _conversation(one.about, "came_again" if again else "stayed_away", not again)


def _first(facts: Facts, _: datetime) -> Made:
    for one in facts.first_responses:
        if one.opened_by_team:
            yield _conversation(one.about, LeftOut.OPENED_BY_TEAM, None)
        elif one.excluded:
            yield _conversation(one.about, LeftOut.EXCLUDED, None)
        elif one.seconds is None:
            out = LeftOut.NOT_ANSWERED if one.known else LeftOut.UNKNOWN
            yield _conversation(one.about, out, None)
        else:
            yield Record(Kind.CONVERSATION, one.about, "seconds", one.seconds, -one.seconds)


def _replies(facts: Facts, _: datetime) -> Made:
    for one in facts.waits:
        out: str | None = None
        if not one.known:
            out = LeftOut.UNKNOWN
        elif one.excluded:
            out = LeftOut.EXCLUDED
        elif one.ended_as in NOBODY_WAITED:
            out = NOBODY_WAITED[one.ended_as]
        elif one.ended_as is not WaitEnd.ANSWERED or one.seconds is None:
            out = LeftOut.NOT_ANSWERED
        if out is not None:
            yield Record(Kind.WAIT, one.about, out)
        else:
            assert one.seconds is not None
            yield Record(Kind.WAIT, one.about, "seconds", one.seconds, -one.seconds)


def _overdue(facts: Facts, now: datetime) -> Made:
    """What was in time is none of them."""
    return (each for each in _waits(facts, now) if each.verdict != "in_time")


def _waits(facts: Facts, now: datetime) -> Made:
    for one in facts.waits:
        verdict: str
        worth: float | None = None
        if not one.known:
            verdict = LeftOut.UNKNOWN
        elif one.excluded:
            verdict = LeftOut.EXCLUDED
        elif one.ended_as in NOBODY_WAITED:
            verdict = NOBODY_WAITED[one.ended_as]
        elif is_overdue(one, now):
            verdict, worth = "late", 0
        elif one.ended_as is None:
            verdict = LeftOut.NOT_ANSWERED
        else:
            verdict, worth = "in_time", 1
        yield Record(Kind.WAIT, one.about, verdict, None, worth)


def _ratings(facts: Facts, _: datetime) -> Made:
    for one in facts.ratings:
        verdict = LeftOut.EXCLUDED if one.excluded else "stars"
        worth = None if one.excluded else one.stars
        yield Record(Kind.SURVEY, one.about, verdict, one.stars, worth, told_by_customer=True)


def _yes_or_no(said: Said) -> Record:
    words = {None: LeftOut.NOT_ANSWERED, 0: "no", 1: "yes"}
    verdict = LeftOut.EXCLUDED if said.excluded else words[said.answer]
    worth = None if said.excluded else said.answer
    return Record(Kind.SURVEY, said.about, verdict, None, worth, told_by_customer=True)


def _satisfied(facts: Facts, _: datetime) -> Made:
    return map(_yes_or_no, facts.satisfied)


def _professional(facts: Facts, _: datetime) -> Made:
    return map(_yes_or_no, facts.professional)


def _scaled(answers: Iterable[Said]) -> Made:
    for said in answers:
        if said.answer is None or said.excluded:
            yield _yes_or_no(Said(None, said.excluded, said.about))
        else:
            about = (Kind.SURVEY, said.about, "answer", said.answer, said.answer)
            yield Record(*about, told_by_customer=True)


def _recommended(facts: Facts, _: datetime) -> Made:
    return _scaled(facts.recommended)


def _easy(facts: Facts, _: datetime) -> Made:
    return _scaled(facts.easy)


def _surveys(facts: Facts, _: datetime) -> Made:
    for one in facts.surveys:
        if one.excluded:
            yield Record(Kind.SURVEY, one.about, LeftOut.EXCLUDED)
        elif one.state in (SurveyState.OPEN, SurveyState.NOT_SENT):
            yield Record(Kind.SURVEY, one.about, one.state)
        else:
            worth = one.state is SurveyState.ANSWERED
            yield Record(Kind.SURVEY, one.about, one.state, None, worth)


def _recovered(facts: Facts, _: datetime) -> Made:
    for one in facts.recoveries:
        words = "fixed" if one.fixed else "not_fixed"
        yield _told(one.about, words, one.fixed, excluded=one.excluded)


def _gap(facts: Facts, _: datetime) -> Made:
    for one in facts.foreseen:
        gap = one.went_well and one.negative
        yield _told(one.about, "gap" if gap else "no_gap", not gap, excluded=one.excluded)


def _told(about: int, verdict: str, worth: float, *, excluded: bool) -> Record:
    if excluded:
        return Record(Kind.SURVEY, about, LeftOut.EXCLUDED, told_by_customer=True)
    return Record(Kind.SURVEY, about, verdict, None, worth, told_by_customer=True)


def _diary(facts: Facts, _: datetime) -> Made:
    for one in facts.closed:
        yield _diary_of(one)


def _diary_of(one: ClosedConversation) -> Record:
    out = _out(one.outcome) or (LeftOut.UNKNOWN if one.has_diary is None else None)
    if out is not None:
        return _conversation(one.about, out, None)
    return _conversation(one.about, "diary" if one.has_diary else "no_diary", bool(one.has_diary))


def _entries(facts: Facts, _: datetime) -> Made:
    for one in facts.entries:
        yield Record(Kind.ENTRY, one.about, "fields", one.filled, one.filled)


MADE_OF: Mapping[str, Callable[[Facts, datetime], Made]] = MappingProxyType(
    {
        "handled": _handled,
        "messages": _messages,
        "solved": _closed_as(Outcome.SOLVED),
        "spam_count": _closed_as(Outcome.SPAM),
        "handle_time": _handle,
        "self_solved_share": _alone,
        "reply_time": _replies,
        "overdue": _overdue,
        "resolution_time": _resolution,
        "abandoned_share": _abandoned,
        "recovery_share": _recovered,
        "diary_gap": _gap,
        "solved_share": _solved,
        "confirmed_share": _confirmed,
        "fcr": _fcr,
        "repeat_share": _repeat,
        "first_response_time": _first,
        "overdue_share": _waits,
        "average_rating": _ratings,
        "csat": _ratings,
        "satisfied_share": _satisfied,
        "professional_share": _professional,
        "nps": _recommended,
        "ces": _easy,
        "survey_response_rate": _surveys,
        "diary_share": _diary,
        "diary_completeness": _entries,
    }
)
