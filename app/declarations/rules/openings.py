"""What lets a signer show, to whomever he chooses, that a leaf of the log is his signature."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from app.declarations.rules.kinds import Method
from app.declarations.rules.persons import commitment, person_hash


class OpeningWrong(ValueError):
    """This is no opening."""


@dataclass(frozen=True)
class Opening:
    """All that a leaf commits to; once the salt is erased nobody can write it any more."""

    signature: UUID
    salt: bytes
    person: Mapping[str, str | None]
    method: Method
    captured_at: datetime | None
    recorded_at: datetime

    def write(self) -> Mapping[str, object]:
        """JSON that the stand-alone verifier reads: the salt in hex, moments as committed to."""
        return {
            "signature": str(self.signature),
            "salt": self.salt.hex(),
            "person": dict(self.person),
            "method": self.method.value,
            "captured_at": None if self.captured_at is None else _moment(self.captured_at),
            "recorded_at": _moment(self.recorded_at),
        }

    def commitment(self) -> bytes:
        """What the leaf of this signature says."""
        hashed = person_hash(self.salt, self.person)
        moments = self.captured_at, self.recorded_at
        return commitment(self.signature, hashed, self.method, *moments)


def read_opening(text: str) -> Opening:
    """Read back what `write` wrote, as JSON."""
    try:
        said = json.loads(text)
        captured = said["captured_at"]
        return Opening(
            signature=UUID(said["signature"]),
            salt=bytes.fromhex(said["salt"]),
            person=dict(said["person"]),
            method=Method(said["method"]),
            captured_at=None if captured is None else datetime.fromisoformat(captured),
            recorded_at=datetime.fromisoformat(said["recorded_at"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as wrong:
        raise OpeningWrong from wrong


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
