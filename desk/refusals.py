"""What a person can be refused. The words are in handlers/refusals.py."""


class Refusal(Exception):
    """The request is understood and cannot be granted; nothing has changed.

    What the words need to know is given by name: `TakenBy(name="Anna")`.
    """

    def __init__(self, **values: str) -> None:
        super().__init__()
        self.values = values


class NotYours(Refusal):
    """It belongs to somebody else or does not exist: deliberately the same answer."""


class NotAllowed(Refusal):
    """It takes another role."""


class Banned(Refusal):
    """Nobody gets what they say."""


class TooFast(Refusal):
    """So many taps or commands at once are nobody's need."""


class TooLate(Refusal):
    """It was possible once; meanwhile somebody else acted or the time ran out."""


class SetInSettings(Refusal):
    """The role is in SUPERVISOR_IDS or OPERATOR_IDS and comes back at every start."""


class LastSupervisor(Refusal):
    """Nobody would be left to invite anybody."""


class StaffNotBanned(Refusal):
    """Who works here is removed first, and banned then."""


class LinkUnknown(Refusal):
    """No invite or setup link has this secret."""


class LinkExpired(Refusal):
    """The invite's seven days are over."""


class LinkRevoked(Refusal):
    """A supervisor took the invite back."""


class LinkUsed(Refusal):
    """Somebody came in by this link already."""


class OwnLink(Refusal):
    """The invite is for somebody else than who made it."""


class AlreadyThat(Refusal):
    """They have the role the link would give; the link stays good for another person."""


class NameTooLong(Refusal):
    """A display name has 64 characters at most, and at least one that can be seen."""


class TakenBy(TooLate):
    """Somebody else has it: `name`."""


class SurveyExpired(TooLate):
    """A rating can no longer be given or changed."""


class CannotBeReached(TooLate):
    """The person they mean has blocked the bot, or deleted their data."""


class NothingToSave(Refusal):
    """The diary entry says nothing yet."""


class DraftAside(Refusal):
    """Another diary entry is being written now; this one was left for later."""


class DraftSaved(Refusal):
    """What was being written is in the diary already."""


class StillBanned(Refusal):
    """Nobody would get what the customer of this conversation writes."""


class WordsTooLong(Refusal):
    """More than `limit` characters."""


class NoteTooLong(Refusal):
    """A hand-over's note is read on a card: 1,000 characters at most."""


class NotOnShift(TooLate):
    """Who should get a conversation answers none now."""


class TooLateToUndo(TooLate):
    """Telegram lets a bot delete a message for 48 hours."""


class NotYourMessage(NotYours):
    """Only one's own message to a customer can be taken back."""


class NotYourConversation(NotYours):
    """Somebody else answers it."""
