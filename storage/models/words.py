"""The words the tables are written in."""

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What somebody may do. Roles add up; a supervisor may do all an operator may."""

    CUSTOMER = "customer"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"


class Priority(StrEnum):
    """How soon a conversation is to be answered."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class ConversationState(StrEnum):
    WAITING = "waiting"
    """In the queue: nobody holds it."""
    HELD = "held"
    CLOSED = "closed"


class Outcome(StrEnum):
    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    SPAM = "spam"
    NO_ANSWER = "no_answer"
    """The customer fell silent: counts as not solved."""
    LEFT = "left"
    """The customer blocked the bot or deleted their data: out of all shares."""


class EventKind(StrEnum):
    """What happened to a conversation."""

    OPENED = "opened"
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    QUEUED = "queued"
    PRIORITY = "priority"
    CLOSED = "closed"
    REOPENED = "reopened"
    THANKS = "thanks"
    FOLLOW_UP = "follow_up"
    SPAM_UNDONE = "spam_undone"


class ContentKind(StrEnum):
    """What a message is made of."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    AUDIO = "audio"
    ANIMATION = "animation"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    VENUE = "venue"
    CONTACT = "contact"


class WaitEnd(StrEnum):
    ANSWERED = "answered"
    CLOSED = "closed"
    """Closed without an answer."""
    SPAM = "spam"
    LEFT = "left"
    THANKS = "thanks"
    """It was only thanks: nobody was waiting."""


class Afterwards(StrEnum):
    """What a message after closing was about, as far as we know."""

    ASKED = "asked"
    THANKS = "thanks"
    STILL = "still"
    """The closed conversation goes on; the customer said so."""
    NEW = "new"
    NO_TAP = "no_tap"
    """Nobody said: it goes on, so that nothing waits for a tap."""
    GONE = "gone"
    """The customer cannot be answered any more."""


class NotSent(StrEnum):
    """Why a closed conversation got no survey."""

    NEVER_ANSWERED = "never_answered"
    SPAM = "spam"
    LEFT = "left"
    RECENT = "recent"
    """The customer had one within 24 hours."""


class Reason(StrEnum):
    """What went wrong, as customers tick it."""

    SLOW = "slow"
    NOT_SOLVED = "not_solved"
    IMPOLITE = "impolite"
    UNCLEAR = "unclear"
    REPEAT = "repeat"
    """Had to say it again."""
    PRODUCT = "product"
    """The product itself: no fault of the operator's."""
    OTHER = "other"


class CausedBy(StrEnum):
    """Who could have kept a customer from being dissatisfied, as a supervisor sees it."""

    COMPANY = "company"
    OPERATOR = "operator"


class Question(StrEnum):
    """What a customer may be asked after the stars; a survey keeps the answer under this name."""

    SOLVED = "solved"
    """Is it solved?"""
    SATISFIED = "satisfied"
    """Are you satisfied with the answers?"""
    PROFESSIONAL = "professional"
    """Were you answered adequately and professionally?"""
    NPS = "nps"
    """How likely are you to recommend us? 0 to 10."""
    CES = "ces"
    """It was easy to get my question solved: 1 to 7."""


class AlertKind(StrEnum):
    RATING = "rating"
    OVERDUE = "overdue"


class AlertState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"
    FIXED = "fixed"
    WITHDRAWN = "withdrawn"
    """The rating was raised before anybody took it."""
    SETTLED = "settled"
    """A late reply that came, or is no longer waited for."""


class Channel(StrEnum):
    TELEGRAM = "telegram"
    PHONE = "phone"
    EMAIL = "email"
    CHAT = "chat"
    MESSENGER = "messenger"
    VISIT = "visit"


class DiaryStatus(StrEnum):
    DONE = "done"
    OPEN = "open"
    FOLLOW_UP = "follow_up"


class DraftState(StrEnum):
    """Where the writing of a diary entry is."""

    OFFERED = "offered"
    """After a conversation: filled as far as we know, waiting for the operator."""
    WRITING = "writing"
    ASIDE = "aside"
    """Left for later; nothing of it is lost."""
    SAVED = "saved"
    """It became an entry, or a new version of one."""


class Deed(StrEnum):
    """What is written down in the audit log: who changed or saw what others rely on."""

    SETUP_LINK_MADE = "setup-link-made"
    INVITE_MADE = "invite-made"
    INVITE_REVOKED = "invite-revoked"
    INVITE_USED = "invite-used"
    ROLE_GIVEN = "role-given"
    ROLE_TAKEN = "role-taken"
    LEFT_TEAM = "left-team"
    NAME_SET = "name-set"
    BANNED = "banned"
    UNBANNED = "unbanned"
    PRIORITY_SET = "priority-set"
    HANDED_OVER = "handed-over"
    BROUGHT_BACK = "brought-back"
    """Closed as spam or only thanks, and it was neither."""
    ENTRY_CORRECTED = "entry-corrected"
    """Of another's diary."""
    ENTRY_READ = "entry-read"
    """Of another's diary."""
    CAUSE_SET = "cause-set"
    """Of a bad rating: the company's or the operator's."""
    PLAN_AGREED = "plan-agreed"
    APPEAL_DECIDED = "appeal-decided"
    HISTORY_READ = "history-read"
    """Of a conversation that another answers, or that is over."""
    PERSON_SEEN = "person-seen"
    EXPORTED = "exported"
    """One's own data, by oneself."""
    RECORDS_EXPORTED = "records-exported"
    RECORDS_IMPORTED = "records-imported"
    """The team's, as files."""
    DELETED = "deleted"
    RESTORED = "restored"
    """A copy of the database was put back."""


class DeliveryKind(StrEnum):
    SAY = "say"
    """HTML, perhaps with buttons, perhaps under a picture; said once."""
    CARD = "card"
    """The first showing of a card, or a showing anew."""
    RELAY = "relay"
    """What one person wrote, for another, as it was saved."""
    RELAY_EDIT = "relay_edit"
    RELAY_UNDO = "relay_undo"
    REMOVE = "remove"
    """Takes away a message whose card was shown anew."""


class Urgency(IntEnum):
    """The order of delivery: a smaller number overtakes within a chat and between chats."""

    NOW = 0
    """Answers and alerts."""
    SOON = 1
    """Surveys and prompts."""
    BULK = 2
    """Weekly charts: never repeated when it is unknown whether they arrived."""


class PlanState(StrEnum):
    WRITING = "writing"
    """One of the two puts it together."""
    PROPOSED = "proposed"
    """The other one is to say something to it."""
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    """Another version came before anybody accepted it."""


class AppealKind(StrEnum):
    RATING = "rating"
    OVERDUE = "overdue"


class AppealState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    """It is out of every figure."""
    DECLINED = "declined"
    """It stays in them."""
