"""The law of uploads: how many and how large files may be, how one goes on, and how it ends."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.core.errors import (
    Conflict,
    Ended,
    KindRefused,
    Locked,
    Malformed,
    TooLarge,
    TooSlow,
)
from app.core.texts import Text

MOST_FILES: Final = 100
"""Files of one report, finished or under way."""
KEPT: Final = timedelta(days=7)
"""How long an unfinished upload waits for its next byte."""
REMEMBERED: Final = timedelta(days=30)
"""How long an upload that ended without evidence is still told apart from one that never was."""


class UploadState(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    ENDED = "ended"


STATES: Final[Mapping[StrEnum, Text]] = {
    UploadState.OPEN: Text("Belum lengkap", "Incomplete"),
    UploadState.FINISHED: Text("Lengkap dan disegel", "Complete and sealed"),
    UploadState.ENDED: Text("Berakhir tanpa bukti", "Ended without evidence"),
}
LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {"upload_state": STATES}


class UploadTooLarge(TooLarge):
    code = "upload-too-large"
    text = Text(
        "Berkas ini melebihi ukuran terbesar untuk satu berkas.",
        "This file is larger than one file may be.",
    )


class QuotaUsed(TooLarge):
    code = "evidence-quota-used"
    text = Text(
        "Jumlah ukuran berkas melebihi batas.",
        "The files here are together more than they may be.",
    )


class TooManyFiles(TooLarge):
    code = "too-many-files"
    text = Text(
        f"Paling banyak {MOST_FILES} berkas untuk satu laporan, kegiatan, atau kantor.",
        f"At most {MOST_FILES} files for one report, event or office.",
    )


class MoreThanDeclared(TooLarge):
    code = "more-than-declared"
    text = Text(
        "Kiriman ini lebih panjang daripada sisa berkas yang diumumkan.",
        "This is more than the rest of the file that was announced.",
    )


class OffsetMismatch(Conflict):
    code = "offset-mismatch"
    text = Text(
        "Upload-Offset bukan posisi sekarang; tanyakan dengan HEAD, lalu lanjutkan dari sana.",
        "Upload-Offset is not the present position; ask by HEAD and go on from there.",
    )


class Sealed(Conflict):
    """Evidence is never replaced and never taken back."""

    code = "sealed"
    text = Text(
        "Berkas sudah lengkap dan disegel; tidak dapat ditarik kembali.",
        "The file is complete and sealed; it cannot be taken back.",
    )


class UploadEnded(Ended):
    code = "upload-ended"
    text = Text(
        "Unggahan ini sudah berakhir; mulai lagi dengan yang baru.",
        "This upload has ended; begin a new one.",
    )


class UploadLocked(Locked):
    code = "upload-locked"
    text = Text(
        "Unggahan ini sedang diterima lewat sambungan lain; ulangi sebentar lagi.",
        "This upload is being received over another connection; repeat in a moment.",
    )


class BodySilent(TooSlow):
    code = "body-silent"
    text = Text(
        "Kiriman terhenti terlalu lama; yang sudah tiba disimpan. Tanyakan posisi dengan HEAD.",
        "Nothing arrived for too long; what came is kept. Ask for the position by HEAD.",
    )


class MediaTypeWanted(KindRefused):
    code = "offset-octets-wanted"
    text = Text(
        "Bagian berkas dikirim sebagai application/offset+octet-stream.",
        "Pieces of a file are sent as application/offset+octet-stream.",
    )


class ChecksumUnknown(Malformed):
    code = "checksum-unknown"
    text = Text(
        "Upload-Checksum harus berupa sha1 atau sha256 dalam base64.",
        "Upload-Checksum must be a sha1 or sha256 in base64.",
    )


FILE_MISMATCH: Final = Text(
    "SHA-256 berkas yang tiba bukan yang diumumkan; kirim lagi dari awal.",
    "The SHA-256 of the file that arrived is not the one announced; send it from the start.",
)


@dataclass(frozen=True)
class Limits:
    """What an operator allows, in bytes; `spare` must stay free on the disk."""

    file: int
    report: int
    spare: int


@dataclass(frozen=True)
class Checksum:
    """What the sender says the digest of one chunk is."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True)
class Chunk:
    """One piece of a file as it arrives; `announced` is its length, where the sender said it."""

    offset: int
    pieces: AsyncIterator[bytes]
    announced: int | None = None
    checksum: Checksum | None = None


@dataclass(frozen=True)
class Claimed:
    """What a report holds already, with what is still under way."""

    files: int
    bytes: int


def admit(length: int, claimed: Claimed, limits: Limits) -> None:
    """Take one more file of this length, or refuse it."""
    if length > limits.file:
        raise UploadTooLarge
    if claimed.files >= MOST_FILES:
        raise TooManyFiles
    if claimed.bytes + length > limits.report:
        raise QuotaUsed


def require_next(chunk: Chunk, received: int, length: int) -> None:
    """A chunk goes on exactly where the last one ended, and not beyond the end of the file."""
    if chunk.offset != received:
        raise OffsetMismatch
    if chunk.announced is not None and received + chunk.announced > length:
        raise MoreThanDeclared


def require_alive(state: UploadState, expires_at: datetime, now: datetime) -> None:
    """What was given up, or waited in vain for its next byte, does not go on."""
    if state is UploadState.ENDED or (state is UploadState.OPEN and expires_at <= now):
        raise UploadEnded


def expiry(now: datetime) -> datetime:
    return now + KEPT
