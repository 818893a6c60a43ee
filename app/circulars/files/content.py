"""The text of a circular as one string of bytes: canonical JSON, whose SHA-256 is in the log."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from app.circulars.models import Circular, CircularObligation
from app.circulars.rules.circulars import first_day

_FORMAT: Final = "netra-circular-content/1"


def write_content(circular: Circular, obligations: Sequence[CircularObligation]) -> str:
    """Everything that the letter says, with the hashes of its files: sorted names, no white
    space, UTF-8; equal texts are equal bytes."""
    said = _said(circular) | {"obligations": [_obligation(each) for each in obligations]}
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _said(circular: Circular) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "id": str(circular.id),
        "region_code": circular.region_code,
        "kind": circular.kind,
        "issuer": circular.issuer,
        "signer": {"post": circular.signer_post, "name": circular.signer_name},
        "number": circular.number,
        "dated_on": circular.dated_on.isoformat(),
        "place": circular.place,
        "nature": circular.nature,
        "subject": circular.subject,
        "body": circular.body,
        "legal_basis": circular.legal_basis,
        "addressees": circular.addressees,
        "attachments": circular.attachments,
        "ends": circular.ends,
        "copies_to": circular.copies_to,
        "in_force_from": first_day(circular.in_force_from, circular.dated_on).isoformat(),
        "acknowledge_by": circular.acknowledge_by and circular.acknowledge_by.isoformat(),
    }


def hash_content(content: str) -> bytes:
    return hashlib.sha256(content.encode()).digest()


def _obligation(obligation: CircularObligation) -> dict[str, str | None]:
    return {
        "what": obligation.what,
        "due_on": obligation.due_on.isoformat() if obligation.due_on else None,
        "report_to": obligation.report_to,
    }
