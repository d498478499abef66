"""People with the app open: they type, talk, tap, and read the screen."""

import copy
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playground.chats import BotAccount, Chat, Query, Raw, Shown
from playground.markup import Entity, formatted
from playground.requests import CAPTION_LIMIT, MESSAGE_LIMIT
from playground.schema import utf16_length
from playground.sending import file_content

if TYPE_CHECKING:
    from playground.telegram import Telegram

QUERY_IDS = itertools.count(4_000_000_000_000_001)
POLLS = itertools.count(5_000_000_000_000_001)


class Account:
    """A person and their private chat with a bot: the only one, or that of `with_bot`."""

    def __init__(self, telegram: "Telegram", user: Raw) -> None:
        self._telegram = telegram
        self.user = user
        self.toasts: list[str] = []
        """What taps were answered with, in passing."""
        self.alerts: list[str] = []
        """What taps were answered with, in a box to be closed."""
        self.opened: list[str] = []
        """Addresses and texts of tapped buttons that stay in the app."""
        self.taps_unanswered: dict[str, Query] = {}
        self.chosen_bot: BotAccount | None = None

    def with_bot(self, username: str) -> "Account":
        """The same person, in the chat with another bot."""
        other = copy.copy(self)
        other.chosen_bot = self._telegram.bot_named(username)
        return other

    @property
    def id(self) -> int:
        number: int = self.user["id"]
        return number

    @property
    def name(self) -> str:
        words: str = self.user["first_name"]
        return words

    @property
    def bot(self) -> BotAccount:
        return self.chosen_bot or self._telegram.only_bot

    @property
    def chat(self) -> Chat:
        if self.id not in self.bot.chats:
            names = ("id", "first_name", "last_name", "username")
            card = {key: self.user[key] for key in names if key in self.user}
            self.bot.chats[self.id] = Chat(self.bot, card | {"type": "private"})
        return self.bot.chats[self.id]

    # What they see.

    @property
    def screen(self) -> list[Shown]:
        return list(self.chat.messages.values())

    @property
    def received(self) -> list[Shown]:
        return [shown for shown in self.screen if shown.from_bot]

    @property
    def last(self) -> Shown:
        """The last message from the bot."""
        assert self.received, f"{self.name} has received nothing"
        return self.received[-1]

    @property
    def reads(self) -> str:
        """Plain text or caption of the last message from the bot."""
        return self.last.words

    @property
    def buttons(self) -> list[str]:
        """Labels under the last message from the bot, row by row."""
        return [label for row in self.last.buttons for label in row] if self.received else []

    @property
    def keyboard(self) -> list[str]:
        """Labels of the reply keyboard shown now."""
        rows = self.chat.keyboard["keyboard"] if self.chat.keyboard else []
        return [key["text"] for row in rows for key in row]

    @property
    def spinning(self) -> bool:
        """A tap waits for its answer."""
        return bool(self.taps_unanswered)

    @property
    def chat_actions(self) -> list[str]:
        return self.chat.actions

    @property
    def menu(self) -> list[tuple[str, str]]:
        """Commands offered in this chat, in this person's language."""
        language = self.user.get("language_code", "")[:2]
        for scope in (f"chat:{self.id}", "all_private_chats", "default"):
            for code in (language, ""):
                if commands := self.bot.commands.get((scope, code)):
                    return [(c["command"], c["description"]) for c in commands]
        return []

    def finds(self, fragment: str) -> Shown:
        """The last message on the screen with these words."""
        for shown in reversed(self.screen):
            if fragment in shown.words:
                return shown
        raise AssertionError(f"{self.name} does not see {fragment!r}:\n{self._as_read()}")

    def _as_read(self) -> str:
        return "\n".join(map(repr, self.screen)) or "(an empty screen)"

    # What they do.

    async def starts(self, payload: str | None = None) -> Shown:
        """Press Start, perhaps behind a deep link; who had blocked the bot unblocks it."""
        if self.chat.blocked:
            self._change_membership("kicked", "member")
        return await self.types(f"/start {payload}" if payload else "/start")

    async def starts_from(self, link: str) -> Shown:
        """Follow https://t.me/<bot>?start=<payload>."""
        address = urlsplit(link)
        username = address.path.strip("/")
        assert (address.netloc, username) == ("t.me", self.bot.username), f"not our bot: {link}"
        payload = parse_qs(address.query).get("start", [None])[0]
        assert payload is None or re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload), f"bad {link}"
        return await self.starts(payload)

    async def types(
        self,
        text: str,
        reply_to: Shown | None = None,
        entities: Sequence[Entity] | None = None,
    ) -> Shown:
        """Write; what is too long for one message the app sends in several, the last is given."""
        shown = []
        for piece in pieces(text):
            words, found = formatted(piece, None, entities)
            assert words, "an empty text cannot be sent"
            content = {"text": words} | ({"entities": found} if found else {})
            shown.append(self._says(content, reply_to))
        await self._telegram.acted()
        return shown[-1]

    async def sends(self, content: Raw, *, reply_to: Shown | None = None) -> Shown:
        """Any message: the content fields of the Bot API's Message."""
        shown = self._says(content, reply_to)
        await self._telegram.acted()
        return shown

    async def sends_photo(
        self, content: bytes, caption: str | None = None, reply_to: Shown | None = None
    ) -> Shown:
        return await self._sends_file("photo", content, caption, reply_to)

    async def sends_voice(
        self,
        content: bytes,
        caption: str | None = None,
        reply_to: Shown | None = None,
        duration: int = 3,
    ) -> Shown:
        return await self._sends_file(
            "voice", content, caption, reply_to, mime_type="audio/ogg", duration=duration
        )

    async def sends_video(
        self, content: bytes, caption: str | None = None, reply_to: Shown | None = None
    ) -> Shown:
        return await self._sends_file("video", content, caption, reply_to, mime_type="video/mp4")

    async def sends_video_note(self, content: bytes, reply_to: Shown | None = None) -> Shown:
        return await self._sends_file("video_note", content, None, reply_to)

    async def sends_document(
        self,
        name: str,
        content: bytes,
        caption: str | None = None,
        reply_to: Shown | None = None,
    ) -> Shown:
        return await self._sends_file(
            "document", content, caption, reply_to, name, "application/octet-stream"
        )

    async def sends_audio(
        self, content: bytes, caption: str | None = None, reply_to: Shown | None = None
    ) -> Shown:
        return await self._sends_file(
            "audio", content, caption, reply_to, "song.mp3", "audio/mpeg"
        )

    async def sends_animation(
        self, content: bytes, caption: str | None = None, reply_to: Shown | None = None
    ) -> Shown:
        return await self._sends_file(
            "animation", content, caption, reply_to, "cat.mp4", "video/mp4"
        )

    async def sends_sticker(
        self, content: bytes = b"a sticker", reply_to: Shown | None = None
    ) -> Shown:
        return await self._sends_file("sticker", content, None, reply_to)

    async def sends_location(
        self, latitude: float, longitude: float, reply_to: Shown | None = None
    ) -> Shown:
        where = {"latitude": latitude, "longitude": longitude}
        return await self.sends({"location": where}, reply_to=reply_to)

    async def sends_venue(
        self, latitude: float, longitude: float, title: str, address: str
    ) -> Shown:
        where = {"latitude": latitude, "longitude": longitude}
        venue = {"location": where, "title": title, "address": address}
        return await self.sends({"venue": venue, "location": where})

    async def sends_contact(self, phone: str, name: str, *, own: bool = False) -> Shown:
        contact: Raw = {"phone_number": phone, "first_name": name}
        return await self.sends({"contact": contact | ({"user_id": self.id} if own else {})})

    async def sends_dice(self, value: int = 6) -> Shown:
        return await self.sends({"dice": {"emoji": "🎲", "value": value}})

    async def sends_poll(self, question: str = "Tea?", *options: str) -> Shown:
        poll = {
            "id": str(next(POLLS)),
            "question": question,
            "options": [
                {"persistent_id": str(n), "text": text, "voter_count": 0}
                for n, text in enumerate(options or ("Yes", "No"))
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return await self.sends({"poll": poll})

    async def sends_album(
        self, photos: Iterable[bytes], caption: str | None = None, reply_to: Shown | None = None
    ) -> list[Shown]:
        """Several photos at once: as many updates, one after the other."""
        album = str(next(self._telegram.albums))
        shown = []
        for place, content in enumerate(photos):
            words = self._caption(caption if place == 0 else None)
            about = self._file("photo", content) | words | {"media_group_id": album}
            shown.append(self._says(about, reply_to))
        await self._telegram.acted()
        return shown

    async def edits(self, message: Shown, text: str) -> None:
        """Change one's own text or caption."""
        key = "text" if "text" in message.raw else "caption"
        words, entities = formatted(text, None, None)
        name = "entities" if key == "text" else "caption_entities"
        rest = {k: v for k, v in message.raw.items() if k != name}
        changed = rest | {key: words} | ({name: entities} if entities else {})
        await self._edits(message, changed)

    async def replaces(self, message: Shown, content: bytes) -> None:
        """Put another picture in place of one's own, or add one to a text, which is its caption
        from then on."""
        names = {"text": "caption", "entities": "caption_entities"}
        rest = {names.get(key, key): value for key, value in message.raw.items()}
        changed = rest | self._file("photo", content)
        message.file = self._telegram.file_in(self.bot, changed)
        await self._edits(message, changed)

    async def _edits(self, message: Shown, changed: Raw) -> None:
        assert not message.from_bot, "only one's own messages can be edited"
        assert not message.deleted, "the message is gone"
        message.raw = changed | {"edit_date": int(self._telegram.clock().timestamp())}
        message.edited = True
        self._telegram.tell("edited", self.chat, message)
        self.bot.updates.push("edited_message", self.id, message.raw)
        await self._telegram.acted()

    async def deletes(self, message: Shown) -> None:
        """Bots are not told, and cannot reply to it any more."""
        self.chat.forgets(message)
        self._telegram.tell("deleted", self.chat, message)
        await self._telegram.acted()

    async def taps(
        self, label: str, message: Shown | None = None, *, forgotten: bool = False
    ) -> None:
        """Press the button with this label, under the last message that has it or a given one.

        `forgotten`: the message is so old that Telegram does not tell the bot what was in it.
        """
        for shown in [message] if message is not None else reversed(self.received):
            for key in (key for row in shown.keys for key in row):
                if key["text"] == label:
                    await self._presses(key, shown, forgotten)
                    return
        where = [message] if message is not None else [s for s in self.received if s.keys]
        seen = "\n".join(f"{s.words!r}: {s.buttons}" for s in where) or "(no buttons)"
        raise AssertionError(f"{self.name} sees no button {label!r}:\n{seen}")

    async def taps_data(
        self, data: str, message: Shown | None = None, *, forgotten: bool = False
    ) -> None:
        """A button that was never there, as a forged client can."""
        await self._presses({"callback_data": data}, message or self.last, forgotten)

    async def presses(self, label: str) -> Shown:
        """A key of the reply keyboard: its label is sent as a message."""
        assert label in self.keyboard, f"{self.name} has no key {label!r}: {self.keyboard}"
        return await self.types(label)

    async def shares_phone(self, label: str, phone: str) -> Shown:
        """Press a key that asks for one's own number, and agree."""
        rows = self.chat.keyboard["keyboard"] if self.chat.keyboard else []
        keys = [key["text"] for row in rows for key in row if key.get("request_contact")]
        assert label in keys, f"{self.name} has no key {label!r} asking for the number: {keys}"
        contact = {"phone_number": phone, "first_name": self.name, "user_id": self.id}
        return await self.sends({"contact": contact}, reply_to=self.chat.keyboard_from)

    async def blocks(self) -> None:
        self._change_membership("member", "kicked")
        await self._telegram.acted()

    async def unblocks(self) -> None:
        self._change_membership("kicked", "member")
        await self._telegram.acted()

    async def deactivates(self) -> None:
        """Delete the account: bots are told nothing and can write to nobody."""
        for bot in self._telegram.bots.values():
            if self.id in bot.chats:
                bot.chats[self.id].deactivated = True
        await self._telegram.acted()

    def hears_answer(self, query: Query, given: Raw) -> None:
        self.taps_unanswered.pop(query.id, None)
        text, is_alert = given.get("text", ""), given.get("show_alert", False)
        if text:
            (self.alerts if is_alert else self.toasts).append(text)
        if "url" in given:
            self.opened.append(given["url"])
        self._telegram.tell("answer", query.message.chat, None, text=text, alert=is_alert)

    # How it is done.

    async def _presses(self, key: Raw, shown: Shown, forgotten: bool) -> None:
        data = key.get("callback_data")
        if "disabled" in key:
            return
        if data is None:
            target = key.get("url") or key.get("copy_text", {}).get("text", "")
            self.opened.append(target)
            if target.startswith(f"https://t.me/{self.bot.username}?"):
                await self.starts_from(target)
            return
        query = Query(str(next(QUERY_IDS)), self.id, self._telegram.clock(), shown)
        message = shown.raw
        if forgotten:
            message = {"chat": shown.chat.card, "message_id": shown.message_id, "date": 0}
        self.bot.queries[query.id] = self.taps_unanswered[query.id] = query
        self._telegram.tell("tap", self.chat, shown, data=data)
        content = {
            "id": query.id,
            "from": self.user,
            "message": message,
            "chat_instance": str(7_000_000_000 + self.id),
            "data": data,
        }
        self.bot.updates.push("callback_query", self.id, content)
        await self._telegram.acted()

    def _says(self, content: Raw, reply_to: Shown | None) -> Shown:
        chat = self.chat
        assert not chat.blocked, f"{self.name} has blocked the bot and must unblock it first"
        assert reply_to is None or reply_to.message_id in chat.messages, "nothing to reply to"
        chat.started = True
        shown = chat.new(content, self._telegram.clock(), self.user, reply_to=reply_to)
        shown.file = self._telegram.file_in(self.bot, content)
        self._telegram.tell("message", chat, shown)
        self.bot.updates.push("message", chat.id, shown.raw)
        return shown

    async def _sends_file(
        self,
        kind: str,
        content: bytes,
        caption: str | None,
        reply_to: Shown | None,
        name: str | None = None,
        mime_type: str | None = None,
        **about: Any,
    ) -> Shown:
        told = self._file(kind, content, name, mime_type, **about)
        return await self.sends(told | self._caption(caption), reply_to=reply_to)

    def _file(
        self,
        kind: str,
        content: bytes,
        name: str | None = None,
        mime_type: str | None = None,
        **about: Any,
    ) -> Raw:
        file = self._telegram.files.keep(kind, content, name, mime_type)
        return file_content(self._telegram.files, self.bot.id, file, about)

    def _caption(self, text: str | None) -> Raw:
        words, entities = formatted(text or "", None, None)
        assert utf16_length(words) <= CAPTION_LIMIT, "the app lets nobody write so long a caption"
        content: Raw = {"caption": words} if words else {}
        return content | ({"caption_entities": entities} if entities else {})

    def _change_membership(self, old: str, new: str) -> None:
        assert self.chat.blocked == (old == "kicked"), f"{self.name} is not {old}"
        self.chat.blocked = new == "kicked"
        self._telegram.membership(self.chat, self.user, old, new)


def pieces(text: str) -> Iterator[str]:
    """Parts that fit into a message, never cut through a character."""
    start = size = 0
    for place, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1
        if size + width > MESSAGE_LIMIT:
            yield text[start:place]
            start, size = place, 0
        size += width
    yield text[start:]
