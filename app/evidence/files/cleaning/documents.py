"""PDF: everything that acts, hides or tells of its maker is taken out, and the file written anew.

What is known to be part of the pages stays; what a catalogue or page holds beside it goes, so that
nothing has to be known of every private key that programs invent (ISO 32000-2, 7.7).
"""

import io
from collections import Counter
from typing import Final

import pikepdf
from pikepdf import Dictionary, Encryption, Name, Object, Pdf, StreamDecodeLevel
from pikepdf.settings import set_qpdf_limits

from app.evidence.files.cleaning.limits import LARGEST_STREAM
from app.evidence.files.cleaning.outcome import Cleaned, Uncleanable
from app.evidence.files.cleaning.walk import Walk
from app.evidence.rules.copies import CopyFailure, Removed

_CATALOGUE: Final = frozenset(
    (
        "/Type",
        "/Version",
        "/Extensions",
        "/Pages",
        "/PageLabels",
        "/Names",
        "/Dests",
        "/Lang",
        "/ViewerPreferences",
        "/PageLayout",
        "/PageMode",
        "/Outlines",
        "/OCProperties",
        "/AcroForm",
        "/StructTreeRoot",
        "/MarkInfo",
    )
)
_PAGE: Final = frozenset(
    (
        "/Type",
        "/Parent",
        "/Resources",
        "/Contents",
        "/Rotate",
        "/Group",
        "/Annots",
        "/Tabs",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/StructParents",
        "/UserUnit",
    )
)
_TRAILER: Final = frozenset({"/Root", "/Size", "/Encrypt"})
_HEADER: Final = b"%PDF-"
_END: Final = b"%%EOF"
_LIMIT: Final = "memory limit exceeded"

set_qpdf_limits(
    doc_max_warnings=1_000,
    parser_max_nesting=100,
    max_stream_filters=4,
    dct_max_memory=LARGEST_STREAM,
    flate_max_memory=LARGEST_STREAM,
    png_max_memory=LARGEST_STREAM,
    run_length_max_memory=LARGEST_STREAM,
    tiff_max_memory=LARGEST_STREAM,
)
# Opens the source of random numbers, which a later document may need when no file can be opened.
Pdf.new().save(io.BytesIO(), encryption=Encryption(owner="netra", user=""))


def clean(data: bytes, _: str) -> Cleaned:
    """Make the working copy of a document."""
    removed = _around(data)
    try:
        with Pdf.open(io.BytesIO(data), inherit_page_attributes=False) as document:
            _strip(document, removed)
            content = _written(document)
    except pikepdf.PasswordError as locked:
        raise Uncleanable(CopyFailure.LOCKED) from locked
    except pikepdf.PikepdfError as broken:
        bomb = _LIMIT in str(broken)
        raise Uncleanable(CopyFailure.TOO_LARGE if bomb else CopyFailure.BROKEN) from broken
    return Cleaned(content, +removed)


def _around(data: bytes) -> Counter[Removed]:
    """What lies before the header, behind the end, and the versions that were saved over."""
    removed = Counter[Removed]()
    removed[Removed.FOREIGN_BYTES] = max(0, data.find(_HEADER))
    last = data.rfind(_END)
    if last >= 0:
        removed[Removed.FOREIGN_BYTES] += len(data[last + len(_END) :].strip())
    # A linearized file has two ends from its first version on.
    first = 2 if b"/Linearized" in data[:1_024] else 1
    removed[Removed.HISTORY] = max(0, data.count(b"startxref") - first)
    return removed


def _strip(document: Pdf, removed: Counter[Removed]) -> None:
    _strip_trailer(document, removed)
    Walk(document, removed).through(document.Root)
    _keep(document.Root, _CATALOGUE, removed)
    for page in document.pages:
        _keep(page.obj, _PAGE, removed)


def _strip_trailer(document: Pdf, removed: Counter[Removed]) -> None:
    info = document.trailer.get(Name.Info)
    if isinstance(info, Dictionary):
        removed[Removed.DOCUMENT_INFO] = len(info.keys())
    for key in set(document.trailer.keys()) - _TRAILER:
        del document.trailer[key]


def _keep(holder: Object, known: frozenset[str], removed: Counter[Removed]) -> None:
    for key in set(holder.keys()) - known:
        del holder[key]
        removed[Removed.PRIVATE_DATA] += 1


def _written(document: Pdf) -> bytes:
    out = io.BytesIO()
    document.save(
        out,
        compress_streams=True,
        # Whatever can be decoded is encoded anew: nothing hides behind the end of a stream, and a
        # stream that decodes to more than the limit is found here and not by who opens the copy.
        recompress_flate=True,
        stream_decode_level=StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        encryption=False,
    )
    if any(_LIMIT in warning for warning in document.get_warnings()):
        raise Uncleanable(CopyFailure.TOO_LARGE)
    return out.getvalue()
