"""What people sign, who they are, and how a leaf commits to both without telling."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from app.declarations.rules.kinds import Method

SALT_BYTES = 16


def content_hash(content: Mapping[str, object]) -> str:
    """The SHA-256 of a pledge text as canonical JSON: sorted names, no spaces, UTF-8."""
    return hashlib.sha256(canonical(content)).hexdigest()


def person_of(name: str, position: str, office: str, employee_number: str | None) -> str:
    """What tells one signer from another: the NIP, else name, position and office together."""
    # JSON keeps the parts apart: "A B" of C is not "A" of B C.
    parts = [employee_number] if employee_number else [name, position, office]
    return json.dumps(parts, ensure_ascii=False)


def signed_text(text_hash: str, local_points: Sequence[Mapping[str, str | None]]) -> str:
    """The SHA-256 of what people sign: that of the pledge text, or of both where an office has
    added points of its own."""
    if not local_points:
        return text_hash
    return content_hash({"text": text_hash, "local_points": [dict(each) for each in local_points]})


def canonical(content: Mapping[str, object]) -> bytes:
    """Canonical JSON: sorted names, no spaces, UTF-8."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return plain.encode()


def person_hash(salt: bytes, person: Mapping[str, str | None]) -> bytes:
    """SHA-256 of the salt and the person as canonical JSON.

    Without the salt (16 random bytes) nobody can try names: once it is erased, the hash says
    nothing, and whatever was built upon it stays what it was.
    """
    return hashlib.sha256(salt + canonical(person)).digest()


def commitment(
    signature_id: UUID,
    person: bytes,
    method: Method,
    captured_at: datetime | None,
    recorded_at: datetime,
) -> bytes:
    """SHA-256 of one line of ASCII with all that a leaf does not tell of a signature.

    `netra-signature/1 <id> <person_hash, hex> <method> <captured_at or -> <recorded_at>`, moments
    in UTC with microseconds as ISO 8601 writes them (`2024-09-30T03:15:00.000000+00:00`).
    """
    captured = "-" if captured_at is None else written_moment(captured_at)
    line = (
        f"netra-signature/1 {signature_id} {person.hex()} {method} {captured}"
        f" {written_moment(recorded_at)}"
    )
    return hashlib.sha256(line.encode()).digest()


# All signatures of a batch were recorded at the same moment.
@lru_cache(maxsize=256)
def written_moment(moment: datetime) -> str:
    """As a commitment writes it: in UTC, with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
