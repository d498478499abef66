"""A diary entry while it is being written: the offer, a question a step, the preview."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from desk.diary import UNSPOKEN
from desk.diary_content import Content
from desk.diary_steps import AGO, LATER, WORDS, Hint, Step, has_answer, steps
from desk.messages import LISTEN
from handlers.callbacks import (
    DiaryAboutTap,
    DiaryAnswerTap,
    DiaryFieldTap,
    DiaryStepTap,
    DiaryTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens.screen import Look, Screen
from i18n import Texts
from i18n.texts import Html, shorten
from storage.models import Channel, DiaryDraft, DiaryStatus, DraftState, Role

CUT, NAME = 450, 100
"""Characters of a text and of a name on a card: even in emoji all of it fits into one, and even
in ampersands Fluent takes it (2,500 characters a value)."""
MOODS = {1: "😡", 2: "🙁", 3: "😐", 4: "🙂", 5: "😄"}
A_MOMENT = 40
"""Seconds of recordings that are heard before one looks away."""
A_VOICE = 30
"""Seconds of a customer's, which the job does not tell."""
RECENT = 3
"""Conversations offered as what a new entry may be about."""

Row = list[InlineKeyboardButton]


async def screen(look: Look, draft_id: int) -> Screen | None:
    """Nothing once it is saved: then the entry is shown."""
    draft = await look.tx.drafts.get(draft_id)
    if draft is None or draft.writer_id != look.reader.id or not look.reader.may(Role.OPERATOR):
        return None
    match draft.state:
        case DraftState.OFFERED:
            return await _offer(look, draft)
        case DraftState.WRITING:
            return await _question(look, draft)
        case DraftState.ASIDE:
            return _aside(look, draft)
        case DraftState.SAVED:
            return None


def title(texts: Texts, conversation_id: int | None, content: Content) -> str:
    if conversation_id is not None:
        return texts("diary-title-number", number=str(conversation_id))
    if content.channel is None:
        return texts("diary-title")
    return texts("diary-title-channel", channel=channel_word(texts, content.channel))


def channel_word(texts: Texts, channel: Channel | None) -> str:
    return texts.plain("diary-channel", channel=channel.value if channel else "none")


def mood_words(texts: Texts, mood: int | None) -> str:
    return texts.plain("diary-mood", mood=mood or 0)


def status_words(look: Look, content: Content) -> str:
    texts, due = look.texts, content.follow_up_at
    if content.status is DiaryStatus.FOLLOW_UP and due is not None:
        zone = look.rules.zone
        today = due.astimezone(zone).date() == look.now.astimezone(zone).date()
        day = "today" if today else "other"
        return texts.plain("diary-status-when", day=day, at=look.moment(due))
    return texts.plain("diary-status", status=content.status.value if content.status else "none")


def told(look: Look, content: Content) -> Sequence[str | None]:
    """The entry in lines; long texts are cut, and `is_cut` says so."""
    texts = look.texts
    customer = ", ".join(
        shorten(part, NAME) for part in (content.customer_name, content.customer_contact) if part
    )
    return [
        texts(
            "diary-when-where",
            at=look.moment(content.at),
            channel=channel_word(texts, content.channel),
        ),
        texts("diary-customer", customer=customer) if customer else None,
        *[
            texts("diary-words", field=step.value, words=shorten(words, CUT))
            for step in WORDS
            if (words := getattr(content, step.value))
        ],
        texts("diary-mood-line", mood=mood_words(texts, content.mood)),
        texts("diary-status-line", status=status_words(look, content)),
        texts("diary-photos", count=len(content.photos)) if content.photos else None,
        texts("diary-voices", count=len(content.voices)) if content.voices else None,
        texts("diary-heard", words=shorten(content.heard, CUT)) if content.heard else None,
    ]


def is_cut(content: Content) -> bool:
    long = any(len(getattr(content, step.value)) > CUT for step in WORDS)
    long = long or len(content.heard) > CUT
    return long or max(len(content.customer_name), len(content.customer_contact)) > NAME


# --- the offer ---


