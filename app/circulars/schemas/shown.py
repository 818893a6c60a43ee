"""What is shown of circulars: a row in a list, the whole letter, and others that it names."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.circulars.rules.circulars import CircularKind, CircularState, Ending, Nature
from app.circulars.schemas.circulars import LETTER, PLACE
from app.circulars.schemas.parts import (
    OBLIGATION,
    AddresseeLineOut,
    CircularAttachmentOut,
    CircularEndingIn,
    LetterSignerIn,
    ObligationOut,
)
from app.ledger.rules.logs import LogName

EXAMPLE_HASH: Final = "5f0b6a3e9c10" * 5 + "5f0b"
STATE: Final[JsonDict] = {
    "id": "01932b5e-7c00-7000-8000-000000000002",
    "office_name": "Bawaslu Kabupaten Rekaan",
    "time_zone": "Asia/Makassar",
    "attachments": [],
    "state": "issued",
    "drafted_at": "2024-09-17T02:00:00Z",
    "issued_at": "2024-09-17T03:00:00Z",
    "content_hash": EXAMPLE_HASH,
    "log": "circulars",
    "issued_leaf": 41,
    "ended_on": None,
    "ended_by": None,
    "ending_reason": None,
    "ended_leaf": None,
    "version": 2,
}
_NAMED: Final[JsonDict] = {
    "id": "01932b5e-7c00-7000-8000-000000000009",
    "issuer": "Pemerintah Kabupaten Rekaan",
    "number": "800/411/BKPSDM/2023",
    "dated_on": "2023-05-02",
    "subject": "Netralitas ASN",
}
_ROW: Final[JsonDict] = (
    PLACE
    | {name: LETTER[name] for name in ("kind", "issuer", "number", "dated_on", "nature", "subject")}
    | {name: LETTER[name] for name in ("in_force_from", "acknowledge_by")}
    | {name: STATE[name] for name in STATE if name not in ("attachments", "ending_reason")}
)
_WHOLE: Final[JsonDict] = (
    PLACE
    | LETTER
    | STATE
    | {
        "obligations": [OBLIGATION | {"id": "01932b5e-7c00-7000-8000-000000000003"}],
        "ended_circulars": [],
        "ended_by_circular": None,
        "is_in_force": True,
    }
)


class CircularOut(BaseModel):
    """A circular in a list: what tells it from others, and what became of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ROW]})

    id: UUID
    office_id: UUID
    office_name: str
    region_code: str
    time_zone: str
    kind: CircularKind
    issuer: str
    number: str
    dated_on: date
    nature: Nature
    subject: str
    in_force_from: date | None = Field(
        description="Null in a draft: from the day of the letter on, whatever day that will be."
    )
    acknowledge_by: date | None
    state: CircularState
    drafted_at: datetime
    issued_at: datetime | None
    content_hash: str | None = Field(description="SHA-256 (hex) of the content as issued.")
    log: LogName = Field(description="The public log in which its acts stand.")
    issued_leaf: int | None = Field(description="The index of the leaf that says it was issued.")
    ended_on: date | None = Field(description="The first day on which it is in force no more.")
    ended_by: UUID | None = Field(description="The circular that took it out of force.")
    ended_leaf: int | None
    version: int = Field(description="The ETag is this number.")


class CircularNamedOut(BaseModel):
    """Another circular, as letters name one."""

    model_config = ConfigDict(json_schema_extra={"examples": [_NAMED]})

    id: UUID
    issuer: str
    number: str
    dated_on: date
    subject: str


class CircularEndedOut(CircularNamedOut):
    """An older circular that this one takes out of force."""

    model_config = ConfigDict(json_schema_extra={"examples": [_NAMED | {"how": "superseded"}]})

    how: Ending


class CircularDetailOut(CircularOut):
    model_config = ConfigDict(json_schema_extra={"examples": [_WHOLE]})

    signer: LetterSignerIn
    place: str | None
    body: str | None
    legal_basis: list[str]
    addressees: list[AddresseeLineOut]
    ends: list[CircularEndingIn]
    ended_circulars: list[CircularEndedOut] = Field(
        description="What it takes out of force, by name, as far as that was issued."
    )
    ended_by_circular: CircularNamedOut | None = Field(
        description="The circular that took it out of force, by name."
    )
    copies_to: list[str]
    attachments: list[CircularAttachmentOut]
    obligations: list[ObligationOut]
    ending_reason: str | None
    is_in_force: bool = Field(description="On this day, on the clock of the issuing office.")
