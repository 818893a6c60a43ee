"""The electronic signatures in a PDF (ISO 32000-2, 12.8), checked without a network."""

import asyncio
import io
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.evidence.rules.documents import MOST_SIGNATURES, FoundSignature

_PEM: Final = b"-----BEGIN CERTIFICATE-----"
_LONGEST_NAME: Final = 300
# The libraries load these only when they need them, and then no file can be opened any more.
_NEEDED_LATER: Final = (
    "cryptography.hazmat.backends",
    "cryptography.hazmat.backends.openssl.backend",
    "cryptography.hazmat.primitives.asymmetric.padding",
    "pyhanko.pdf_utils.filters",
    "pyhanko.sign.diff_analysis",
    "pyhanko.sign.validation.ades",
    "encodings.idna",
    "encodings.utf_16_be",
    "lxml.etree",
)
for _name in _NEEDED_LATER:
    import_module(_name)
# Opened before the process is confined: from then on it can open nothing.
_LOOP: Final = asyncio.new_event_loop()


def check(document: bytes, roots: bytes) -> list[FoundSignature]:
    """What each signature in it says; whatever the library raises means that it is unreadable."""
    reader = PdfFileReader(io.BytesIO(document))
    signatures = list(reader.embedded_regular_signatures)[: MOST_SIGNATURES + 1]
    if len(signatures) > MOST_SIGNATURES:
        raise ValueError("more signatures than anybody reads")
    return _LOOP.run_until_complete(_check_each(signatures, roots))


async def _check_each(
    signatures: Sequence[EmbeddedPdfSignature], roots: bytes
) -> list[FoundSignature]:
    anchors = list(load_certs_from_pemder_data(roots)) if _PEM in roots else []
    found = []
    for each in signatures:
        context = ValidationContext(trust_roots=anchors, allow_fetching=False)
        status = await async_validate_pdf_signature(each, context)
        found.append(_found(status))
    return found


def _found(status: PdfSignatureStatus) -> FoundSignature:
    certificate = status.signing_cert
    return FoundSignature(
        subject=certificate.subject.human_friendly[:_LONGEST_NAME],
        issuer=certificate.issuer.human_friendly[:_LONGEST_NAME],
        signed_at=status.signer_reported_dt,
        intact=status.intact and status.valid,
        whole=_is_whole(status),
        covers_file=_covers_file(status),
        trusted=status.trusted,
    )


def _covers_file(status: PdfSignatureStatus) -> bool:
    """To its end, or up to what only keeps it provable: certificates and time stamps of the
    document (ETSI EN 319 142-1, PAdES-LT and LTA), which stand behind every signature."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    kept = status.modification_level is ModificationLevel.LTA_UPDATES
    return kept and _is_whole(status)


def _is_whole(status: PdfSignatureStatus) -> bool:
    """It covers all that there was, and what came later are only more signatures and the like."""
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return False
    return status.coverage is SignatureCoverageLevel.ENTIRE_FILE or bool(status.docmdp_ok)
