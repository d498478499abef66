"""What became of the questions, and whether it was written down."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from kpi.figures import MeanPart, Share, mean_part, share
from kpi.records import (
    ClosedConversation,
    Foreseen,
    LeftOut,
    Outcome,
    WeekAfter,
    WrittenEntry,
)

Fact = TypeVar("Fact")

MIN_CLOSED = 10
MIN_ENTRIES = 5

REQUIRED = ("channel", "request", "done", "mood", "status")
"""The fields of a diary entry that `diary_completeness` asks for. Names and contacts are not among
them: who would not give one must not be a reason to invent it."""

OUT_OF_SHARES = {Outcome.SPAM: LeftOut.SPAM, Outcome.LEFT: LeftOut.LEFT}


def solved_share(conversations: Iterable[ClosedConversation]) -> Share:
    """`solved_share`: closed as *solved* among closed ones, spam and *left* out.

    %, more is better, from 10 on; counted at the last closing. A *solved* the customer denies
    counts as not solved; a customer who fell silent (*no answer*) was not helped either. An
    imported conversation without an outcome is unknown, not unsolved. Source: conversations,
    surveys.
    """
    results: list[bool] = []
    left_out: Counter[str] = Counter()
    for closed in conversations:
        if (reason := _left_out(closed)) is not None:
            left_out[reason] += 1
        else:
            results.append(closed.outcome is Outcome.SOLVED and not closed.denied)
    return share(sum(results), len(results), MIN_CLOSED, left_out)


def solved_share_by_priority(
    conversations: Iterable[ClosedConversation],
) -> Mapping[str, Share]:
    """`solved_share.urgent` …: the same per priority, for each priority that occurred."""
    groups: dict[str, list[ClosedConversation]] = defaultdict(list)
    for closed in conversations:
        groups[closed.priority].append(closed)
    return {priority: solved_share(group) for priority, group in groups.items()}


def self_solved_share(conversations: Iterable[ClosedConversation]) -> Share:
    """`self_solved_share`: solved by one person alone, among those closed as *solved*.

    Without a hand-over, a second operator, or a supervisor writing or holding it before. %,
    more is better, from 10 on; counted at the last closing. Imported without knowing how many
    took part is unknown. Source: conversations, events, messages.
    """
    alone, left_out = of_solved(conversations, lambda closed: closed.alone)
    return share(sum(alone), len(alone), MIN_CLOSED, left_out)


def abandoned_share(conversations: Iterable[ClosedConversation]) -> Share:
    """`abandoned_share`: closed without any message of the team, among closed ones, spam out.

    %, less is better, from 10 on; counted at the last closing; of the team only, for what
    nobody answered is nobody's. Source: conversations.
    """
    results: list[bool] = []
    left_out: Counter[str] = Counter()
    for closed in conversations:
        if closed.outcome is Outcome.SPAM:
            left_out[LeftOut.SPAM] += 1
        elif closed.outcome is None or closed.answered is None:
            left_out[LeftOut.UNKNOWN] += 1
        else:
            results.append(not closed.answered)
    return share(sum(results), len(results), MIN_CLOSED, left_out)


def diary_gap(foreseen: Iterable[Foreseen]) -> Share:
    """`diary_gap`: rated conversations whose diary says that it went well though the rating was
    negative, among rated conversations with an entry saved before the rating was shown.

    %, less is better, from 5 on; counted at the rating, by the entry's first version. Source:
    diary versions, surveys.
    """
    foreseen = list(foreseen)
    counted = [each for each in foreseen if not each.excluded]
    gaps = sum(each.went_well and each.negative for each in counted)
    left_out: dict[str, int] = {LeftOut.EXCLUDED: len(foreseen) - len(counted)}
    return share(gaps, len(counted), MIN_ENTRIES, left_out)


def diary_share(conversations: Iterable[ClosedConversation]) -> Share:
    """`diary_share`: closed conversations with a diary entry among closed, spam and *left* out.

    %, more is better, from 10 on; counted at the last closing. Without an entry is "no": it was
    offered. Imported without that fact is unknown. Source: conversations, diary entries.
    """
    written: list[bool] = []
    left_out: Counter[str] = Counter()
    for closed in conversations:
        if (reason := _left_out(closed)) is not None:
            left_out[reason] += 1
        elif closed.has_diary is None:
            left_out[LeftOut.UNKNOWN] += 1
        else:
            written.append(closed.has_diary)
    return share(sum(written), len(written), MIN_CLOSED, left_out)


def diary_completeness(entries: Iterable[WrittenEntry]) -> MeanPart:
    """`diary_completeness`: required fields filled among required fields, mean over entries.

    %, more is better, from 5 entries on; counted at the first saving, with what the entry says
    now. Source: diary entries.
    """
    return mean_part((entry.filled / len(REQUIRED) for entry in entries), MIN_ENTRIES)


def fcr(weeks_after: Iterable[WeekAfter]) -> Share:
    """`fcr`: first-contact resolution, among conversations closed as *solved*.

    Solved and not denied; no further conversation of the customer within 7 times 24 hours of
    another's closing, nor one they came back to; and followed by none in the 7 times 24 hours
    after. %, more is better, from 10 on; counted at the end of the 7 days. An imported one is
    unknown, for nobody followed its customer. Source: conversations, surveys.
    """
    results: list[bool] = []
    unknown = 0
    for one in weeks_after:
        if one.outcome is None or one.came_again is None or one.was_again is None:
            unknown += one.outcome in (None, Outcome.SOLVED)
        elif one.outcome is Outcome.SOLVED:
            results.append(not (one.denied or one.came_again or one.was_again))
    return share(sum(results), len(results), MIN_CLOSED, {LeftOut.UNKNOWN: unknown})


def repeat_share(weeks_after: Iterable[WeekAfter]) -> Share:
    """`repeat_share`: closed and followed by another conversation of the customer within 7 times
    24 hours, among closed ones, spam and *left* out.

    %, less is better, from 10 on; counted at the end of the 7 days. Source: conversations.
    """
    results: list[bool] = []
    left_out: Counter[str] = Counter()
    for one in weeks_after:
        if (reason := _left_out(one)) is not None:
            left_out[reason] += 1
        elif one.came_again is None:
            left_out[LeftOut.UNKNOWN] += 1
        else:
            results.append(one.came_again)
    return share(sum(results), len(results), MIN_CLOSED, left_out)


def of_solved(
    conversations: Iterable[ClosedConversation], fact: Callable[[ClosedConversation], Fact | None]
) -> tuple[list[Fact], Mapping[str, int]]:
    """A fact of each that was closed as *solved*; not known of how many, nor whether they were."""
    known: list[Fact] = []
    unknown = 0
    for closed in conversations:
        if closed.outcome is None:
            unknown += 1
        elif closed.outcome is Outcome.SOLVED:
            if (told := fact(closed)) is None:
                unknown += 1
            else:
                known.append(told)
    return known, {LeftOut.UNKNOWN: unknown}


def _left_out(closed: ClosedConversation | WeekAfter) -> LeftOut | None:
    if closed.outcome is None:
        return LeftOut.UNKNOWN
    return OUT_OF_SHARES.get(closed.outcome)
