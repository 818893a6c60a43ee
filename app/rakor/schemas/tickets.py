"""What crosses the wire about tickets, the devices that check them, and what those take along."""

from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, Line
from app.core.paging import Slice
from app.posts.rules.categories import PostCategory
from app.rakor.rules.attendance import Answer
from app.rakor.rules.events import Mode, ParticipantRole

_TICKET: Final = "eyJhbGciOiJFZERTQSJ9.e30.QQ"
_DEVICE: JsonDict = {"label": "Ponsel pintu utara 1"}


class EventTicketOut(BaseModel):
    """What is shown at the door, for the office and not for a person."""

    ticket: str = Field(
        examples=[_TICKET],
        description="A JSON Web Signature by Ed25519, in its compact form; `typ` netra-ticket+jwt.",
    )
    qr_svg: str = Field(examples=["<svg/>"], description="The same as a QR code, for the screen.")
    issued_at: datetime


class EventDeviceIn(Form):
    """A device of the organiser that stands at a door of the event."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DEVICE]})

    label: Annotated[Line, Field(max_length=100, description="What stands on it.")]


class EventDeviceOut(BaseModel):
    id: UUID
    event_id: UUID
    label: str = Field(examples=[_DEVICE["label"]])
    registered_at: datetime
    bundled_at: datetime | None = Field(description="When it last took its bundle along.")
    revoked_at: datetime | None


class EventKeyOut(BaseModel):
    """A public key (RFC 8037)."""

    model_config = ConfigDict(from_attributes=True)

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str = Field(examples=["11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"])
    kid: str = Field(examples=["kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"])
    alg: Literal["EdDSA"]
    use: Literal["sig"]


class EventDeviceAddedOut(BaseModel):
    """Shown once: the credential goes onto the device, and with it the key of its bundles."""

    device: EventDeviceOut
    credential: str = Field(
        description="`Authorization: Receipt <credential>`.", examples=["0000-0000-0000-0000-0"]
    )
    key: EventKeyOut


class EventDeviceFilter(Slice):
    """All devices of an event."""


class EventBundleOut(BaseModel):
    """A JSON Web Signature (RFC 7515, 7.2.2) by Ed25519 over an event bundle, each part base64url.

    The payload is described in docs/decisions/rakor-presence.md.
    """

    model_config = ConfigDict(from_attributes=True)

    protected: str = Field(examples=["eyJhbGciOiJFZERTQSJ9"])
    payload: str = Field(examples=["e30"])
    signature: str = Field(examples=["QQ"])


class BundledSession(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    held_on: date
    starts_at: datetime
    ends_at: datetime


class BundledEvent(BaseModel):
    """`valid_from` and `valid_until` are the days of the event as moments, the end excluded."""

    id: UUID
    title: str
    venue: str | None
    mode: Mode
    starts_on: date
    ends_on: date
    time_zone: str
    valid_from: datetime
    valid_until: datetime
    sessions: list[BundledSession]


class BundledInvitation(BaseModel):
    """An office and post, never a person; `answer` tells the door whom to expect."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    office_name: str
    region_code: str
    post: str
    role: ParticipantRole
    category: PostCategory | None
    answer: Answer | None
    deputy_post: str | None


class EventBundle(BaseModel):
    """What a device knows at a door without network. `nonce_secret` is base64url: the nonce of its
    nth scan are the first 16 bytes of HMAC-SHA256 over `netra-scan/1 <n>`, base64url."""

    version: Literal["netra-event-bundle/1"]
    device_id: UUID
    issued_at: datetime
    nonce_secret: str
    next_sequence: int
    ticket_keys: list[EventKeyOut]
    event: BundledEvent
    invitations: list[BundledInvitation]
    revoked_tickets: list[UUID]
