"""Voice messages are Opus in Ogg. Chromium's microphone gives the same Opus in WebM: its packets
are taken out and put into Ogg as they are; nothing is decoded or made worse."""

import struct
from collections.abc import Iterator, Sequence

RATE = 48_000
"""Opus counts in these samples a second, whatever was recorded."""
LONGEST_ID = 4
FLAT = {
    0x18538067,  # Segment
    0x1654AE6B,  # Tracks
    0xAE,  # TrackEntry
    0x1F43B675,  # Cluster
    0xA0,  # BlockGroup
}
"""What is looked into. A recording that goes on does not know how long these are."""
LACED = 0x06
PACKETS_OF_A_PAGE = 25
SERIAL = 0x4F74


class NoVoice(Exception):
    """Neither Opus in Ogg nor Opus in WebM."""


def voice(content: bytes) -> tuple[bytes, int]:
    """Opus in Ogg, and its whole seconds, at least one. Errors: NoVoice."""
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        content = in_ogg(*of_webm(content))
    if not (content.startswith(b"OggS") and b"OpusHead" in content[:64]):
        raise NoVoice
    return content, max(1, round(_samples(content) / RATE))


def of_webm(content: bytes) -> tuple[bytes, list[bytes]]:
    """The head and the packets. Errors: NoVoice."""
    head, packets, is_opus = b"", [], False
    try:
        for number, data in _elements(content):
            match number:
                case 0x86:  # CodecID
                    is_opus = data.rstrip(b"\0") == b"A_OPUS"
                case 0x63A2:  # CodecPrivate
                    head = data
                case 0xA3 | 0xA1:  # SimpleBlock, Block
                    packets.append(_packet(data))
    except IndexError:
        raise NoVoice from None
    if not (is_opus and head.startswith(b"OpusHead") and packets):
        raise NoVoice
    return head, packets


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        width = 9 - content[at].bit_length()
        if width > LONGEST_ID:
            raise NoVoice
        number = int.from_bytes(content[at : at + width])
        at += width
        size, width = _number(content, at)
        at += width
        if number in FLAT:
            continue
        yield number, content[at : at + size]
        at += size


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number written in as many bytes as its first one says, and how many those are."""
    width = 9 - content[at].bit_length()
    raw = int.from_bytes(content[at : at + width])
    return raw & ((1 << 7 * width) - 1), width


def _packet(block: bytes) -> bytes:
    """Behind the track's number, two bytes of time and the flags."""
    _, width = _number(block, 0)
    if block[width + 2] & LACED:
        raise NoVoice
    return block[width + 3 :]


def in_ogg(head: bytes, packets: Sequence[bytes]) -> bytes:
    tags = b"OpusTags" + struct.pack("<I", 6) + b"Otklik" + struct.pack("<I", 0)
    pages = [_page(0, 0, 2, [head]), _page(1, 0, 0, [tags])]
    samples = 0
    groups = [
        packets[at : at + PACKETS_OF_A_PAGE] for at in range(0, len(packets), PACKETS_OF_A_PAGE)
    ]
    for place, group in enumerate(groups):
        samples += sum(map(duration, group))
        last = 4 if place == len(groups) - 1 else 0
        pages.append(_page(place + 2, samples, last, group))
    return b"".join(pages)


def duration(packet: bytes) -> int:
    """Samples, as the first byte of a packet tells (RFC 6716, 3.1)."""
    kind, frames = packet[0] >> 3, packet[0] & 3
    if kind < 12:
        length = (480, 960, 1920, 2880)[kind % 4]
    elif kind < 16:
        length = (480, 960)[kind % 2]
    else:
        length = (120, 240, 480, 960)[kind % 4]
    count = packet[1] & 0x3F if frames == 3 else (1, 2, 2)[frames]
    return length * count


def _page(number: int, samples: int, flags: int, packets: Sequence[bytes]) -> bytes:
    lacing = bytearray()
    for packet in packets:
        whole, rest = divmod(len(packet), 255)
        lacing += b"\xff" * whole + bytes([rest])
    if len(lacing) > 255:
        raise NoVoice  # packets of speech are far smaller
    fields = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, samples, SERIAL, number, 0, len(lacing))
    page = bytearray(fields + bytes(lacing) + b"".join(packets))
    page[22:26] = struct.pack("<I", _checksum(page))
    return bytes(page)


def _table() -> list[int]:
    found = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        found.append(value & 0xFFFFFFFF)
    return found


TABLE = _table()


def _checksum(page: bytes | bytearray) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ TABLE[value >> 24 ^ byte]
    return value


def _samples(content: bytes) -> int:
    """How long a recording in Ogg is: the place of its last page."""
    last = content.rfind(b"OggS")
    if len(content) < last + 14:
        raise NoVoice
    place: int = struct.unpack("<q", content[last + 6 : last + 14])[0]
    return max(0, place)
