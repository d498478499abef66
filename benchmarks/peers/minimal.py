"""`python -m benchmarks.peers.minimal`: a small bot as one writes it by hand, and writes it well.

aiogram polls, each tap is a task; SQLAlchemy and aiosqlite save it in a transaction of its own,
flushed to the disk; then the supervisor is told, then the tap is answered. Nothing is kept for
later: what fails is lost, and a tap that was confirmed before its commit is too.
"""

import gc
import os
from typing import Any

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Survey(Base):
    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int]
    customer: Mapped[str]
    operator: Mapped[str]
    stars: Mapped[int | None]


class StarTap(CallbackData, prefix="stars"):
    survey_id: int
    stars: int


async def star_tapped(
    query: CallbackQuery,
    callback_data: StarTap,
    bot: Bot,
    sessions: async_sessionmaker[AsyncSession],
    supervisor: int,
) -> None:
    async with sessions.begin() as session:
        survey = await session.get(Survey, callback_data.survey_id)
        if survey is None or survey.telegram_id != query.from_user.id:
            await query.answer("This is not your survey.")
            return
        survey.stars = callback_data.stars
    if callback_data.stars <= 2:
        words = f"⚠️ {survey.customer} gave {survey.operator} {survey.stars} of 5."
        await bot.send_message(supervisor, words)
    await query.answer("Thank you!")


def configure(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def main() -> None:
    # One connection: SQLite has one writer, and a second one would only be told to wait.
    engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=1, max_overflow=0)
    event.listen(engine.sync_engine, "connect", configure)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    server = TelegramAPIServer.from_base(os.environ["BOT_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher(
        sessions=async_sessionmaker(engine, expire_on_commit=False),
        supervisor=int(os.environ["SUPERVISOR_IDS"]),
    )
    dispatcher.callback_query.register(star_tapped, StarTap.filter())
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    uvloop.run(main())
