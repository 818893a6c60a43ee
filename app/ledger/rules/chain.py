"""What a leaf of the log `journal` says: a commitment to one entry, and nothing of it."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

LEAF: Final = "netra-journal/1 "
ENTRY: Final = "netra-journal-entry/1"
NOBODY: Final = "-"


@dataclass(slots=True)
class Act:
    """One entry of the journal, with all that it says; its id has 74 random bits."""

    id: UUID
    region_id: int
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    office_id: UUID | None
    action: str
    subject_id: UUID
    region_code: str
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Link:
    """One leaf of the log with the entry that it is about, if there still is one."""

    index: int
    data: bytes
    entry_id: UUID
    act: Act | None


def write_entry(act: Act) -> bytes:
    """The canonical form: one line for each thing that it says, the payload as JSON last.

    Of honest entries no line can hold two things: none but the payload is more than a code.
    """
    lines = (
        ENTRY,
        str(act.id),
        str(act.region_id),
        act.at.astimezone(UTC).isoformat(timespec="microseconds"),
        act.actor_kind,
        _id(act.actor_id),
        _id(act.office_id),
        act.action,
        str(act.subject_id),
        act.region_code,
        _payload(act.payload),
    )
    return "\n".join(lines).encode()


def write_leaf(act: Act) -> bytes:
    """One line of ASCII: the SHA-256 of the entry in base64url without padding."""
    hashed = base64.urlsafe_b64encode(hashlib.sha256(write_entry(act)).digest())
    return LEAF.encode() + hashed.rstrip(b"=")


def _payload(payload: Mapping[str, object]) -> str:
    """As PostgreSQL writes it: short names first, a space after each comma and colon."""
    ordered = sorted(payload.items(), key=lambda each: (len(each[0].encode()), each[0].encode()))
    return json.dumps(dict(ordered), ensure_ascii=False)


def _id(id: UUID | None) -> str:
    return NOBODY if id is None else str(id)
