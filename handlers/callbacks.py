"""Everything our buttons say when pressed.

This is a wire format: a keyboard sent today is pressed next year. A shipped class never changes
its fields; a new shape gets a new prefix and the old one keeps answering.
tests/house/test_callbacks.py pins the packed strings. A button carries identity, never meaning:
who may press it, and whether it still applies, is decided when it is pressed.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from desk.diary_steps import Step
from desk.followups import CallTime
from storage.models import (
    Afterwards,
    Outcome,
    Priority,
    Question,
    Reason,
    Role,
)

Number = Annotated[int, Field(ge=0, lt=2**63)]
"""What a button can carry and a table can hold: a forged number beyond it is no button of ours."""


class LanguageTap(CallbackData, prefix="language"):
    code: str


class PrivacyFileTap(CallbackData, prefix="privacyfile"):
    """One's own data as a file."""


class PrivacyDeleteTap(CallbackData, prefix="privacydelete"):
    """Asks whether they are sure."""


class PrivacySureTap(CallbackData, prefix="privacysure"):
    asked: Number
    """The second in which they were asked: an old button deletes nobody."""


class ShiftOffTap(CallbackData, prefix="shiftoff"):
    """Off shift with open conversations."""

    hand_over: bool
    shift: Number
    """Which one, as the rules number them."""


class InviteAskTap(CallbackData, prefix="inviteask"):
    """Asks whom to invite, as /invite does."""


class InviteTap(CallbackData, prefix="invite"):
    role: Role


class RevokeTap(CallbackData, prefix="revoke"):
    invite_id: Number


class MemberTap(CallbackData, prefix="member"):
    person_id: Number


class DeedsTap(CallbackData, prefix="deeds"):
    """Shows who did what."""

    before: Number
    """Older than this record; 0: the newest."""


class FindTap(CallbackData, prefix="find"):
    """Asks for a customer's number or name."""


class NameTap(CallbackData, prefix="name"):
    person_id: Number


class NameResetTap(CallbackData, prefix="namereset"):
    person_id: Number


class RoleTap(CallbackData, prefix="role"):
    person_id: Number
    role: Role
    has: bool
    """What it shall be, so that a second tap does not undo the first."""


class RemoveTap(CallbackData, prefix="remove"):
    person_id: Number


class RemoveSureTap(CallbackData, prefix="removesure"):
    person_id: Number


class BanTap(CallbackData, prefix="ban"):
    person_id: Number
    banned: bool


class StarTap(CallbackData, prefix="stars"):
    survey_id: Number
    stars: Number


class ReasonTap(CallbackData, prefix="reason"):
    survey_id: Number
    reason: Reason


class SolvedTap(CallbackData, prefix="solved"):
    """On cards of a time when there was no other question."""

    survey_id: Number
    solved: bool


class SaidTap(CallbackData, prefix="said"):
    """An answer to what is asked after the stars."""

    survey_id: Number
    question: Question
    answer: Number


class NoCommentTap(CallbackData, prefix="nocomment"):
    """What was taken for a comment is a question."""

    comment_id: Number


class AlertTakeTap(CallbackData, prefix="alerttake"):
    alert_id: Number


class AlertWriteTap(CallbackData, prefix="alertwrite"):
    alert_id: Number


class AlertCallTap(CallbackData, prefix="alertcall"):
    alert_id: Number


class AlertDoneTap(CallbackData, prefix="alertdone"):
    alert_id: Number


class AlertShowTap(CallbackData, prefix="alertshow"):
    alert_id: Number


class FixedTap(CallbackData, prefix="fixed"):
    alert_id: Number
    fixed: bool


class CallTimeTap(CallbackData, prefix="calltime"):
    alert_id: Number
    when: CallTime


class CallWordsTap(CallbackData, prefix="callwords"):
    """Says when to call in words."""

    alert_id: Number


class DiaryTap(CallbackData, prefix="diary"):
    """Anything one may do with an entry being written, besides answering a step."""

    draft_id: Number
    does: str
    """write, save, again, correct, cancel, new."""


class DiaryStepTap(CallbackData, prefix="diarystep"):
    draft_id: Number
    step: Step
    does: str
    """skip, back, clear."""


class DiaryAnswerTap(CallbackData, prefix="diaryanswer"):
    draft_id: Number
    step: Step
    value: str


class DiaryFieldTap(CallbackData, prefix="diaryfield"):
    """Which field to correct."""

    draft_id: Number
    field: Step


class DiaryAboutTap(CallbackData, prefix="diaryabout"):
    draft_id: Number
    conversation_id: Number


class EntryTap(CallbackData, prefix="entry"):
    entry_id: Number
    does: str
    """open, correct, customer, photos."""


class EntryPageTap(CallbackData, prefix="entrypage"):
    """A part of an entry's whole text, as a version has it."""

    entry_id: Number
    version: Number
    page: Number


class DiariesTap(CallbackData, prefix="diaries"):
    page: Number


class DiariesSearchTap(CallbackData, prefix="diariessearch"):
    pass


class DiariesAllTap(CallbackData, prefix="diariesall"):
    pass


class FollowUpTap(CallbackData, prefix="followup"):
    entry_id: Number
    done: bool
    """Or else put off."""


class TakeTap(CallbackData, prefix="take"):
    conversation_id: Number


class MoreTap(CallbackData, prefix="more"):
    """Shows the next of what was held back."""

    conversation_id: Number


class AnswerTap(CallbackData, prefix="answer"):
    """What is written next goes to this customer."""

    conversation_id: Number


class ConversationTap(CallbackData, prefix="conversation"):
    """Shows the conversation's card anew."""

    conversation_id: Number


class CloseAskTap(CallbackData, prefix="closeask"):
    """Which conversation to close, as /close asks."""

    conversation_id: Number


class CloseTap(CallbackData, prefix="close"):
    conversation_id: Number
    outcome: Outcome


class OnlyThanksTap(CallbackData, prefix="onlythanks"):
    conversation_id: Number


class HistoryTap(CallbackData, prefix="history"):
    conversation_id: Number


class PriorityAskTap(CallbackData, prefix="priorityask"):
    conversation_id: Number


class PriorityTap(CallbackData, prefix="priority"):
    conversation_id: Number
    priority: Priority


class HandOverTap(CallbackData, prefix="handover"):
    """Asks whom to hand the conversation to."""

    conversation_id: Number


class HandOverToTap(CallbackData, prefix="handoverto"):
    """Asks for a note."""

    conversation_id: Number
    person_id: Number
    """0: the queue."""


class HandOverNowTap(CallbackData, prefix="handovernow"):
    """Without a note."""

    conversation_id: Number
    person_id: Number
    """0: the queue."""


class WhoseTap(CallbackData, prefix="whose"):
    """To whom what an operator wrote goes."""

    message_id: Number
    conversation_id: Number
    """0: to nobody."""


class AfterwardsTap(CallbackData, prefix="afterwards"):
    """What a customer's words after closing are about."""

    message_id: Number
    choice: Afterwards


class SpamListTap(CallbackData, prefix="spamlist"):
    pass


class SpamUndoTap(CallbackData, prefix="spamundo"):
    conversation_id: Number
