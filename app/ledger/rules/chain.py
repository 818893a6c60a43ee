"""What a leaf of the log `journal` says: a commitment to one entry, and nothing of it."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

_LEAF: Final = b"netra-journal/1 "
_ENTRY: Final = b"netra-journal-entry/1\n"
_write_json: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True
).encode


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
    """The canonical form: JSON without spaces, keys in their order, moments in UTC."""
    said = {
        "id": str(act.id),
        "region_id": act.region_id,
        "at": act.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_kind": act.actor_kind,
        "actor_id": _id(act.actor_id),
        "office_id": _id(act.office_id),
        "action": act.action,
        "subject_id": str(act.subject_id),
        "region_code": act.region_code,
        "payload": act.payload,
    }
    return _ENTRY + _write_json(said).encode()


def write_leaf(act: Act) -> bytes:
    """One line of ASCII: the SHA-256 of the entry in base64url without padding."""
    hashed = hashlib.sha256(write_entry(act)).digest()
    return _LEAF + base64.urlsafe_b64encode(hashed).rstrip(b"=")


def _id(id: UUID | None) -> str | None:
    return None if id is None else str(id)
