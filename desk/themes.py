"""What comments are about, over some weeks and against the weeks before; the team's own words."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum
from zlib import crc32

from desk.refusals import NotAllowed, NotYours, WordsTooLong
from desk.rules import Rules
from desk.team import Period
from kpi.comparison import discoveries, of_shares
from kpi.figures import Share, share
from kpi.themes import Lexicon, Phrase, Themed, look_into, phrase_of, telling, usual
from storage.database import UnitOfWork
from storage.models import Person, Role
from storage.opinions import Commented

HISTORY = 13
"""Weeks before, against which a theme is said to grow."""
LEAST = 10
"""Comments, fewer of which say nothing of a share."""
OFTEN = 3
"""Comments in which a word must stand to be offered."""
OFFERED = 8
LONGEST = 40
"""Characters of what is put into a lexicon."""


@dataclass(frozen=True, slots=True)
class Read:
    """A comment, and what the lexicon says of it."""

    comment: Commented
    themed: Themed


@dataclass(frozen=True, slots=True)
class Theme:
    name: str
    """Of the usual lexicon, or the team's own."""
    now: Share
    """Among comments with words."""
    before: Share
    grows: bool
    """More than in the weeks before, beyond chance."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A word of comments without a theme."""

    words: str
    comments: int
    theme: str
    """Where it would go: the theme of comments it stands in beside, else one of its own."""


@dataclass(frozen=True, slots=True)
class Overview:
    read: Sequence[Read]
    """Those with words, the newest first."""
    wordless: int
    themes: Sequence[Theme]
    """The most frequent first."""
    offered: Sequence[Offered]
    lexicon: Lexicon

    @property
    def unthemed(self) -> Sequence[Read]:
        return [each for each in self.read if not each.themed.hits]

    @property
    def tone(self) -> tuple[float, int, float] | None:
        """The mean of those that sound, -1 to 1; how many; their mean stars. None: none does."""
        heard = [(r.themed.tone, r.comment.stars) for r in self.read if r.themed.tone is not None]
        if not heard:
            return None
        n = len(heard)
        return fsum(t for t, _ in heard if t is not None) / n, n, sum(s for _, s in heard) / n


async def lexicon(tx: UnitOfWork) -> Lexicon:
    """The usual one with what the team made of it."""
    return usual().changed(await tx.lexicon.changes())


async def overview(tx: UnitOfWork, *, period: Period, rules: Rules) -> Overview:
    start, end = period.edges(rules.zone)
    since = period.first.later(-HISTORY).start(rules.zone)
    comments = await tx.opinions.commented(since, end)
    ours = await lexicon(tx)
    return await asyncio.to_thread(_looked_into, comments, ours, start)


def _looked_into(comments: Sequence[Commented], ours: Lexicon, start: datetime) -> Overview:
    """Words are many: beside the loop that answers customers."""
    now: list[Read] = []
    before: list[Read] = []
    wordless = 0
    for comment in comments:
        if not comment.text.strip():
            wordless += comment.at >= start
            continue
        read = Read(comment, look_into(comment.text, ours))
        (now if comment.at >= start else before).append(read)
    return Overview(now[::-1], wordless, _themes(now, before), _offered(now, before, ours), ours)


def _themes(now: Sequence[Read], before: Sequence[Read]) -> Sequence[Theme]:
    counted, earlier = _counted(now), _counted(before)
    shares = {
        name: (share(counted[name], len(now), LEAST), share(earlier[name], len(before), LEAST))
        for name in counted
    }
    against = {
        name: of_shares({"now": these, "before": those})["now"]
        for name, (these, those) in shares.items()
    }
    grown = discoveries({n: each.p for n, each in against.items() if each.p is not None})
    found = [
        Theme(name, *both, grows=name in grown and against[name].more)
        for name, both in shares.items()
    ]
    return sorted(found, key=lambda theme: (-theme.now.hits, theme.name))


def _counted(read: Sequence[Read]) -> Counter[str]:
    return Counter(name for each in read for name in each.themed.themes)


def _offered(now: Sequence[Read], before: Sequence[Read], ours: Lexicon) -> Sequence[Offered]:
    """The most frequent words of comments without a theme, and where they would go."""
    often: Counter[str] = Counter()
    written: dict[str, str] = {}
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for each in (*now, *before):
        for lemma, words in telling(each.comment.text, ours).items():
            written.setdefault(lemma, words)
            beside[lemma].update(each.themed.themes)
    for each in now:
        if not each.themed.hits:
            often.update(telling(each.comment.text, ours).keys())
    return [
        Offered(written[lemma], n, next(iter(beside[lemma].most_common(1)), (written[lemma],))[0])
        for lemma, n in sorted(often.items(), key=lambda item: (-item[1], item[0]))
        if n >= OFTEN
    ][:OFFERED]


# --- the team's own words ---


async def offered_word(tx: UnitOfWork, *, key: int, period: Period, rules: Rules) -> str | None:
    """A word that was offered, by what its button carries; None: it is in no comment.

    Only looked for, not counted: it is asked while nobody else can write.
    """
    comments = await tx.opinions.commented(*period.edges(rules.zone))
    ours = await lexicon(tx)
    words = (each for c in comments for each in telling(c.text, ours).values())
    return next((each for each in words if key_of(each) == key), None)


def key_of(words: str) -> int:
    """What a button carries of a theme or a word."""
    return crc32(words.encode())


def theme_of(ours: Lexicon, key: int) -> str:
    """Errors: NotYours where there is none such."""
    found = next((name for name in ours.themes if key_of(name) == key), None)
    if found is None:
        raise NotYours
    return found


def words_of(ours: Lexicon, theme: str) -> Mapping[int, str]:
    """A theme's words as they are looked for, by what a button carries, in order."""
    return {key_of(w): w for w in sorted(" ".join(each) for each in ours.themes.get(theme, ()))}


async def put(tx: UnitOfWork, *, theme: str, words: str, by: Person, now: datetime) -> Phrase:
    """The words count for the theme from now on, and for all comments there are.

    Errors: NotAllowed, WordsTooLong, NotYours where there is no word in it.
    """
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    words = " ".join(words.split()).lower()
    if len(words) > LONGEST:
        raise WordsTooLong(limit=str(LONGEST))
    phrase = phrase_of(words)
    if not phrase:
        raise NotYours
    tx.lexicon.say(theme, words, counts=True, by_id=by.id, now=now)
    return phrase


async def drop(tx: UnitOfWork, *, theme: str, key: int, by: Person, now: datetime) -> None:
    """The words count for the theme no more. Errors: NotAllowed, NotYours."""
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    words = words_of(await lexicon(tx), theme).get(key)
    if words is None:
        raise NotYours
    tx.lexicon.say(theme, words, counts=False, by_id=by.id, now=now)
