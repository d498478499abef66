"""How much there was: shown, never scored, for paying for quantity buys hurry."""

from collections import Counter
from collections.abc import Iterable

from kpi.figures import Count, count
from kpi.records import ClosedConversation, LeftOut, Outcome, Sent


def handled(answered: Iterable[int], closed: Iterable[int]) -> Count:
    """`handled`: conversations the operator answered in, plus those closed by them unanswered.

    A count without direction or interval, at any n; counted at the last closing, so a
    conversation that is open is in no week. Takes the numbers of closed conversations: those
    in which the operator wrote, whoever closed them, and those the operator closed. For the
    team: in which any operator wrote, and which any closed, so each counts once however many
    took part. What a supervisor's follow-up wrote is not among them. None closed is 0, not
    unknown. Source: messages, conversations.
    """
    return count(len({*answered, *closed}))


def messages(sent: Iterable[Sent]) -> Count:
    """`messages`: what the operator sent to customers, for the team what any did.

    A count without direction; counted at sending. What was taken back is not among them, what
    a supervisor's follow-up sent is. Imported conversations have none. Source: messages.
    """
    return count(sum(each.messages for each in sent))


def solved(conversations: Iterable[ClosedConversation]) -> Count:
    """`solved`: closed as *solved*, whatever the customer says to it. Counted at closing.

    Source: conversations.
    """
    return _closed_as(Outcome.SOLVED, conversations)


def spam_count(conversations: Iterable[ClosedConversation]) -> Count:
    """`spam_count`: closed as spam, which supervisors see and can undo. Counted at closing.

    Source: conversations.
    """
    return _closed_as(Outcome.SPAM, conversations)


def _closed_as(outcome: Outcome, conversations: Iterable[ClosedConversation]) -> Count:
    """Imported without a word how it was closed: unknown."""
    found = Counter(each.outcome for each in conversations)
    return count(found[outcome], {LeftOut.UNKNOWN: found[None]})
