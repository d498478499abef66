"""A saved diary entry, its reminder, and the list of entries."""

from typing import Any

from aiogram.types import InlineKeyboardButton

from desk import diary
from desk.diary_content import Content
from handlers.callbacks import (
    DiariesAllTap,
    DiariesSearchTap,
    DiariesTap,
    EntryPageTap,
    EntryTap,
    FollowUpTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens.diary import NAME, channel_word, is_cut, title, told
from handlers.screens.screen import Look, Screen
from i18n import Texts
from i18n.texts import shorten
from storage.models import DiaryEntry, DiaryStatus, Role

PAGE = 6
LINE, ABOUT, SEARCH = 100, 50, 100
"""Characters of an entry in the list, of whose it is, and of what was searched for."""


async def screen(look: Look, entry_id: int) -> Screen | None:
    entry = await look.tx.diary.get(entry_id)
    if entry is None or not diary.may_read(entry, look.reader):
        return None
    texts, content = look.texts, Content.of(entry)
    return Screen(
        texts.lines(
            title(texts, entry.conversation_id, content),
            await _by(look, entry),
            *told(look, content),
            _version(look, entry),
            await _reopened(look, entry),
        ),
        keyboard(*_entry_buttons(look, entry, content)),
    )


async def _by(look: Look, entry: DiaryEntry) -> str | None:
    """Whose it is, for who is not them."""
    if entry.operator_id == look.reader.id:
        return None
    operator = await look.tx.people.one(entry.operator_id)
    return look.texts("entry-by", name=shorten(operator.shown_name, NAME))


def _version(look: Look, entry: DiaryEntry) -> str:
    return look.texts("entry-saved", version=entry.version, at=look.moment(entry.saved_at))


async def _reopened(look: Look, entry: DiaryEntry) -> str | None:
    """The conversation went on after the entry was saved."""
    if entry.conversation_id is None:
        return None
    conversation = await look.tx.conversations.one(entry.conversation_id)
    if conversation.closed_at is None or conversation.closed_at <= entry.saved_at:
        return None
    return look.texts("entry-reopened", at=look.moment(conversation.closed_at))


def _entry_buttons(
    look: Look, entry: DiaryEntry, content: Content
) -> list[list[InlineKeyboardButton]]:
    texts = look.texts
    whole = EntryPageTap(entry_id=entry.id, version=entry.version, page=0)
    before = EntryPageTap(entry_id=entry.id, version=entry.version - 1, page=0)
    photos = EntryTap(entry_id=entry.id, does="photos")
    known = content.customer_id is not None or content.customer_name
    return [
        [
            button(texts.plain("diary-correct"), EntryTap(entry_id=entry.id, does="correct")),
            *([button(texts.plain("entry-whole"), whole)] if is_cut(content) else []),
        ],
        [button(texts.plain("entry-photos"), photos)] if content.photos else [],
        [
            *(
                [
                    button(
                        texts.plain("entry-customer"),
                        EntryTap(entry_id=entry.id, does="customer"),
                    )
                ]
                if known
                else []
            ),
            *([button(texts.plain("entry-before"), before)] if entry.version > 1 else []),
        ],
    ]


async def follow_up(look: Look, entry_id: int) -> Screen | None:
    """The reminder; when it is seen to it says so."""
    entry = await look.tx.diary.get(entry_id)
    if entry is None or not diary.may_read(entry, look.reader):
        return None
    texts, content = look.texts, Content.of(entry)
    head = texts.lines(
        texts("followup-title", title=plain_title(texts, entry.conversation_id, content)),
        await _by(look, entry),
    )
    opens = button(texts.plain("entry-open"), EntryTap(entry_id=entry.id, does="open"))
    if entry.status is not DiaryStatus.FOLLOW_UP or entry.follow_up_at is None:
        return Screen(texts.lines(head, texts("followup-done")), keyboard([opens]))
    if not diary.is_due(entry, look.now):
        moved = texts("followup-moved", at=look.moment(entry.follow_up_at))
        return Screen(texts.lines(head, moved), keyboard([opens]))
    done = FollowUpTap(entry_id=entry.id, done=True)
    later = FollowUpTap(entry_id=entry.id, done=False)
    return Screen(
        texts.lines(head, *told(look, content)),
        keyboard(
            [
                button(texts.plain("followup-done-button"), done, primary=True),
                button(texts.plain("followup-tomorrow"), later),
            ],
            [opens],
        ),
    )


def plain_title(texts: Texts, conversation_id: int | None, content: Content) -> str:
    """Whose entry it is, or what of: the conversation's number, the customer, the channel."""
    name = content.customer_name or content.customer_contact
    if conversation_id is None:
        return shorten(name or channel_word(texts, content.channel), NAME)
    number = texts.plain("entry-number", number=str(conversation_id))
    return f"{number}, {shorten(name, NAME)}" if name else number


# --- the list ---


def list_key(person_id: int) -> str:
    """Where is kept which page of what somebody looks at."""
    return f"diaries:{person_id}"


async def entries(look: Look, person_id: int) -> Screen | None:
    """The entries somebody looks through; operators see their own, supervisors everybody's."""
    if look.reader.id != person_id or not look.reader.may(Role.OPERATOR):
        return None
    texts = look.texts
    _, asked = await look.tx.forms.get(list_key(person_id))
    which: dict[str, Any] = {
        "operator_id": None if look.reader.may(Role.SUPERVISOR) else person_id,
        "words": asked.get("words", ""),
        "customer_id": asked.get("customer"),
    }
    count = await look.tx.diary.count(**which)
    last = max(0, (count - 1) // PAGE)
    page = min(asked.get("page", 0), last)
    found = await look.tx.diary.page(**which, skip=page * PAGE, limit=PAGE)
    searched = asked.get("name") or asked.get("words") or ""
    return Screen(
        texts.lines(
            texts("entries-title", count=count),
            texts("entries-searched", words=shorten(searched, SEARCH)) if searched else None,
            *[
                await _in_the_list(look, number, entry)
                for number, entry in enumerate(found, page * PAGE + 1)
            ],
            texts("entries-none", searched="yes" if searched else "no") if not found else None,
        ),
        keyboard(*_list_buttons(look, found, page, last, bool(searched))),
    )


async def _in_the_list(look: Look, number: int, entry: DiaryEntry) -> str:
    texts, content = look.texts, Content.of(entry)
    words = " ".join((content.request or content.done or content.result).split())
    operator = ""
    if entry.operator_id != look.reader.id:
        operator = (await look.tx.people.one(entry.operator_id)).shown_name
    about = [
        shorten(plain_title(texts, entry.conversation_id, content), ABOUT),
        shorten(operator, ABOUT),
    ]
    return texts.lines(
        texts(
            "entries-line",
            number=str(number),
            at=look.moment(entry.at),
            about=" · ".join(part for part in about if part),
        ),
        texts("entries-words", words=shorten(words, LINE)) if words else None,
    )


def _list_buttons(
    look: Look, found: Any, page: int, last: int, searched: bool
) -> list[list[InlineKeyboardButton]]:
    texts = look.texts
    numbers = [
        button(str(number), EntryTap(entry_id=entry.id, does="open"))
        for number, entry in enumerate(found, page * PAGE + 1)
    ]
    pages = []
    if page > 0:
        pages.append(button(texts.plain("entries-newer"), DiariesTap(page=page - 1)))
    if page < last:
        pages.append(button(texts.plain("entries-older"), DiariesTap(page=page + 1)))
    search = [button(texts.plain("entries-search"), DiariesSearchTap())]
    if searched:
        search.append(button(texts.plain("entries-all"), DiariesAllTap()))
    return [numbers, pages, search]
