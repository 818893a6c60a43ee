"""Working copies: what is made of which evidence, what is taken out of it, and why none is made."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from app.core.texts import Text


class CopyOutcome(StrEnum):
    """What became of the working copy of a piece of evidence."""

    WAITING = "waiting"
    DONE = "done"
    NOT_AVAILABLE = "not_available"
    FAILED = "failed"


class CopyFailure(StrEnum):
    """Why no working copy could be made; the original is untouched and can be opened."""

    TOO_LARGE = "too_large"
    BROKEN = "broken"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TIMEOUT = "timeout"
    INTERRUPTED = "interrupted"


class Removed(StrEnum):
    """What was taken out of a working copy."""

    EXIF = "exif"
    GPS = "gps"
    MAKER_NOTE = "maker_note"
    THUMBNAIL = "thumbnail"
    XMP = "xmp"
    IPTC = "iptc"
    COMMENT = "comment"
    COLOUR_PROFILE = "colour_profile"
    EXTRA_IMAGE = "extra_image"
    FOREIGN_BYTES = "foreign_bytes"
    DOCUMENT_INFO = "document_info"
    HISTORY = "history"
    JAVASCRIPT = "javascript"
    ACTION = "action"
    EMBEDDED_FILE = "embedded_file"
    MULTIMEDIA = "multimedia"
    DYNAMIC_FORM = "dynamic_form"
    PRIVATE_DATA = "private_data"
    AUTHOR = "author"
    SIGNATURE = "signature"


IMAGES: Final[Mapping[str, str]] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
}
"""The images that can be cleaned, and what the decoder calls their formats."""

DOCUMENT: Final = "application/pdf"

LARGEST: Final = 128 * 1024 * 1024
"""Bytes of an original from which a copy is made; of a larger one only the original is there."""

LARGEST_COPY: Final = 512 * 1024 * 1024
"""Bytes of a copy: what was packed well may come out larger than it went in."""

MOST_ATTEMPTS: Final = 3
LEASE: Final = timedelta(minutes=10)
"""After so long a copy that was begun and not finished is begun again."""
_FINAL: Final = frozenset({CopyFailure.TOO_LARGE, CopyFailure.BROKEN, CopyFailure.LOCKED})


def can_be_cleaned(media_type: str) -> bool:
    return media_type in IMAGES or media_type == DOCUMENT


NO_PREVIEW: Final = Text(
    "Jenis berkas ini (misalnya HEIC) disimpan utuh tetapi tidak punya pratinjau; petugas membuka"
    " berkas aslinya. Kirim gambar sebagai JPEG atau PNG bila perlu pratinjau.",
    "This kind of file (such as HEIC) is kept whole but has no preview; officers open the original."
    " Send pictures as JPEG or PNG where a preview is needed.",
)


def notice_about(media_type: str | None) -> Text | None:
    """What the sender of a file of this type should know; nothing where a preview can be made."""
    if media_type is None or can_be_cleaned(media_type):
        return None
    return NO_PREVIEW


def is_over(failure: CopyFailure, attempts: int) -> bool:
    """Whether a failure after so many attempts is the end of it."""
    return failure in _FINAL or attempts >= MOST_ATTEMPTS


LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "copy_outcome": {
        CopyOutcome.WAITING: Text("Salinan kerja sedang disiapkan", "Working copy in preparation"),
        CopyOutcome.DONE: Text("Salinan kerja tersedia", "Working copy available"),
        CopyOutcome.NOT_AVAILABLE: Text(
            "Jenis berkas ini tidak punya salinan kerja", "No working copy of this kind of file"
        ),
        CopyOutcome.FAILED: Text(
            "Salinan kerja tidak dapat dibuat", "A working copy could not be made"
        ),
    },
    "copy_failure": {
        CopyFailure.TOO_LARGE: Text("Isinya terlalu besar", "Its content is too large"),
        CopyFailure.BROKEN: Text("Berkasnya rusak", "The file is broken"),
        CopyFailure.LOCKED: Text("Berkasnya berkata sandi", "The file has a password"),
        CopyFailure.DAMAGED: Text(
            "Berkas asli di penyimpanan tidak utuh lagi", "The stored original is no longer whole"
        ),
        CopyFailure.TIMEOUT: Text("Pembersihan terlalu lama", "Cleaning took too long"),
        CopyFailure.INTERRUPTED: Text("Pembersihan terputus", "Cleaning was interrupted"),
    },
    "copy_removed": {
        Removed.EXIF: Text("Data kamera (EXIF)", "Camera data (EXIF)"),
        Removed.GPS: Text(
            "Lokasi pemotretan (GPS): dapat membahayakan pelapor",
            "Place where it was taken (GPS): may endanger the reporter",
        ),
        Removed.MAKER_NOTE: Text("Catatan pabrik kamera", "Camera maker's note"),
        Removed.THUMBNAIL: Text("Gambar mini", "Thumbnail"),
        Removed.XMP: Text("Metadata XMP", "XMP metadata"),
        Removed.IPTC: Text("Metadata IPTC atau Photoshop", "IPTC or Photoshop metadata"),
        Removed.COMMENT: Text("Komentar di dalam berkas", "Comment inside the file"),
        Removed.COLOUR_PROFILE: Text("Profil warna", "Colour profile"),
        Removed.EXTRA_IMAGE: Text("Gambar tambahan di dalam berkas", "Further image in the file"),
        Removed.FOREIGN_BYTES: Text(
            "Byte di depan atau di belakang isi berkas", "Bytes before or after the content"
        ),
        Removed.DOCUMENT_INFO: Text("Keterangan dokumen", "Document information"),
        Removed.HISTORY: Text("Versi lama dokumen", "Earlier version of the document"),
        Removed.JAVASCRIPT: Text("JavaScript", "JavaScript"),
        Removed.ACTION: Text("Tindakan otomatis atau tautan keluar", "Action or outside link"),
        Removed.EMBEDDED_FILE: Text("Berkas lampiran", "Embedded file"),
        Removed.MULTIMEDIA: Text("Multimedia", "Multimedia"),
        Removed.DYNAMIC_FORM: Text("Formulir dinamis (XFA)", "Dynamic form (XFA)"),
        Removed.PRIVATE_DATA: Text("Data khusus aplikasi", "Private data of an application"),
        Removed.AUTHOR: Text("Penulis dan waktu anotasi", "Author and time of an annotation"),
        Removed.SIGNATURE: Text("Tanda tangan digital", "Digital signature"),
    },
}
