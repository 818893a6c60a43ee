"""The outer shape of image files: where they end, and which of their parts are the picture.

JPEG: ITU-T T.81, annex B · PNG: W3C PNG, 5.3 · GIF: GIF89a, 15 to 27 · WebP: RFC 9649, 2.3 ·
JPEG 2000: ITU-T T.800, annexes A and I.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.evidence.files.cleaning.outcome import Uncleanable
from app.evidence.rules.copies import CopyFailure, Removed

_MARKER: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_PICTURE: Final = frozenset({*range(0xC0, 0xD0), *range(0xD8, 0xDE)})
_JFIF, _ADOBE = 0xE0, 0xEE
_PLAIN_JFIF: Final = 14
_PLAIN_ADOBE: Final = 12


def foreign_bytes(data: bytes, kind: str) -> int:
    """How many bytes lie behind the end of the image, in the formats that say where it is."""
    find = _ENDS.get(kind)
    return max(0, len(data) - find(data)) if find else 0


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each marker with where it begins and where what belongs to it ends; the last may be cut."""
    position = 0
    while found := _MARKER.search(data, position):
        marker, start = data[found.end() - 1], found.end()
        if marker in (_SOI, _EOI):
            position = start
        else:
            position = start + int.from_bytes(data[start : start + 2], "big")
        yield marker, found.start(), position
        if marker == _EOI:
            return


def _jpeg_end(data: bytes) -> int:
    return next((end for marker, _, end in _segments(data) if marker == _EOI), len(data))


def strip_jpeg(data: bytes) -> tuple[bytes, Counter[Removed]]:
    """Take everything that is not picture out of a JPEG, leaving the picture bit for bit."""
    kept, removed, until, last = bytearray(), Counter[Removed](), 0, _SOI
    for marker, start, end in _segments(data):
        # Between segments there is nothing, except after the start of a scan.
        kept += data[until:start] if last == _SOS else b""
        kept += _plain(marker, data[start:end], removed)
        until, last = end, marker
    if last != _EOI:
        raise Uncleanable(CopyFailure.BROKEN)
    removed[Removed.FOREIGN_BYTES] += len(data) - until
    return bytes(kept), +removed


def _plain(marker: int, segment: bytes, removed: Counter[Removed]) -> bytes:
    """What has to stay of a segment that could hold anything."""
    if marker in _PICTURE:
        return segment
    body = segment[4:]
    if marker == _JFIF and body.startswith(b"JFIF\0"):
        removed[Removed.THUMBNAIL] += len(body) > _PLAIN_JFIF
        # The last two bytes are the size of a thumbnail.
        return b"\xff\xe0\x00\x10" + body[: _PLAIN_JFIF - 2].ljust(_PLAIN_JFIF, b"\0")
    if marker == _ADOBE and body.startswith(b"Adobe"):
        return b"\xff\xee\x00\x0e" + body[:_PLAIN_ADOBE].ljust(_PLAIN_ADOBE, b"\0")
    removed[_kind(marker, body)] += 1
    if b"GPS" in body or _has_gps(body):
        removed[Removed.GPS] += 1
    return b""


def _kind(marker: int, body: bytes) -> Removed:
    if marker == _COM:
        return Removed.COMMENT
    for sign, kind in (
        (b"Exif\0", Removed.EXIF),
        (b"http://ns.adobe.com/", Removed.XMP),
        (b"Photoshop", Removed.IPTC),
        (b"ICC_PROFILE", Removed.COLOUR_PROFILE),
    ):
        if body.startswith(sign):
            return kind
    return Removed.PRIVATE_DATA


def _has_gps(body: bytes) -> bool:
    """Whether the first directory of EXIF points to one of GPS (tag 0x8825, one LONG)."""
    little, big = b"\x25\x88\x04\x00\x01\x00\x00\x00", b"\x88\x25\x00\x04\x00\x00\x00\x01"
    return body.startswith(b"Exif\0") and (little in body or big in body)


_BOX_HEADER: Final = 8
_PICTURE_BOXES: Final = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")


def strip_jpeg2000(data: bytes) -> tuple[bytes, Counter[Removed]]:
    """Take the boxes that are not picture out of a JPEG 2000 file."""
    if not data.startswith(b"\0\0\0\x0cjP  "):
        return data, Counter()
    kept, removed = bytearray(), Counter[Removed]()
    for kind, box in _boxes(data):
        if kind in _PICTURE_BOXES:
            kept += box
        else:
            removed[Removed.XMP if kind in (b"xml ", b"uuid") else Removed.PRIVATE_DATA] += 1
    return bytes(kept), removed


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        end = position + size if size >= _BOX_HEADER else len(data)
        yield data[position + 4 : position + 8], data[position:end]
        position = end


def _png_end(data: bytes) -> int:
    position = 8
    while position + 8 <= len(data):
        kind = data[position + 4 : position + 8]
        position += int.from_bytes(data[position : position + 4], "big") + 12
        if kind == b"IEND":
            return position
    return len(data)


def _webp_end(data: bytes) -> int:
    size = int.from_bytes(data[4:8], "little")
    return 8 + size + size % 2


_GIF_TRAILER, _GIF_IMAGE = 0x3B, 0x2C


def _gif_end(data: bytes) -> int:
    position = 13 + _gif_colours(data, 10)
    while position < len(data):
        block = data[position]
        if block == _GIF_TRAILER:
            return position + 1
        if block == _GIF_IMAGE:
            position += 11 + _gif_colours(data, position + 9)
        else:
            position += 2
        position = _gif_blocks(data, position)
    return len(data)


def _gif_colours(data: bytes, at: int) -> int:
    flags = data[at] if at < len(data) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _gif_blocks(data: bytes, position: int) -> int:
    while position < len(data) and data[position]:
        position += data[position] + 1
    return position + 1


_ENDS: Final[Mapping[str, Callable[[bytes], int]]] = {
    "JPEG": _jpeg_end,
    "PNG": _png_end,
    "WEBP": _webp_end,
    "GIF": _gif_end,
}
