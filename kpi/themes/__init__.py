"""What comments are about and how they sound: a lexicon of lemmas, every hit of which is shown.

No guess is made: a comment has the themes whose words stand in it, or none, which is counted
openly. Russian words are compared by lemma (pymorphy3), English ones by stem (Snowball).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
BREAK = re.compile(r"[,.;:!?()\n—–]")
RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
NEGATED_WITHIN = 2
"""Words after "not": what stands there is turned around."""
SHORTEST = 3
"""Letters of a word worth offering."""
TELLING = frozenset({"NOUN", "ADJF", "ADJS", "VERB", "INFN", "PRTF", "PRTS"})
"""Parts of speech that can be what a comment is about, as pymorphy3 names them."""
ENGLISH_FILLERS = frozenset(
    {
        "about", "after", "also", "been", "before", "being", "could", "does", "doing", "done",
        "each", "even", "ever", "every", "from", "have", "having", "here", "into", "just", "like",
        "made", "make", "many", "more", "most", "much", "only", "other", "over", "really", "said",
        "same", "should", "some", "still", "such", "take", "than", "that", "their", "them", "then",
        "there", "these", "they", "this", "those", "through", "time", "today", "until", "very",
        "want", "were", "what", "when", "where", "which", "while", "will", "with", "would", "your",
        "yours", "the", "and", "for", "you", "but", "are", "was", "has", "had", "her", "his",
        "him",
        "she", "our", "out", "all", "any", "can", "did", "get", "got", "how", "its", "let", "may",
        "now", "off", "one", "own", "see", "too", "two", "use", "way", "who", "why", "yet", "day",
    }
)  # fmt: skip

Phrase = tuple[str, ...]
"""The lemmas of one word, or of several that follow each other."""


@dataclass(frozen=True, slots=True)
class Word:
    written: str
    lemma: str
    clause: int
    """Which part of the sentence: "not" turns nothing around beyond a comma."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Why a comment has a theme, or sounds so."""

    about: str
    """The theme; of tone "good" or "bad"."""
    written: str
    """As it stands in the comment."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    themes: Mapping[str, frozenset[Phrase]]
    good: frozenset[Phrase]
    bad: frozenset[Phrase]
    negation: frozenset[str]

    def changed(self, changes: Iterable[tuple[str, str, bool]]) -> "Lexicon":
        """With what a team made of it: (theme, words, whether they count), the later ones last."""
        themes = dict(self.themes)
        for theme, words, counts in changes:
            phrase = phrase_of(words)
            known = themes.get(theme, frozenset())
            themes[theme] = known | {phrase} if counts else known - {phrase}
        return replace(self, themes={name: each for name, each in themes.items() if each})


@dataclass(frozen=True, slots=True)
class Themed:
    """What a lexicon says of one comment."""

    hits: Sequence[Hit]
    tones: Sequence[Hit]

    @property
    def themes(self) -> frozenset[str]:
        return frozenset(hit.about for hit in self.hits)

    @property
    def tone(self) -> float | None:
        """-1 to 1; None: nothing in it sounds either way."""
        signs = [1 if (hit.about == "good") != hit.negated else -1 for hit in self.tones]
        return sum(signs) / len(signs) if signs else None


@cache
def usual() -> Lexicon:
    """The one everybody begins with."""
    told = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text("utf-8"))
    return Lexicon(
        themes={name: _phrases(each["words"]) for name, each in told["themes"].items()},
        good=_phrases(told["tone"]["good"]),
        bad=_phrases(told["tone"]["bad"]),
        negation=frozenset(told["negation"]["words"]),
    )


def look_into(text: str, lexicon: Lexicon) -> Themed:
    """Every word of the lexicon that stands in a comment."""
    words = words_of(text)
    hits = [
        Hit(theme, written)
        for theme, phrases in lexicon.themes.items()
        for written, _ in _found(words, phrases)
    ]
    tones = [
        Hit(about, written, _is_negated(words, place, lexicon))
        for about, phrases in (("good", lexicon.good), ("bad", lexicon.bad))
        for written, place in _found(words, phrases)
    ]
    return Themed(hits, tones)


def telling(text: str, lexicon: Lexicon) -> Mapping[str, str]:
    """The words a comment could be about, by lemma, as they would be put into a lexicon."""
    return {word.lemma: _as_offered(word) for word in words_of(text) if _is_telling(word, lexicon)}


def _as_offered(word: Word) -> str:
    """The lemma, where it is a word itself; a stem is none."""
    plain = word.written.lower()
    offered = word.lemma if RUSSIAN.search(plain) else plain
    return offered if phrase_of(offered) == (word.lemma,) else plain


def words_of(text: str) -> Sequence[Word]:
    found, clause, end = [], 0, 0
    for match in WORD.finditer(text):
        clause += bool(BREAK.search(text, end, match.start()))
        end = match.end()
        found.append(Word(match[0], lemma(match[0]), clause))
    return found


def phrase_of(words: str) -> Phrase:
    """What somebody wrote, as it is looked for; empty: there was no word in it."""
    return tuple(word.lemma for word in words_of(words))


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    plain = word.lower().replace("’", "'")
    if RUSSIAN.search(plain):
        normal: str = _russian().parse(plain)[0].normal_form
        return normal.replace("ё", "е")
    stem: str = _english().stemWord(plain.removesuffix("'s"))
    return stem


@lru_cache(maxsize=20_000)
def _tells(word: str) -> bool:
    """Whether a Russian word can be what a comment is about; "my" and "such" cannot."""
    tag = _russian().parse(word)[0].tag
    return tag.POS in TELLING and "Apro" not in tag


@cache
def _russian() -> Any:
    import pymorphy3  # noqa: PLC0415 - a tenth of a second that nobody else needs to wait

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def _english() -> Any:
    import snowballstemmer  # noqa: PLC0415

    return snowballstemmer.stemmer("english")


def _phrases(words: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(phrase_of(each) for each in words)


def _found(words: Sequence[Word], phrases: frozenset[Phrase]) -> list[tuple[str, int]]:
    """Each place where a phrase stands, as it is written there; of two at a place the longer."""
    longest = max((len(phrase) for phrase in phrases), default=0)
    found, place = [], 0
    while place < len(words):
        for size in range(min(longest, len(words) - place), 0, -1):
            part = words[place : place + size]
            if tuple(word.lemma for word in part) in phrases:
                found.append((" ".join(word.written for word in part), place))
                place += size - 1
                break
        place += 1
    return found


def _is_negated(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    before = words[max(0, place - NEGATED_WITHIN) : place]
    return any(
        word.written.lower() in lexicon.negation or word.written.lower().endswith(("n't", "n’t"))
        for word in before
        if word.clause == words[place].clause
    )


def _is_telling(word: Word, lexicon: Lexicon) -> bool:
    plain = word.written.lower()
    if len(plain) < SHORTEST or plain in lexicon.negation:
        return False
    if (word.lemma,) in lexicon.good | lexicon.bad:
        return False
    if RUSSIAN.search(plain):
        return _tells(plain)
    return plain not in ENGLISH_FILLERS
