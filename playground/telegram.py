"""A Telegram of one's own: the whole network behind a Bot API server on this machine."""

import itertools
import re
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from playground.chats import BotAccount, Chat, Raw, Shown
from playground.faults import Faults, Limits, Rule
from playground.files import Files, StoredFile
from playground.people import Account
from playground.requests import Call
from playground.server import Server
from playground.webhook import Webhook

CALLS_KEPT = 20_000
FIRST_ALBUM = 14_000_000_000_000_001


class Telegram:
    """Bots, people, their chats and files. `clock` gives aware moments; nothing else asks."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.bots: dict[str, BotAccount] = {}
        self.accounts: dict[int, Account] = {}
        self.files = Files()
        self.albums = itertools.count(FIRST_ALBUM)
        self.faults = Faults(clock)
        self.limits: Limits | None = None
        self.violations: list[str] = []
        """Requests no correct bot makes, and answers no correct server gives."""
        self.failures: list[Exception] = []
        """What went wrong in the playground itself."""
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.methods_used: Counter[str] = Counter()
        self.observers: list[Callable[[dict[str, Any]], None]] = []
        """Told of each change of any chat; see `tell`."""
        self.on_call: Callable[[Call, Sequence[Rule]], None] | None = None
        """Told of each call as it ends, with the faults that struck it."""
        self.on_action: Callable[[], Awaitable[None]] | None = None
        self.url = ""
        self._held = 0
        self._server = Server(self)
        self._webhooks: dict[str, Webhook] = {}

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.url = await self._server.start(host, port)

    async def stop(self) -> None:
        for webhook in self._webhooks.values():
            await webhook.stop()
        for bot in self.bots.values():
            bot.updates.end_poll("")
        await self._server.stop()

    def bot(self, token: str, username: str, name: str) -> BotAccount:
        bot_id = re.match(r"(\d+):", token)
        assert bot_id is not None, "a token is a number, a colon and a secret"
        bot = BotAccount(token, int(bot_id[1]), username, name, self.clock)
        self.bots[token] = bot
        self._webhooks[token] = Webhook(bot, self.violations)
        return bot

    def goes_on_from(self, number: int) -> None:
        """Messages, updates, albums and files: a database may know all the lower numbers."""
        self.albums = itertools.count(FIRST_ALBUM + number)
        self.files.goes_on_from(number)
        for bot in self.bots.values():
            bot.message_ids = itertools.count(number)
            bot.updates.skip_ids(number)

    @property
    def only_bot(self) -> BotAccount:
        assert len(self.bots) == 1, "several bots (or none): say which by with_bot(username)"
        return next(iter(self.bots.values()))

    def bot_named(self, username: str) -> BotAccount:
        return next(bot for bot in self.bots.values() if bot.username == username)

    def webhook(self, bot: BotAccount) -> Webhook:
        return self._webhooks[bot.token]

    def pending(self, token: str) -> int:
        """Updates the bot has not confirmed yet."""
        return len(self.bots[token].updates.waiting())

    def account(
        self,
        name: str,
        language: str | None = "ru",
        id: int | None = None,  # noqa: A002
        username: str | None = None,
        last_name: str | None = None,
    ) -> Account:
        """A person with the app; `language=None`: a client that does not tell."""
        number = id or max(self.accounts, default=1000) + 1
        assert number not in self.accounts, f"account {number} exists"
        user: Raw = {"id": number, "is_bot": False, "first_name": name}
        more = {"last_name": last_name, "username": username, "language_code": language}
        user |= {key: value for key, value in more.items() if value is not None}
        account = self.accounts[number] = Account(self, user)
        return account

    @contextmanager
    def held(self) -> Iterator[None]:
        """Inside, actions only queue up: the bot is not waited for."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1

    async def acted(self) -> None:
        if self.on_action is not None and not self._held:
            await self.on_action()

    def tell(self, event: str, chat: Chat, shown: Shown | None, **more: Any) -> None:
        """Tell observers: message, edited, deleted, tap, answer, action, membership or menu."""
        if not self.observers:
            return
        news = {"event": event, "bot": chat.bot.username, "chat": chat.id, "message": shown}
        for observer in self.observers:
            observer(news | more)

    def tell_menus(self, bot: BotAccount) -> None:
        for chat in bot.chats.values():
            self.tell("menu", chat, None)

    def membership(self, chat: Chat, by: Raw, old: str, new: str) -> None:
        """The bot's own place in a chat changed; it is told."""
        chat.left = new == "left"
        change = {
            "chat": chat.card,
            "from": by,
            "date": int(self.clock().timestamp()),
            "old_chat_member": member(chat.bot, old),
            "new_chat_member": member(chat.bot, new),
        }
        self.tell("membership", chat, None, status=new)
        chat.bot.updates.push("my_chat_member", chat.id, change)

    def file_in(self, bot: BotAccount, content: Raw) -> StoredFile | None:
        """The file a message's content speaks of."""
        for about in content.values():
            one = about[-1] if isinstance(about, list) and about else about
            if isinstance(one, dict) and "file_id" in one:
                return self.files.of(bot.id, one["file_id"])
        return None

    async def adds_bot_to_group(
        self, account: Account, title: str, username: str | None = None
    ) -> "Group":
        """A new group of this person and the bot."""
        bot = self.bot_named(username) if username else account.bot
        number = -1_000_001 - sum(not chat.is_private for chat in bot.chats.values())
        chat = Chat(bot, {"id": number, "type": "group", "title": title})
        bot.chats[number] = chat
        group = Group(self, chat)
        self.membership(chat, account.user, "left", "member")
        group.shows(account, {"new_chat_members": [bot.user]})
        await self.acted()
        return group


class Group:
    """A group the bot was added to."""

    def __init__(self, telegram: Telegram, chat: Chat) -> None:
        self._telegram = telegram
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def screen(self) -> list[Shown]:
        return list(self.chat.messages.values())

    @property
    def bot_has_left(self) -> bool:
        return self.chat.left

    async def types(self, account: Account, text: str) -> Shown:
        """A member writes; the bot sees commands only, as bots in groups do."""
        shown = self.shows(account, {"text": text}, is_told=text.startswith("/"))
        await self._telegram.acted()
        return shown

    def shows(self, account: Account, content: Raw, *, is_told: bool = True) -> Shown:
        shown = self.chat.new(content, self._telegram.clock(), account.user)
        self._telegram.tell("message", self.chat, shown)
        if is_told and not self.chat.left:
            self.chat.bot.updates.push("message", self.chat.id, shown.raw)
        return shown


def member(bot: BotAccount, status: str) -> Raw:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": bot.user} | until
