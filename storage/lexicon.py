"""What the team made of the lexicon of themes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import LexiconWord


class LexiconWords:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def changes(self) -> Sequence[tuple[str, str, bool]]:
        """Theme, words and whether they count, in the order in which it was said."""
        rows = await self._session.execute(
            select(LexiconWord.theme, LexiconWord.words, LexiconWord.counts).order_by(
                LexiconWord.id
            )
        )
        return [(theme, words, counts) for theme, words, counts in rows]

    def say(self, theme: str, words: str, *, counts: bool, by_id: int, now: datetime) -> None:
        self._session.add(
            LexiconWord(theme=theme, words=words, counts=counts, by_id=by_id, at=now)
        )
