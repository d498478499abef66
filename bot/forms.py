"""aiogram's conversation state, kept in the transaction of the update being handled."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from storage.database import UnitOfWork

_current: ContextVar[UnitOfWork] = ContextVar("unit of work")
_keys = DefaultKeyBuilder(with_bot_id=True)


def form_key(bot_id: int, telegram_id: int) -> str:
    """Where the form of a private chat is kept, to read it ahead for a batch."""
    return _keys.build(StorageKey(bot_id=bot_id, chat_id=telegram_id, user_id=telegram_id))


class FormsInTransaction(BaseStorage):
    @contextmanager
    def within(self, tx: UnitOfWork) -> Iterator[None]:
        token = _current.set(tx)
        try:
            yield
        finally:
            _current.reset(token)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        _current.get().forms.put(_keys.build(key), name, await self.get_data(key))

    async def get_state(self, key: StorageKey) -> str | None:
        state, _ = await _current.get().forms.get(_keys.build(key))
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        _current.get().forms.put(_keys.build(key), await self.get_state(key), dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        _, answers = await _current.get().forms.get(_keys.build(key))
        return dict(answers)

    async def close(self) -> None:
        """Nothing of its own to close."""
