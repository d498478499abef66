"""The form of the diary: while it is open, what is typed goes into a draft."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import TelegramObject

from desk import diary_drafts as drafts
from desk.refusals import DraftAside
from storage.database import UnitOfWork
from storage.models import DiaryDraft, DraftState, Person

DRAFT = "draft"
"""The form's one answer: which draft is written. All else is in the draft."""


class DiaryForm(StatesGroup):
    writing = State()


async def listen(state: FSMContext, draft: DiaryDraft) -> None:
    """Have what is typed next go into the draft, if it is being written."""
    if draft.state is DraftState.WRITING:
        await state.set_state(DiaryForm.writing)
        await state.set_data({DRAFT: draft.id})
    else:
        await stop_listening(state, draft.id)


async def stop_listening(state: FSMContext, draft_id: int) -> None:
    """Have what is typed go where it always goes, unless another draft is written now."""
    if (await state.get_data()).get(DRAFT) == draft_id:
        await state.clear()


async def written(state: FSMContext, tx: UnitOfWork, me: Person) -> DiaryDraft:
    """The draft the form is open for; one left meanwhile closes the form."""
    number = (await state.get_data()).get(DRAFT)
    draft = await tx.drafts.get(number) if number is not None else None
    if draft is None or draft.writer_id != me.id or draft.state is not DraftState.WRITING:
        await state.clear()
        raise DraftAside
    return draft


class BackToWriting(BaseMiddleware):
    """A form that came in between has ended: the entry that was being written asks again.

    Otherwise what is meant for the diary would go to a customer.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        before: str | None = data["raw_state"]
        state: FSMContext = data["state"]
        done = await handler(event, data)
        if before in {None, DiaryForm.writing.state} or await state.get_state() is not None:
            return done
        draft = await drafts.unfinished(data["tx"], data["me"])
        if draft is not None:
            await listen(state, draft)
            await drafts.show_again(data["tx"], draft=draft, now=data["clock"]())
        return done
