"""What became of the questions, and whether it was written down."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kpi.figures import Share, share
from kpi.records import ClosedConversation, LeftOut, Outcome

MIN_CLOSED = 10

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


def _left_out(closed: ClosedConversation) -> LeftOut | None:
    if closed.outcome is None:
        return LeftOut.UNKNOWN
    return OUT_OF_SHARES.get(closed.outcome)
