"""What comments are about: themes, the comments of one with what was found in them, the words."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from desk import themes
from desk.team import SPANS, Period
from desk.themes import Offered, Overview, Read, Theme, key_of
from handlers.callbacks import HistoryTap
from handlers.figure_callbacks import ThemesTap
from handlers.keyboards import button, keyboard, rows_of
from handlers.screens import figures as spell
from handlers.screens.screen import Look, Screen
from handlers.screens.team_pages import days
from i18n import Texts
from i18n.pages import cut
from i18n.texts import Html
from kpi.themes import usual
from storage.models import Role

CARD = "themes:0"
USUAL = 4
"""Weeks."""
ON_PAGE, ON_WORDS = 5, 30
COMMENT, MANY = 300, 2_500
ALL, ONE, WORDS, CHOOSE, LIST = "all", "theme", "words", "choose", "list"
PAGES = (ALL, ONE, WORDS, CHOOSE, LIST)
NONE = key_of("")
"""Comments without a theme, where a theme is asked for."""


def key(person_id: int) -> str:
    """Where is kept which page somebody has open."""
    return f"themes:{person_id}"


async def screen(look: Look, _number: int) -> Screen | None:
    if not look.reader.may(Role.SUPERVISOR):
        return None
    _, opened = await look.tx.forms.get(key(look.reader.id))
    weeks = opened.get("weeks", USUAL)
    period = Period.before(look.now, look.rules.zone, weeks)
    found = await themes.overview(look.tx, period=period, rules=look.rules)
    today = look.now.astimezone(look.rules.zone).date()
    head = look.texts("themes-title", days=days(look.texts, period, today))
    match opened.get("page", ALL):
        case "theme":
            return _one(look, found, head, opened)
        case "words":
            return _words(look.texts, found, head)
        case "choose":
            return _choose(look.texts, found, opened)
        case "list":
            return _list(look.texts, found, opened)
        case _:
            return _all(look.texts, found, head, weeks)


def name(texts: Texts, theme: str) -> str:
    """A theme as people call it; the team's own are called as they were put in."""
    if theme in usual().themes:
        return texts.plain("theme-name", theme=theme)
    return theme[:1].upper() + theme[1:]


# --- all ---


def _all(texts: Texts, found: Overview, head: Html, weeks: int) -> Screen:
    lines: list[str] = [head]
    if not found.read:
        lines.append(texts("themes-no-comments"))
    lines += [line(texts, theme) for theme in found.themes]
    if found.read:
        about = {"none": len(found.unthemed), "n": len(found.read)}
        lines += ["", texts("themes-none", **about)]
    if found.wordless:
        lines.append(texts("themes-wordless", count=found.wordless))
    if (tone := found.tone) is not None:
        value = _signed(texts, tone[0])
        stars = texts.plain("kpi-stars", value=tone[2])
        lines.append(texts("themes-tone", value=value, n=tone[1], stars=stars))
    buttons = [
        button(name(texts, theme.name), ThemesTap(does=ONE, one=key_of(theme.name), other=0))
        for theme in found.themes
    ]
    if found.unthemed:
        nothing = texts.plain("themes-none-button")
        buttons.append(button(nothing, ThemesTap(does=ONE, one=NONE, other=0)))
    words = []
    if found.offered:
        label = texts.plain("themes-words-button", count=len(found.offered))
        words = [button(label, ThemesTap(does=WORDS, one=0, other=0))]
    spans = [
        button(texts.plain("report-span", weeks=each), ThemesTap(does="weeks", one=each, other=0))
        for each in SPANS
        if each != weeks
    ]
    return Screen("\n".join(lines), keyboard(*rows_of(buttons), words, spans))


def line(texts: Texts, theme: Theme) -> Html:
    """How many, of how many, and whether it grows."""
    usually = "" if theme.before.value is None else spell.percent(texts, theme.before.value)
    return texts(
        "themes-line",
        name=name(texts, theme.name),
        hits=theme.now.hits,
        share=spell.percent(texts, theme.now.value or 0),
        usual=usually,
        known="yes" if theme.before.enough else "no",
        grows="yes" if theme.grows else "no",
    )


def _signed(texts: Texts, tone: float) -> str:
    sign = "plus" if tone > 0 else "minus" if tone < 0 else "none"
    return texts.plain("themes-tone-value", sign=sign, value=abs(tone))


# --- one theme ---


