"""Which kinds of files are taken as evidence, told by their first bytes and never by their names.

A file is what its head says; its name and its declared type are only what somebody wrote on it.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.core.errors import KindRefused
from app.core.texts import Text

HEAD: Final = 65_536
"""No more bytes are looked at; most formats show themselves in the first sixteen."""
_ENOUGH: Final = 512
"""After so many bytes, what is neither text nor a known format will not become one."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
PLAIN_TEXT: Final = "text/plain"


class ArchiveRefused(KindRefused):
    code = "archive-refused"
    text = Text(
        "Arsip (zip, rar, 7z dan sejenisnya) tidak diterima; kirim isinya satu per satu.",
        "Archives (zip, rar, 7z and the like) are not accepted; send the files in it one by one.",
    )


class ProgramRefused(KindRefused):
    code = "program-refused"
    text = Text(
        "Program dan skrip tidak diterima sebagai bukti.",
        "Programs and scripts are not accepted as evidence.",
    )


class MediaTypeRefused(KindRefused):
    code = "media-type-refused"
    text = Text(
        "Jenis berkas ini tidak dikenal. Yang diterima: foto, video, rekaman suara, PDF, dokumen"
        " kantor, dan teks.",
        "This kind of file is not known. Accepted are photos, videos, sound recordings, PDF, office"
        " documents and text.",
    )


def _patterns(shapes: Mapping[bytes, str]) -> "list[tuple[re.Pattern[bytes], str]]":
    return [(re.compile(shape, re.DOTALL), kind) for shape, kind in shapes.items()]


# Of an ISO 14496-12 file the first brand decides; the compatible ones that follow only hint.
_BRAND: Final = rb".{4}ftyp"
_RIFF: Final = rb"RIFF.{4}"
# The first page of an Ogg stream holds one segment (RFC 3533, 6; RFC 7845, 3).
_OGG: Final = rb"OggS.{22}\x01."
# The first entry of an ODF package is its type, neither compressed nor padded (ODF 1.3-2, 3.3).
_ODF: Final = rb"PK\x03\x04.{26}mimetype"

_TAKEN: Final = _patterns(
    {
        rb"\xff\xd8\xff": "image/jpeg",
        rb"\x89PNG\r\n\x1a\n": "image/png",
        rb"GIF8[79]a": "image/gif",
        _RIFF + rb"WEBP": "image/webp",
        _BRAND + rb"(he[iv][cxms]|(mif1|msf1).{4}.{0,60}he[iv][cxms])": "image/heic",
        rb"(\xef\xbb\xbf)?\s{0,16}%PDF-[12]\.[0-9]": "application/pdf",
        _BRAND + rb"qt  ": "video/quicktime",
        _BRAND + rb"3g[2p]": "video/3gpp",
        _BRAND + rb"M4[AB] ": "audio/mp4",
        _BRAND + rb"(iso[m2-9]|mp4[12]|avc1|M4V|MSNV|dash|f4v |mmp4|XAVC)": "video/mp4",
        # EBML (RFC 8794, 11.2.6): DocType, wherever in the header it stands.
        rb"\x1aE\xdf\xa3.{0,60}\x42\x82.{1,8}webm": "video/webm",
        _RIFF + rb"WAVE": "audio/wav",
        rb"#!AMR(-WB)?\n": "audio/amr",
        _OGG + rb"(OpusHead|\x01vorbis|\x7fFLAC|Speex   )": "audio/ogg",
        rb"ID3[\x02-\x04].[\x00-\xf0][\x00-\x7f]{4}": "audio/mpeg",
        # MPEG audio, layer III, neither a free nor a forbidden bit rate (ISO 11172-3, 2.4.2.3).
        rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]": "audio/mpeg",
        rb"\xff[\xf0\xf1\xf8\xf9]": "audio/aac",
        _ODF + f"{_OPEN}text".encode(): f"{_OPEN}text",
        _ODF + f"{_OPEN}spreadsheet".encode(): f"{_OPEN}spreadsheet",
        _ODF + f"{_OPEN}presentation".encode(): f"{_OPEN}presentation",
    }
)

_ZIP: Final = b"PK\x03\x04"
_ZIP_SHOWS: Final = 128
# An OPC package (ISO 29500-2) begins with one of its parts; a local header names each.
_OPC: Final = re.compile(
    rb"PK\x03\x04.{26}(\[Content_Types\]\.xml|_rels/|docProps/|customXml/|word/|xl/|ppt/)",
    re.DOTALL,
)
_FAMILY: Final = _patterns(
    {
        rb"PK\x03\x04.{26}word/": f"{_OFFICE}wordprocessingml.document",
        rb"PK\x03\x04.{26}xl/": f"{_OFFICE}spreadsheetml.sheet",
        rb"PK\x03\x04.{26}ppt/": f"{_OFFICE}presentationml.presentation",
    }
)

_ARCHIVE: Final = re.compile(
    rb"PK[\x05\x07]|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f[\x8b\x9d\xa0]|BZh[1-9]1AY|\xfd7zXZ\x00"
    rb"|\x28\xb5\x2f\xfd|\x04\x22\x4d\x18|MSCF\x00|xar!\x00|!<arch>\n|.{257}ustar",
    re.DOTALL,
)
_PROGRAM: Final = re.compile(
    rb"MZ.{0,62}\x00|\x7fELF|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|\xca\xfe\xba\xbe|dex\n0"
    rb"|\x00asm|L\x00\x00\x00\x01\x14\x02\x00|#![ \t]*/",
    re.DOTALL,
)
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")

ACCEPTED: Final = frozenset(
    {kind for _, kind in _TAKEN} | {kind for _, kind in _FAMILY} | {PLAIN_TEXT}
)


def judge(head: bytes, *, whole: bool) -> str | None:
    """Return what a file is by its first bytes, or nothing while they do not tell; or refuse it.

    `whole` says that no more bytes will come.
    """
    known = next(_matching(head), None)
    if known is None and _is_open(head, whole=whole):
        return None
    if known is None:
        _refuse(head)
        if _is_text(head, whole=whole):
            return PLAIN_TEXT
        raise MediaTypeRefused
    return known


def decide(head: bytes) -> str:
    """What a complete file is."""
    kind = judge(head, whole=True)
    if kind is None:
        raise MediaTypeRefused
    return kind


def differs(declared: str | None, found: str) -> bool:
    """Whether a file is something else than its sender said."""
    return declared is not None and declared.partition(";")[0].strip().lower() != found


def _matching(head: bytes) -> Iterator[str]:
    yield from (kind for shape, kind in _TAKEN if shape.match(head))
    if _OPC.match(head):
        yield from (kind for shape, kind in _FAMILY if shape.search(head))


def _is_open(head: bytes, *, whole: bool) -> bool:
    """Whether more bytes can still tell more than these."""
    if whole or len(head) >= HEAD:
        return False
    if head.startswith(_ZIP):
        return len(head) < _ZIP_SHOWS or _OPC.match(head) is not None
    _refuse(head)
    return len(head) < _ENOUGH or _is_text(head, whole=False)


def _refuse(head: bytes) -> None:
    if head.startswith(_ZIP) or _ARCHIVE.match(head):
        raise ArchiveRefused
    if _PROGRAM.match(head):
        raise ProgramRefused


def _is_text(head: bytes, *, whole: bool) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return _NO_TEXT.search(text) is None
