"""What a person can be refused. The words are in handlers/refusals.py."""


class Refusal(Exception):
    """The request is understood and cannot be granted; nothing has changed."""


class NotYours(Refusal):
    """It belongs to somebody else or does not exist: deliberately the same answer."""


class NotAllowed(Refusal):
    """It takes another role."""


class TooLate(Refusal):
    """It was possible once; meanwhile somebody else acted or the time ran out."""
