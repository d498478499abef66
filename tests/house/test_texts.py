"""Every word the bot says: in both languages, with the same values, used, and none missing."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

import desk
from desk.refusals import Refusal
from handlers.refusals import WORDS
from i18n.texts import LANGUAGES

ROOT = Path(__file__).parents[2]
CODE = ("bot", "handlers", "api", "desk", "kpi", "playground", "i18n")
TAGS = {"b", "i", "u", "s", "code", "blockquote"}
PLURALS = {"ru": {"one", "few", "many"}, "en": {"one", "other"}}
COUNTS = {"zero", "one", "two", "few", "many"}
"""What only a choice by number is called; `other` ends every kind of choice."""
MESSAGE_ID = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Wording:
    topic: str
    entry: fluent.Message
    values: frozenset[str]


class _Values(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


class _Choices(Visitor):
    def __init__(self) -> None:
        self.found: list[fluent.SelectExpression] = []

    def visit_SelectExpression(self, node: fluent.SelectExpression) -> None:  # noqa: N802
        self.found.append(node)
        self.generic_visit(node)


def entries(language: str) -> Iterator[tuple[str, fluent.EntryType]]:
    for file in sorted((ROOT / "i18n" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            yield file.stem, entry


@cache
def wordings(language: str) -> dict[str, Wording]:
    found = {}
    for topic, entry in entries(language):
        if isinstance(entry, fluent.Message):
            values = _Values()
            values.visit(entry)
            found[entry.id.name] = Wording(topic, entry, frozenset(values.names))
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A place in the code that asks for a text by its id."""

    where: str
    pattern: str
    """A regular expression: the id itself, or with `.+` where it is made up at run time."""
    values: frozenset[str] | None
    """None: handed on as they are."""


def _pattern(node: ast.expr) -> str | None:
    """The ids an expression may give; None: it cannot be told here."""
    match node:
        case ast.Constant(value=str(words)):
            return re.escape(words)
        case ast.JoinedStr(values=parts):
            return "".join(_pattern(part) or ".+" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            both = (_pattern(one), _pattern(other))
            return f"({both[0]}|{both[1]})" if None not in both else None
        case _:
            return None


def _asks(call: ast.Call) -> bool:
    """`texts(…)`, `look.texts(…)`, `….plain(…)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in {"texts", "theirs", "plain"} and bool(call.args)
        case _:
            return False


@cache
def trees() -> dict[str, ast.Module]:
    files = [file for folder in CODE for file in sorted((ROOT / folder).rglob("*.py"))]
    return {
        str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in files
    }


@cache
def asked() -> list[Asked]:
    found = []
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and _asks(node)):
                continue
            pattern = _pattern(node.args[0])
            handed_on = any(word.arg is None for word in node.keywords)
            values = frozenset(word.arg for word in node.keywords if word.arg is not None)
            if pattern is not None:
                where = f"{path}:{node.lineno}"
                found.append(Asked(where, pattern, None if handed_on else values))
    return found


@cache
def spelled_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every literal that could be an id, and every f-string that could make one."""
    words: set[str] = set()
    made: list[re.Pattern[str]] = []
    for tree in trees().values():
        inside = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) not in inside:
                    words.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                pattern = _pattern(node) or ""
                if re.match(r"[a-z][a-z0-9]*\\-", pattern):  # at least a topic of its own
                    made.append(re.compile(pattern))
    return words, made


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_read_whole(language: str) -> None:
    """Junk is what the parser skips in silence; an attribute is nothing Texts can say."""
    names = Counter[str]()
    for topic, entry in entries(language):
        assert not isinstance(entry, fluent.Junk), f"{topic}: {entry.content}"
        assert not isinstance(entry, fluent.Term), f"{topic}: {entry}"
        if isinstance(entry, fluent.Message):
            assert entry.value is not None, f"{topic}: {entry.id.name} says nothing"
            assert not entry.attributes, f"{topic}: {entry.id.name} has attributes"
            names[entry.id.name] += 1
    assert [name for name, times in names.items() if times > 1] == []


def test_every_language_says_the_same_things_with_the_same_values() -> None:
    first, *others = (
        {name: (wording.topic, wording.values) for name, wording in wordings(language).items()}
        for language in LANGUAGES
    )
    for other in others:
        assert other.keys() - first.keys() == set()
        assert first.keys() - other.keys() == set()
        assert {name for name in first if first[name] != other[name]} == set()


def test_what_the_code_asks_for_is_there() -> None:
    ids = set(wordings(LANGUAGES[0]))
    missing = [
        (ask.where, ask.pattern)
        for ask in asked()
        if not any(re.fullmatch(ask.pattern, name) for name in ids)
    ]
    assert missing == []


def test_what_the_code_asks_for_gets_the_values_it_needs() -> None:
    """An id that is made up at run time fits when one of those it may be does."""
    wrong = []
    for ask in asked():
        if ask.values is None:
            continue
        fitting = [
            wording.values
            for name, wording in wordings(LANGUAGES[0]).items()
            if re.fullmatch(ask.pattern, name)
        ]
        fits = any if ".+" in ask.pattern else all
        if not fits(values == ask.values for values in fitting):
            wrong.append((ask.where, ask.pattern, sorted(ask.values)))
    assert wrong == []


def test_nothing_is_written_that_nobody_says() -> None:
    words, made = spelled_in_code()
    unused = [
        name
        for name in wordings(LANGUAGES[0])
        if name not in words and not any(pattern.fullmatch(name) for pattern in made)
    ]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_have_every_form_of_the_language(language: str) -> None:
    for name, wording in wordings(language).items():
        choices = _Choices()
        choices.visit(wording.entry)
        for choice in choices.found:
            keys = {
                variant.key.name
                for variant in choice.variants
                if isinstance(variant.key, fluent.Identifier)
            }
            if keys & COUNTS:
                assert keys == PLURALS[language], f"{language}: {name}"


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        assert tag in TAGS, f"<{tag}>"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_what_telegram_takes(language: str) -> None:
    for name, wording in wordings(language).items():
        markup = _Markup()
        for text in _patterns(wording.entry):
            markup.feed(text)
        assert markup.open == [], name


def _patterns(entry: fluent.Message) -> Iterator[str]:
    """All that is written in a message, each variant with its own tags."""

    class Gather(Visitor):
        texts: list[str] = []  # noqa: RUF012 - lives for one message

        def visit_TextElement(self, node: fluent.TextElement) -> None:  # noqa: N802
            self.texts.append(node.value)

    gather = Gather()
    gather.texts = []
    gather.visit(entry)
    yield from gather.texts


def test_every_refusal_has_words() -> None:
    for module in pkgutil.iter_modules(desk.__path__, "desk."):
        importlib.import_module(module.name)
    assert set(_all_below(Refusal)) == set(WORDS)
    assert set(WORDS.values()) <= set(wordings(LANGUAGES[0]))


def _all_below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for below in kind.__subclasses__():
        yield below
        yield from _all_below(below)


def test_ids_are_spelled_alike() -> None:
    assert [name for name in wordings(LANGUAGES[0]) if not MESSAGE_ID.fullmatch(name)] == []
