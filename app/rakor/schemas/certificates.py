"""What crosses the wire about attendance certificates."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.certificates.rules.codes import EXAMPLE
from app.certificates.rules.states import PaperState
from app.core.forms import Form, Line, Prose
from app.core.paging import Slice
from app.rakor.rules import certificates as rules
from app.rakor.rules.attendance import Presence
from app.rakor.rules.events import ParticipantRole
from app.rakor.schemas.answers import InvitationCode

_CODE = "Zx3kQ0m1vT7bN5yR2wL8cAp4Hd6Js9Fg1Ue0Oi2Yt5M"
_CERTIFICATE: JsonDict = {
    "id": "01932b5e-7c00-7000-8000-000000000008",
    "event_id": "01932b5e-7c00-7000-8000-000000000002",
    "code": f"A{EXAMPLE[1:]}",
    "state": "valid",
    "invitation_id": "01932b5e-7c00-7000-8000-000000000004",
    "check_in_id": None,
    "office_name": "Kantor Wali Nagari Rekaan",
    "post": "Sekretaris Nagari",
    "represents": "Wali Nagari",
    "role": "participant",
    "presence": "represented",
    "is_named": True,
    "issued_at": "2024-10-02T03:00:00Z",
    "issued_by": "01932b5e-7c00-7000-8000-000000000009",
    "replaces_id": None,
    "ended_at": None,
}

HolderName = Annotated[
    Line,
    Field(
        max_length=200,
        description="Whom it is made out to; kept sealed. Without it: the post alone.",
        json_schema_extra={"writeOnly": True},
    ),
]


class AttendanceCertificateIn(Form):
    """Who gets a certificate: by invitation, or by the check-in of a walk-in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"invitation_id": _CERTIFICATE["invitation_id"], "name": "Contoh Rekaan, S.IP."}
            ]
        }
    )

    invitation_id: UUID | None = None
    check_in_id: UUID | None = None
    name: HolderName | None = None

    @model_validator(mode="after")
    def is_somebody(self) -> Self:
        rules.check_attendee(
            is_invited=self.invitation_id is not None, is_walk_in=self.check_in_id is not None
        )
        return self


class CertificateReplacementIn(Form):
    """A certificate made out anew, with another name where one is given."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Contoh Rekaan, S.IP."}]})

    name: HolderName | None = None


class CertificateRevocationIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Yang bersangkutan tidak hadir."}]}
    )

    reason: Annotated[Prose, Field(max_length=1_000, description="Kept sealed.")]


class AttendanceCertificateOut(BaseModel):
    """A certificate without the name that stands on it, and without the reason of its end."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CERTIFICATE]})

    id: UUID
    event_id: UUID
    code: str = Field(description="Anybody checks it at `/verify/{code}`.")
    state: PaperState
    invitation_id: UUID | None
    check_in_id: UUID | None
    office_name: str
    post: str = Field(description="Of a deputy whom no answer announced: `Wakil`.")
    represents: str | None = Field(description="The post for which a deputy came.")
    role: ParticipantRole
    presence: Presence
    is_named: bool = Field(description="Whether it is made out to a person.")
    issued_at: datetime
    issued_by: UUID | None = Field(description="The officer.")
    replaces_id: UUID | None = Field(description="The certificate before it.")
    ended_at: datetime | None = Field(description="When it was revoked or replaced.")


class AttendanceCertificateDetailOut(AttendanceCertificateOut):
    """A certificate with what is sealed of it; reading it is journalled."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                _CERTIFICATE
                | {"state": "revoked", "ended_at": "2024-10-03T03:00:00Z"}
                | {"name": "Contoh Rekaan, S.IP.", "reason": "Yang bersangkutan tidak hadir."}
            ]
        }
    )

    name: str | None = Field(description="Whom it is made out to.")
    reason: str | None = Field(description="Why it was revoked.")


class AttendanceCertificatesOut(BaseModel):
    """What was issued in one step."""

    issued: int = Field(examples=[1])
    items: list[AttendanceCertificateOut]


class CertificateFilter(Slice):
    state: PaperState | None = None


class CertificatePaperFilter(BaseModel):
    """Which part of the certificates of an event, 500 to a PDF."""

    model_config = ConfigDict(extra="forbid")

    part: int = Field(1, ge=1, le=100)


class InvitedCertificateIn(Form):
    """Whoever holds the code of an invitation takes home its certificate."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": _CODE}]})

    code: InvitationCode
