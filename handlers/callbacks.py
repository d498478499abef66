"""Everything our buttons say when pressed.

This is a wire format: a keyboard sent today is pressed next year. A shipped class never changes
its fields; a new shape gets a new prefix and the old one keeps answering.
tests/house/test_callbacks.py pins the packed strings. A button carries identity, never meaning:
who may press it, and whether it still applies, is decided when it is pressed.
"""

from aiogram.filters.callback_data import CallbackData

from desk.diary_steps import Step
from desk.followups import CallTime
from storage.models import Reason, Role


class LanguageTap(CallbackData, prefix="language"):
    code: str


class ShiftOffTap(CallbackData, prefix="shiftoff"):
    """Off shift with open conversations."""

    hand_over: bool


class InviteAskTap(CallbackData, prefix="inviteask"):
    """Asks whom to invite, as /invite does."""


class InviteTap(CallbackData, prefix="invite"):
    role: Role


class RevokeTap(CallbackData, prefix="revoke"):
    invite_id: int


class MemberTap(CallbackData, prefix="member"):
    person_id: int


class FindTap(CallbackData, prefix="find"):
    """Asks for a customer's number or name."""


class NameTap(CallbackData, prefix="name"):
    person_id: int


class NameResetTap(CallbackData, prefix="namereset"):
    person_id: int


class RoleTap(CallbackData, prefix="role"):
    person_id: int
    role: Role
    has: bool
    """What it shall be, so that a second tap does not undo the first."""


class RemoveTap(CallbackData, prefix="remove"):
    person_id: int


class RemoveSureTap(CallbackData, prefix="removesure"):
    person_id: int


class BanTap(CallbackData, prefix="ban"):
    person_id: int
    banned: bool


class StarTap(CallbackData, prefix="stars"):
    survey_id: int
    stars: int


class ReasonTap(CallbackData, prefix="reason"):
    survey_id: int
    reason: Reason


class SolvedTap(CallbackData, prefix="solved"):
    survey_id: int
    solved: bool


class NoCommentTap(CallbackData, prefix="nocomment"):
    """What was taken for a comment is a question."""

    comment_id: int


class AlertTakeTap(CallbackData, prefix="alerttake"):
    alert_id: int


class AlertWriteTap(CallbackData, prefix="alertwrite"):
    alert_id: int


class AlertCallTap(CallbackData, prefix="alertcall"):
    alert_id: int


class AlertDoneTap(CallbackData, prefix="alertdone"):
    alert_id: int


class AlertShowTap(CallbackData, prefix="alertshow"):
    alert_id: int


class FixedTap(CallbackData, prefix="fixed"):
    alert_id: int
    fixed: bool


class CallTimeTap(CallbackData, prefix="calltime"):
    alert_id: int
    when: CallTime


class CallWordsTap(CallbackData, prefix="callwords"):
    """Says when to call in words."""

    alert_id: int


class DiaryTap(CallbackData, prefix="diary"):
    """Anything one may do with an entry being written, besides answering a step."""

    draft_id: int
    does: str
    """write, save, again, correct, cancel, new."""


class DiaryStepTap(CallbackData, prefix="diarystep"):
    draft_id: int
    step: Step
    does: str
    """skip, back, clear."""


class DiaryAnswerTap(CallbackData, prefix="diaryanswer"):
    draft_id: int
    step: Step
    value: str


class DiaryFieldTap(CallbackData, prefix="diaryfield"):
    """Which field to correct."""

    draft_id: int
    field: Step


class DiaryAboutTap(CallbackData, prefix="diaryabout"):
    draft_id: int
    conversation_id: int


class EntryTap(CallbackData, prefix="entry"):
    entry_id: int
    does: str
    """open, correct, customer."""


class EntryPageTap(CallbackData, prefix="entrypage"):
    """A part of an entry's whole text, as a version has it."""

    entry_id: int
    version: int
    page: int


class DiariesTap(CallbackData, prefix="diaries"):
    page: int


class DiariesSearchTap(CallbackData, prefix="diariessearch"):
    pass


class DiariesAllTap(CallbackData, prefix="diariesall"):
    pass


class FollowUpTap(CallbackData, prefix="followup"):
    entry_id: int
    done: bool
    """Or else put off."""