def _one(look: Look, found: Overview, head: Html, opened: dict[str, Any]) -> Screen:
    texts, one = look.texts, int(opened.get("one", 0))
    theme = next((each for each in found.lexicon.themes if key_of(each) == one), None)
    read = [each for each in found.read if theme in each.themed.themes]
    if one == NONE:
        read = list(found.unthemed)
    first = min(int(opened.get("other", 0)), max(0, len(read) - 1)) // ON_PAGE * ON_PAGE
    title = texts.plain("themes-none-button") if theme is None else name(texts, theme)
    lines: list[str] = [head, texts("themes-one", name=title, n=len(read))]
    for each in read[first : first + ON_PAGE]:
        lines += ["", *_comment(look, each, theme)]
    return Screen("\n".join(lines), _below(texts, one, theme, read, first))


def _comment(look: Look, read: Read, theme: str | None) -> Sequence[str]:
    """The words, and why they are here."""
    texts, comment = look.texts, read.comment
    at = look.moment(comment.at)
    lines: list[str] = [
        texts("themes-comment", number=comment.conversation_id, stars=comment.stars, at=at),
        texts.quote(cut(comment.text, COMMENT)),
    ]
    why = list(dict.fromkeys(h.written for h in read.themed.hits if h.about == theme))
    if why:
        lines.append(texts("themes-why", words=", ".join(why)))
    return lines


def _below(
    texts: Texts, one: int, theme: str | None, read: Sequence[Read], first: int
) -> InlineKeyboardMarkup:
    opens = [
        button(
            texts.plain("kpi-record-open", number=each.comment.conversation_id),
            HistoryTap(conversation_id=each.comment.conversation_id),
        )
        for each in read[first : first + ON_PAGE]
    ]
    turns = []
    if first:
        before = ThemesTap(does=ONE, one=one, other=first - ON_PAGE)
        turns.append(button(texts.plain("kpi-records-before"), before))
    if first + ON_PAGE < len(read):
        after = ThemesTap(does=ONE, one=one, other=first + ON_PAGE)
        turns.append(button(texts.plain("kpi-records-after"), after))
    words = []
    if theme is not None:
        words = [button(texts.plain("themes-list-button"), ThemesTap(does=LIST, one=one, other=0))]
    return keyboard(opens, turns, words, [_back(texts)])


# --- words ---


def _words(texts: Texts, found: Overview, head: Html) -> Screen:
    """Words that stand often in comments without a theme: a tap adds one."""
    if not found.offered:
        return Screen(texts.lines(head, texts("themes-no-words")), keyboard([_back(texts)]))
    rows = [_offer(texts, each) for each in found.offered]
    return Screen(texts.lines(head, texts("themes-words")), keyboard(*rows, [_back(texts)]))


def _offer(texts: Texts, offered: Offered) -> Sequence[InlineKeyboardButton]:
    word = key_of(offered.words)
    label = texts.plain(
        "themes-add-button",
        words=offered.words,
        count=offered.comments,
        theme=name(texts, offered.theme),
    )
    add = ThemesTap(does="add", one=key_of(offered.theme), other=word)
    other = ThemesTap(does=CHOOSE, one=0, other=word)
    return [button(label, add), button(texts.plain("themes-other-button"), other)]


def _choose(texts: Texts, found: Overview, opened: dict[str, Any]) -> Screen:
    """Another theme for a word, or one of its own."""
    word = int(opened.get("other", 0))
    offered = next((each for each in found.offered if key_of(each.words) == word), None)
    if offered is None:
        return Screen(texts("themes-no-words"), keyboard([_back(texts)]))
    there = [
        button(name(texts, theme), ThemesTap(does="add", one=key_of(theme), other=word))
        for theme in found.lexicon.themes
    ]
    new = button(
        texts.plain("themes-new-button", words=offered.words),
        ThemesTap(does="add", one=word, other=word),
    )
    html = texts("themes-choose", words=offered.words)
    return Screen(html, keyboard(*rows_of(there), [new], [_back(texts)]))


def _list(texts: Texts, found: Overview, opened: dict[str, Any]) -> Screen:
    """The words of a theme, each to be taken out."""
    one = int(opened.get("one", 0))
    theme = next((each for each in found.lexicon.themes if key_of(each) == one), None)
    if theme is None:
        return Screen(texts("themes-no-words"), keyboard([_back(texts)]))
    words = themes.words_of(found.lexicon, theme)
    shown = list(words.items())[-ON_WORDS:]
    outs = [
        button(f"✕ {each}", ThemesTap(does="drop", one=one, other=word)) for word, each in shown
    ]
    add = button(texts.plain("themes-write-button"), ThemesTap(does="write", one=one, other=0))
    html = texts(
        "themes-list", name=name(texts, theme), words=cut(", ".join(words.values()), MANY)
    )
    return Screen(html, keyboard(*rows_of(outs), [add], [_back(texts)]))


def _back(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("themes-back"), ThemesTap(does=ALL, one=0, other=0))
