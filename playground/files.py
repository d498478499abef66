"""What people and bots sent: bytes, and the names Telegram gives them."""

import base64
import hashlib
import itertools
import struct
from dataclasses import dataclass

from playground.refusals import bad_request

PHOTO_LIMIT = 10 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
FOLDERS = {"photo": "photos", "voice": "voice", "video": "videos", "video_note": "video_notes"}
ENDINGS = {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "video_note": ".mp4"}


@dataclass(frozen=True, eq=False)
class StoredFile:
    number: int
    kind: str
    """photo, voice, video, video_note, document, audio, animation or sticker"""
    content: bytes
    name: str | None
    mime_type: str | None

    @property
    def unique_id(self) -> str:
        digest = hashlib.blake2s(f"file {self.number}".encode(), digest_size=9).digest()
        return base64.urlsafe_b64encode(digest).decode()

    @property
    def path(self) -> str:
        ending = ENDINGS.get(self.kind, "")
        if self.name and "." in self.name:
            ending = "." + self.name.rsplit(".", 1)[1]
        return f"{FOLDERS.get(self.kind, self.kind + 's')}/file_{self.number}{ending}"


class Files:
    """Every file there is. A `file_id` works for one bot only; a path after getFile."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._by_id: dict[tuple[int, str], StoredFile] = {}
        self._by_path: dict[tuple[int, str], StoredFile] = {}

    def goes_on_from(self, number: int) -> None:
        self._numbers = itertools.count(number)

    def keep(
        self, kind: str, content: bytes, name: str | None = None, mime_type: str | None = None
    ) -> StoredFile:
        return StoredFile(next(self._numbers), kind, content, name, mime_type)

    def thumbnail(self, file: StoredFile) -> StoredFile:
        """A photo's smaller brother: another file, and nothing to show in full."""
        return StoredFile(-file.number, file.kind, b"a thumbnail", None, None)

    def id_for(self, bot_id: int, file: StoredFile) -> str:
        raw = f"{bot_id}:{file.kind}:{file.number}".encode()
        signed = hashlib.blake2s(raw, digest_size=24).digest() + raw
        file_id = base64.urlsafe_b64encode(signed).decode().rstrip("=")
        self._by_id[bot_id, file_id] = file
        return file_id

    def of(self, bot_id: int, file_id: str) -> StoredFile:
        file = self._by_id.get((bot_id, file_id))
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file

    def opens(self, bot_id: int, file: StoredFile) -> str:
        """A path to download it from."""
        if len(file.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        self._by_path[bot_id, file.path] = file
        return file.path

    def at(self, bot_id: int, path: str) -> StoredFile | None:
        return self._by_path.get((bot_id, path))


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP; None when it is no picture."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return 512, 512  # its three layouts are not worth reading here
    if content.startswith(b"\xff\xd8"):
        return jpeg_size(content)
    return None


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
