"""The facts figures are made of: narrow rows out of covering indexes."""

from sqlalchemy.ext.asyncio import AsyncSession


class Figures:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
