from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import KindRefused, TooLarge
from app.evidence.rules.media_types import (
    ACCEPTED,
    HEAD,
    ArchiveRefused,
    MediaTypeRefused,
    ProgramRefused,
    decide,
    differs,
    judge,
)
from app.evidence.rules.uploads import (
    KEPT,
    MOST_FILES,
    Claimed,
    Limits,
    QuotaUsed,
    TooManyFiles,
    UploadEnded,
    UploadState,
    UploadTooLarge,
    admit,
    expiry,
    require_alive,
)

NOW = datetime(2024, 11, 5, 3, 0, tzinfo=UTC)
LIMITS = Limits(file=100, report=250, spare=0)
OFFICE = "application/vnd.openxmlformats-officedocument."


def entry(name: str, content: bytes = b"") -> bytes:
    """A local header of a ZIP file with what follows it."""
    return b"PK\x03\x04" + bytes(22) + bytes([len(name), 0, 0, 0]) + name.encode() + content


def ogg(content: bytes) -> bytes:
    return b"OggS\x00\x02" + bytes(20) + b"\x01\x13" + content


def brand(name: bytes, *others: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + name + bytes(4) + b"".join(others)


KNOWN = {
    b"\xff\xd8\xff\xe1": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF89a": "image/gif",
    b"RIFF\x24\x00\x00\x00WEBPVP8 ": "image/webp",
    brand(b"heic", b"mif1", b"heic"): "image/heic",
    brand(b"mif1", b"mif1", b"heic"): "image/heic",
    b"%PDF-1.7\n": "application/pdf",
    b"\xef\xbb\xbf%PDF-2.0": "application/pdf",
    brand(b"qt  "): "video/quicktime",
    brand(b"3gp5"): "video/3gpp",
    brand(b"3g2a"): "video/3gpp",
    brand(b"M4A "): "audio/mp4",
    brand(b"isom", b"avc1"): "video/mp4",
    brand(b"mp42"): "video/mp4",
    b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf3\x81\x08B\x82\x84webm": "video/webm",
    b"RIFF\x24\x00\x00\x00WAVEfmt ": "audio/wav",
    b"#!AMR\n": "audio/amr",
    b"#!AMR-WB\n": "audio/amr",
    ogg(b"OpusHead"): "audio/ogg",
    ogg(b"\x01vorbis"): "audio/ogg",
    b"ID3\x03\x00\x00\x00\x00\x00\x0f": "audio/mpeg",
    b"\xff\xfb\x90\x64": "audio/mpeg",
    b"\xff\xf1\x50\x80": "audio/aac",
    entry("mimetype", b"application/vnd.oasis.opendocument.text"): (
        "application/vnd.oasis.opendocument.text"
    ),
    entry("[Content_Types].xml", entry("xl/workbook.xml")): f"{OFFICE}spreadsheetml.sheet",
    entry("_rels/.rels", entry("word/document.xml")): f"{OFFICE}wordprocessingml.document",
    entry("ppt/presentation.xml"): f"{OFFICE}presentationml.presentation",
    b"Catatan rekaan.\r\n": "text/plain",
    "Catatan rekaan: é 字 🙂".encode(): "text/plain",
}
REFUSED = {
    entry("foto.jpg", bytes(200)): ArchiveRefused,
    entry("META-INF/MANIFEST.MF", bytes(200)): ArchiveRefused,
    entry("mimetype", b"application/epub+zip" + bytes(200)): ArchiveRefused,
    b"PK\x05\x06" + bytes(18): ArchiveRefused,
    b"7z\xbc\xaf\x27\x1c" + bytes(30): ArchiveRefused,
    b"\x1f\x8b\x08" + bytes(30): ArchiveRefused,
    bytes(257) + b"ustar\x00": ArchiveRefused,
    b"MZ\x90\x00" + bytes(60): ProgramRefused,
    b"\xca\xfe\xba\xbe\x00\x00": ProgramRefused,
    b"dex\n035\x00": ProgramRefused,
    b"#! /usr/bin/python3\n": ProgramRefused,
    bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600): MediaTypeRefused,
    b"RIFF\x24\x00\x00\x00AVI LIST": MediaTypeRefused,
    brand(b"avif", b"mif1"): MediaTypeRefused,
    b"\xff\xfe\x00\x01": MediaTypeRefused,
}


@pytest.mark.parametrize(
    ("head", "kind"), KNOWN.items(), ids=[str(each) for each in KNOWN.values()]
)
def test_a_file_is_what_its_head_says(head: bytes, kind: str) -> None:
    assert decide(head) == kind
    assert kind in ACCEPTED


@pytest.mark.parametrize(("head", "refusal"), REFUSED.items(), ids=range(len(REFUSED)))
def test_what_is_no_evidence_is_refused(head: bytes, refusal: type[KindRefused]) -> None:
    with pytest.raises(refusal):
        decide(head)


@given(st.sampled_from([*KNOWN]), st.integers(0, 100))
def test_what_will_be_taken_is_never_refused_too_early(head: bytes, cut: int) -> None:
    assert judge(head[:cut], whole=False) in (None, *ACCEPTED)


@given(st.binary(max_size=2_000), st.booleans())
def test_no_head_breaks_the_judge(head: bytes, whole: bool) -> None:
    with suppress(KindRefused):
        assert judge(head, whole=whole) in ({*ACCEPTED} if whole else {None, *ACCEPTED})


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"])))
def test_text_is_text(text: str) -> None:
    said = "Catatan: " + text

    assert decide(said.encode()[:HEAD]) == "text/plain"


@pytest.mark.parametrize(
    ("declared", "is_other"),
    [(None, False), ("image/png", False), ("IMAGE/PNG; x=y", False), ("application/pdf", True)],
)
def test_a_declared_type_that_differs_is_noticed(declared: str | None, *, is_other: bool) -> None:
    assert differs(declared, "image/png") is is_other


@pytest.mark.parametrize(
    ("length", "claimed", "refusal"),
    [
        (101, Claimed(0, 0), UploadTooLarge),
        (1, Claimed(MOST_FILES, 0), TooManyFiles),
        (51, Claimed(2, 200), QuotaUsed),
    ],
)
def test_more_than_a_report_may_hold_is_refused(
    length: int, claimed: Claimed, refusal: type[TooLarge]
) -> None:
    with pytest.raises(refusal):
        admit(length, claimed, LIMITS)


def test_exactly_what_a_report_may_hold_is_taken() -> None:
    admit(100, Claimed(MOST_FILES - 1, 150), LIMITS)


def test_an_upload_waits_a_week_for_its_next_byte() -> None:
    until = expiry(NOW)

    require_alive(UploadState.OPEN, until, NOW + KEPT - timedelta(seconds=1))
    require_alive(UploadState.FINISHED, until, NOW + 2 * KEPT)
    with pytest.raises(UploadEnded):
        require_alive(UploadState.OPEN, until, NOW + KEPT)
    with pytest.raises(UploadEnded):
        require_alive(UploadState.ENDED, until, NOW)
