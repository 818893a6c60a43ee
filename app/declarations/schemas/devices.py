"""What crosses the wire about the devices that collect in a room, and what they carry there."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, Line, TextOut
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.declarations.rules.kinds import Group, Kind, SignatoryRole, SignatureState

_MOST_HOURS: Final = 72
RegionCode = Annotated[str, Field(pattern=REGION_CODE)]

_DEVICE: JsonDict = {"label": "Tablet meja 1", "valid_hours": 12, "regions": [], "offices": []}


class DeviceIn(Form):
    """A device of the organiser; where neither regions nor offices are named, it carries the whole
    roster."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DEVICE]})

    label: Annotated[Line, Field(max_length=100, description="What stands on it.")]
    valid_hours: int = Field(12, ge=1, le=_MOST_HOURS, description="For how long it may collect.")
    regions: list[RegionCode] = Field(
        [], max_length=50, description="Whose names it carries, and who else may sign on it."
    )
    offices: list[Annotated[Line, Field(max_length=200)]] = Field(
        [], max_length=200, description="Of which institutions, as the roster writes them."
    )


class DeviceOut(BaseModel):
    id: UUID
    declaration_id: UUID
    label: str = Field(examples=["Tablet meja 1"])
    regions: list[str] = Field(examples=[["13.03"]])
    offices: list[str] = Field(examples=[["Kecamatan Rekaan"]])
    registered_at: datetime
    expires_at: datetime = Field(description="After this it may deliver, and no longer collect.")
    bundled_at: datetime | None = Field(description="When it last took names along.")
    revoked_at: datetime | None


class JwkOut(BaseModel):
    """A public key (RFC 8037)."""

    model_config = ConfigDict(from_attributes=True)

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str = Field(examples=["11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"])
    kid: str = Field(examples=["kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"])
    alg: Literal["EdDSA"]
    use: Literal["sig"]


class DeviceAddedOut(BaseModel):
    """Shown once: the credential goes onto the device, and with it the key of its bundles."""

    device: DeviceOut
    credential: str = Field(
        description="`Authorization: Receipt <credential>`.", examples=["0000-0000-0000-0000-0"]
    )
    key: JwkOut


class DeviceFilter(Slice):
    """All devices of a declaration."""


class BundleOut(BaseModel):
    """A JSON Web Signature (RFC 7515, 7.2.2) by Ed25519 over a `Bundle`, each part base64url."""

    model_config = ConfigDict(from_attributes=True)

    protected: str = Field(examples=["eyJhbGciOiJFZERTQSJ9"])
    payload: str = Field(examples=["e30"])
    signature: str = Field(examples=["QQ"])


class BundledTarget(BaseModel):
    """Somebody whom the roster names; `id` and `region_id` together are sent back."""

    id: UUID
    region_id: int
    region_code: str
    name: str = Field(description="Empty: a post; who signs as it says the name in the item.")
    position: str
    office: str
    group: Group
    role: SignatoryRole
    represents: str | None
    signed: bool = Field(description="A valid signature stands for them.")
    state: SignatureState | None = Field(
        description="Of what was signed as this target; who was rejected can sign as it again."
    )


class BundledDeclaration(BaseModel):
    id: UUID
    kind: Kind
    title: str
    region_code: str
    place: str
    led_by: str
    text_hash: str
    text_title: TextOut
    opening: TextOut
    points: list[TextOut]
    local_points: list[dict[str, str | None]]


class Bundle(BaseModel):
    """What a device knows in a room without network. `nonce_secret` is base64url: the nonce of its
    nth signature are the first 16 bytes of HMAC-SHA256 over `netra-nonce/1 <n>`, base64url."""

    version: Literal["netra-bundle/1"]
    device_id: UUID
    issued_at: datetime
    valid_from: datetime
    valid_until: datetime
    late_until: datetime
    nonce_secret: str
    next_sequence: int
    regions: list[str] = Field(description="In these it lets people sign whom it does not carry.")
    declaration: BundledDeclaration
    targets: list[BundledTarget]