async def _offer(look: Look, draft: DiaryDraft) -> Screen | None:
    assert draft.conversation_id is not None
    conversation = await look.tx.conversations.one(draft.conversation_id)
    if conversation.outcome in UNSPOKEN:
        return None
    texts, content = look.texts, Content.from_json(draft.content)
    begun = any(has_answer(content, step) for step in WORDS)
    write = texts.plain("diary-write", begun="yes" if begun else "no")
    return Screen(
        texts.lines(
            title(texts, draft.conversation_id, content),
            *told(look, content),
            texts("diary-offer"),
        ),
        keyboard(
            *_answers(texts, draft, content, Step.MOOD),
            *_answers(texts, draft, content, Step.STATUS),
            [
                _does(draft, "write", write),
                _does(draft, "save", texts.plain("diary-save"), primary=True),
            ],
        ),
    )


# --- a question a step ---


def _listening(texts: Texts, draft: DiaryDraft, left: Sequence[Mapping[str, Any]]) -> Html:
    """How many go before the writer's last recording, and how long all of them take: a model of
    the default size on two cores needs a little less time than they last."""
    mine = [place for place, about in enumerate(left) if about.get("draft") == draft.id]
    until = left[: mine[-1] + 1] if mine else left
    seconds = sum(about.get("seconds", A_VOICE) for about in until)
    minutes = 0 if seconds < A_MOMENT else math.ceil(seconds / 60)
    return texts("diary-listening", ahead=max(0, len(until) - 1), minutes=minutes)


async def _question(look: Look, draft: DiaryDraft) -> Screen:
    texts, content, step = look.texts, Content.from_json(draft.content), Step(draft.step)
    head = title(texts, draft.conversation_id, content)
    hint = texts("diary-hint", hint=draft.hint) if draft.hint else None
    if draft.hint == Hint.LISTENING:
        hint = _listening(texts, draft, await look.tx.jobs.left(LISTEN))
    if step in (Step.PREVIEW, Step.FIELDS):
        ask = texts("diary-ask", step=step.value)
        rows = _fields(look, draft, content) if step is Step.FIELDS else _preview(look, draft)
        return Screen(texts.lines(head, *told(look, content), hint, ask), rows)
    now_there = _now_there(look, content, step)
    so_far = told(look, content) if content.heard else ()  # what was made of it
    return Screen(
        texts.lines(head, *so_far, hint, texts("diary-ask", step=step.value), now_there),
        keyboard(
            *await _recent(look, draft, content, step),
            *_answers(texts, draft, content, step),
            *_about(texts, draft, content, step),
        ),
    )


def _now_there(look: Look, content: Content, step: Step) -> str | None:
    """What was told before, so that nobody writes it again."""
    if not has_answer(content, step):
        return None
    if step in WORDS:
        return look.texts.quote(getattr(content, step.value), 2 * CUT)
    if step is Step.CUSTOMER:
        parts = (content.customer_name, content.customer_contact)
        return look.texts.quote(", ".join(shorten(part, NAME) for part in parts if part))
    if step is Step.WHEN and content.follow_up_at is not None:
        return look.texts.quote(look.moment(content.follow_up_at))
    return None


def choices(texts: Texts, step: Step) -> Sequence[tuple[str, str]]:
    """The buttons of a step: what each stands for, and its label."""
    match step:
        case Step.TIME:
            return [(ago, texts.plain("diary-ago", ago=f"m{ago}")) for ago in AGO]
        case Step.CHANNEL:
            named = [channel for channel in Channel if channel is not Channel.TELEGRAM]
            return [(channel.value, channel_word(texts, channel)) for channel in named]
        case Step.MOOD:
            return [(str(mood), face) for mood, face in MOODS.items()]
        case Step.STATUS:
            return [
                (status.value, texts.plain("diary-status-button", status=status.value))
                for status in DiaryStatus
            ]
        case Step.WHEN:
            return [(later, texts.plain("diary-later", later=later)) for later in LATER]
        case _:
            return []


