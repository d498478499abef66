"""How much there was: shown, never scored, for paying for quantity buys hurry."""

from collections.abc import Iterable

from kpi.figures import Count, count


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
