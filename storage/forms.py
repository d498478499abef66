from collections.abc import Collection as Bag
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import upsert
from storage.models import Form

FORMS = select(Form.key, Form.state, Form.answers).where(
    Form.key.in_(bindparam("keys", expanding=True))
)
GONE = delete(Form.__table__).where(Form.key.in_(bindparam("keys", expanding=True)))  # type: ignore[arg-type]

State = tuple[str | None, dict[str, Any]]
EMPTY: State = (None, {})


class Forms:
    """Unfinished conversations with the bot; read ahead for a batch, written at its end."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._known: dict[str, State] = {}
        self._touched: set[str] = set()

    async def read_ahead(self, keys: Bag[str]) -> None:
        rows = await self._session.execute(FORMS, {"keys": list(keys)})
        self._known |= {key: EMPTY for key in keys if key not in self._known}
        self._known |= {key: (state, answers) for key, state, answers in rows}

    async def get(self, key: str) -> State:
        """The step and the answers so far; `(None, {})`: no form is open."""
        if key not in self._known:
            await self.read_ahead([key])
        return self._known[key]

    def put(self, key: str, state: str | None, answers: dict[str, Any]) -> None:
        """Remember the form; one with neither step nor answers is forgotten."""
        self._known[key] = (state, answers)
        self._touched.add(key)

    def write(self, connection: Connection) -> None:
        gone = [key for key in self._touched if self._known[key] == EMPTY]
        kept = [
            {"key": key, "state": self._known[key][0], "answers": self._known[key][1]}
            for key in self._touched
            if self._known[key] != EMPTY
        ]
        self._touched = set()
        if gone:
            connection.execute(GONE, {"keys": gone})
        if kept:
            connection.execute(
                upsert(connection.dialect.name, Form, ("key",), ("state", "answers")), kept
            )