def _answers(texts: Texts, draft: DiaryDraft, content: Content, step: Step) -> Sequence[Row]:
    """The choices; what is chosen already has a tick."""
    chosen = {
        Step.CHANNEL: content.channel,
        Step.MOOD: str(content.mood) if content.mood else None,
        Step.STATUS: content.status,
    }.get(step)
    row = [
        button(
            f"✓ {label}" if value == chosen else label,
            DiaryAnswerTap(draft_id=draft.id, step=step, value=value),
        )
        for value, label in choices(texts, step)
    ]
    wide = 2 if step in (Step.TIME, Step.WHEN) else 3 if step is Step.CHANNEL else len(row)
    return [row[place : place + wide] for place in range(0, len(row), wide or 1)]


def _about(texts: Texts, draft: DiaryDraft, content: Content, step: Step) -> Sequence[Row]:
    """Skip, back, cancel, wherever one is."""
    answered = has_answer(content, step)
    on = texts.plain("diary-skip", answered="yes" if answered else "no")
    first = not draft.single and step is steps(draft, content)[0]
    clearing = answered and step not in (Step.CHANNEL, Step.WHEN)
    clear = _at_step(draft, step, "clear", texts.plain("diary-clear"))
    back = _at_step(draft, step, "back", texts.plain("diary-back"))
    return [
        [clear] if clearing else [],
        [
            *([] if first else [back]),
            _at_step(draft, step, "skip", on),
            _does(draft, "cancel", texts.plain("diary-cancel")),
        ],
    ]


async def _recent(look: Look, draft: DiaryDraft, content: Content, step: Step) -> Sequence[Row]:
    """Conversations of theirs that are not in the diary yet, at the start of a new entry."""
    if step is not Step.TIME or draft.entry_id is not None or content.says_something:
        return []
    rows = []
    for conversation in await look.tx.drafts.without_entry(look.reader.id, RECENT):
        customer = await look.tx.people.one(conversation.customer_id)
        label = look.texts.plain(
            "diary-about", number=str(conversation.id), name=customer.shown_name
        )
        tap = DiaryAboutTap(draft_id=draft.id, conversation_id=conversation.id)
        rows.append([button(label, tap)])
    return rows


# --- the preview ---


def _preview(look: Look, draft: DiaryDraft) -> InlineKeyboardMarkup:
    texts = look.texts
    fields = DiaryFieldTap(draft_id=draft.id, field=Step.FIELDS)
    return keyboard(
        [_does(draft, "save", texts.plain("diary-save"), primary=True)],
        [
            button(texts.plain("diary-correct"), fields),
            _does(draft, "again", texts.plain("diary-again")),
        ],
        [
            _at_step(draft, Step.PREVIEW, "back", texts.plain("diary-back")),
            _does(draft, "cancel", texts.plain("diary-cancel")),
        ],
    )


def _fields(look: Look, draft: DiaryDraft, content: Content) -> InlineKeyboardMarkup:
    texts = look.texts
    row = [
        button(
            texts.plain("diary-field", field=step.value),
            DiaryFieldTap(draft_id=draft.id, field=step),
        )
        for step in steps(draft, content)
        if step is not Step.PREVIEW
    ]
    no_photos = _at_step(draft, Step.FIELDS, "clear", texts.plain("diary-no-photos"))
    return keyboard(
        *[row[place : place + 3] for place in range(0, len(row), 3)],
        [no_photos] if content.photos else [],
        [
            _at_step(draft, Step.FIELDS, "back", texts.plain("diary-back")),
            _does(draft, "cancel", texts.plain("diary-cancel")),
        ],
    )


def _aside(look: Look, draft: DiaryDraft) -> Screen:
    texts, content = look.texts, Content.from_json(draft.content)
    what = "entry" if draft.entry_id is not None else "new"
    return Screen(
        texts.lines(title(texts, draft.conversation_id, content), texts("diary-aside", what=what)),
        keyboard([_does(draft, "write", texts.plain("diary-continue"))]),
    )


def _does(
    draft: DiaryDraft, does: str, label: str, *, primary: bool = False
) -> InlineKeyboardButton:
    return button(label, DiaryTap(draft_id=draft.id, does=does), primary=primary)


def _at_step(draft: DiaryDraft, step: Step, does: str, label: str) -> InlineKeyboardButton:
    return button(label, DiaryStepTap(draft_id=draft.id, step=step, does=does))
