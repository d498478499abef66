"""Formatted text as Telegram reads it: HTML in, plain text and entities (UTF-16) out."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playground.refusals import Violation, violation
from playground.schema import utf16_length

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
TYPES = frozenset(TAGS.values()) | {
    "expandable_blockquote",
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "text_mention",
}
LONGEST_SOURCE = 1 << 15
"""Bytes of a text with its markup."""
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#(\d+)|#x([0-9a-fA-F]+)|(lt|gt|amp|quot)(?![A-Za-z]));?")
ATTRIBUTE = re.compile(r"\s+([^\s=>/\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")
FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w+")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d() -]{8,18}\d(?!\w)")),
)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities; raises what Telegram answers to markup it cannot read."""
    return HtmlReader(source).read()


@dataclass
class OpenTag:
    name: str
    start: int
    extra: Entity = field(default_factory=dict)


class HtmlReader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.text: list[str] = []
        self.length = 0
        self.open: list[OpenTag] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        source = self.source
        while self.place < len(source):
            match source[self.place]:
                case "<" if source.startswith("</", self.place):
                    self._end_tag()
                case "<":
                    self._start_tag()
                case "&" if character := CHARACTER.match(source, self.place):
                    self._says(decoded(character))
                    self.place = character.end()
                case _:
                    stop = re.compile("[<&]").search(source, self.place + 1)
                    end = stop.start() if stop else len(source)
                    self._says(source[self.place : end])
                    self.place = end
        if self.open:
            raise unparsed(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"'
            )
        return "".join(self.text), tidy(self.entities)

    def _says(self, text: str) -> None:
        self.text.append(text)
        self.length += utf16_length(text)

    def _offset(self) -> int:
        return len(self.source[: self.place].encode())

    def _start_tag(self) -> None:
        named = re.compile(r"<([^\s>]*)").match(self.source, self.place)
        name = named[1].lower() if named else ""
        if named is None or named.end() == len(self.source):
            raise unparsed(f"Unclosed start tag at byte offset {self._offset()}")
        if name not in TAGS:
            raise unparsed(f'Unsupported start tag "{name}" at byte offset {self._offset()}')
        at, attributes = named.end(), {}
        while found := ATTRIBUTE.match(self.source, at):
            value = next((part for part in found.groups()[1:] if part is not None), "")
            attributes[found[1].lower()] = CHARACTER.sub(decoded, value)
            at = found.end()
        closing = re.compile(r"\s*>").match(self.source, at)
        if closing is None:
            raise unparsed(self._complaint(name, at))
        if name == "span" and attributes.get("class") != "tg-spoiler":
            where = self._offset()
            raise unparsed(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(OpenTag(name, self.length, self._extra(name, attributes)))
        self.place = closing.end()

    def _complaint(self, name: str, at: int) -> str:
        """Why a tag's attributes could not be read from `at` on."""
        rest = self.source[at:].lstrip()
        if not rest or ">" not in rest:
            return f"Unclosed start tag at byte offset {self._offset()}"
        if rest[0] in "=/\"'":
            where = self._offset()
            return f'Empty attribute name in the tag "{name}" at byte offset {where}'
        return f"Unexpected end of name token at byte offset {len(self.source[:at].encode())}"

    def _extra(self, name: str, attributes: Mapping[str, str]) -> Entity:
        """What an entity carries besides its place; "type" where the tag alone does not say it."""
        match name:
            case "a" if "href" in attributes:
                return {"url": attributes["href"]}
            case "code" if attributes.get("class", "").startswith("language-"):
                return {"language": attributes["class"].removeprefix("language-")}
            case "blockquote" if "expandable" in attributes:
                return {"type": "expandable_blockquote"}
            case "tg-emoji":
                if not attributes.get("emoji-id", "").isdigit():
                    raise unparsed(f"Invalid custom emoji at byte offset {self._offset()}")
                return {"custom_emoji_id": attributes["emoji-id"]}
            case "tg-time":
                if not attributes.get("unix", "").isdigit():
                    raise unparsed(f"Invalid date-time at byte offset {self._offset()}")
                extra: Entity = {"unix_time": int(attributes["unix"])}
                if attributes.get("format"):
                    extra["date_time_format"] = attributes["format"]
                return extra
            case _:
                return {}

    def _end_tag(self) -> None:
        where = self._offset()
        if not self.open:
            raise unparsed(f"Unexpected end tag at byte offset {where}")
        named = re.compile(r"</([^\s>]*)\s*>").match(self.source, self.place)
        if named is None:
            raise unparsed(f"Unclosed end tag at byte offset {where}")
        name = named[1].lower()
        tag = self.open.pop()
        if name and name != tag.name:
            raise unparsed(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self.place = named.end()
        self._closed(tag)

    def _closed(self, tag: OpenTag) -> None:
        length = self.length - tag.start
        if not length:
            return
        kind, extra = TAGS[tag.name], dict(tag.extra)
        if kind == "text_link" and "url" not in extra:
            extra["url"] = cut("".join(self.text), tag.start, length)
        if kind == "text_link" and not re.match(r"[a-z][a-z0-9+.-]*:|[\w-]+\.\w", extra["url"]):
            return  # Telegram forgets a link that leads nowhere
        if tag.name == "code" and "language" in extra:
            if self.open and self.open[-1].name == "pre":
                self.open[-1].extra = extra
                return
            extra = {}
        self.entities.append({"type": kind, "offset": tag.start, "length": length} | extra)


def decoded(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def unparsed(why: str) -> Violation:
    return violation(f"can't parse entities: {why}")


def cut(text: str, offset: int, length: int) -> str:
    """A piece of text by UTF-16 offset and length."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def tidy(entities: Iterable[Entity]) -> list[Entity]:
    """In order, the outer first; nothing is formatted inside code."""
    kept: list[Entity] = []
    code_ends = 0
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        if entity["offset"] < code_ends:
            continue
        if entity["type"] in {"code", "pre"}:
            code_ends = entity["offset"] + entity["length"]
        kept.append(entity)
    return kept


def check_entities(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Entities a bot gave itself: known, inside the text, never through half an emoji."""
    total = utf16_length(text)
    borders = None if text.isascii() else character_borders(text)
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in TYPES:
            raise unparsed(f'Unsupported entity type "{entity["type"]}"')
        if start < 0 or entity["length"] <= 0 or end > total:
            raise unparsed(f"entity {start}+{entity['length']} lies outside a text of {total}")
        if borders is not None and not {start, end} <= borders:
            raise unparsed(f"entity {start}+{entity['length']} begins or ends inside a character")
    return tidy(entities)


def character_borders(text: str) -> set[int]:
    borders, at = {0}, 0
    for character in text:
        at += 2 if ord(character) > 0xFFFF else 1
        borders.add(at)
    return borders


def formatted(
    text: str, parse_mode: str | None, entities: Sequence[Entity] | None
) -> tuple[str, list[Entity]]:
    """What Telegram keeps of a text it was sent: parsed, trimmed, with what it finds itself."""
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_SOURCE:
        raise violation("text is too long")
    if parse_mode and entities:
        raise violation("of parse_mode and entities Telegram would forget the entities")
    if parse_mode and parse_mode.lower() != "html":
        raise violation(f'unsupported parse_mode "{parse_mode}" (this house speaks HTML)')
    if parse_mode:
        text, found = parse_html(text)
    else:
        found = check_entities(text, entities or [])
    return with_found(*trimmed(text.replace("\r", ""), found))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Spaces at both ends are not kept; in front only up to the first entity."""
    text = text.rstrip(" \t\n\v\f\0")
    lead = len(text) - len(text.lstrip(" \t\n\v\f\0"))
    if entities:
        lead = min(lead, entities[0]["offset"])
    text = text[lead:]
    total = utf16_length(text)
    kept = []
    for entity in entities:
        start = entity["offset"] - lead
        length = min(entity["length"], total - start)
        if length > 0:
            kept.append(entity | {"offset": start, "length": length})
    return text, kept


def with_found(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Links, commands and the like are found by Telegram, whoever wrote the text."""
    if not any(sign in text for sign in "/@#+"):
        return text, entities
    closed = {"code", "pre", "text_link", "text_mention"}
    taken = [
        (e["offset"], e["offset"] + e["length"])
        for e in entities
        if e["type"] in closed or e["type"] in dict(FOUND)
    ]
    more: list[Entity] = []
    for kind, pattern in FOUND:
        for found in pattern.finditer(text):
            start = utf16_length(text[: found.start()])
            end = start + utf16_length(found[0])
            if all(end <= left or start >= right for left, right in taken):
                taken.append((start, end))
                more.append({"type": kind, "offset": start, "length": end - start})
    return text, tidy([*entities, *more]) if more else entities


HTML = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """Back to HTML, for whoever wants to see the formatting."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in entities:
        start, end = tags(entity)
        opening.setdefault(entity["offset"], []).append(start)
        closing.setdefault(entity["offset"] + entity["length"], []).insert(0, end)
    if not opening:
        return html.escape(text, quote=False)
    pieces, at = [], 0
    for character in text:
        pieces += [*closing.get(at, ()), *opening.get(at, ())]
        pieces.append(html.escape(character, quote=False))
        at += 2 if ord(character) > 0xFFFF else 1
    return "".join([*pieces, *closing.get(at, ())])


def tags(entity: Entity) -> tuple[str, str]:
    match entity["type"]:
        case "text_link":
            return f'<a href="{html.escape(entity["url"])}">', "</a>"
        case "pre" if "language" in entity:
            return f'<pre><code class="language-{entity["language"]}">', "</code></pre>"
        case "pre":
            return "<pre>", "</pre>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
        case kind:
            return HTML.get(kind, ("", ""))
