"""What crosses the wire about signatures and their count."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.errors import RuleBroken
from app.core.forms import Form, Line, Moment
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.core.texts import Text
from app.declarations.rules.kinds import (
    EMPLOYEE_NUMBER,
    Check,
    Group,
    Method,
    SignatoryRole,
    SignatureState,
)


def _digits(number: object) -> object:
    """People write numbers in groups; only the digits are kept."""
    return re.sub(r"[\s.-]", "", number) if isinstance(number, str) else number


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


EmployeeNumber = Annotated[
    str,
    Field(pattern=EMPLOYEE_NUMBER, description="NIP or NI PPPK; never demanded."),
    BeforeValidator(_digits),
]
Captured = Annotated[
    Moment,
    # Bounded before it is turned into UTC, which overflows at the ends of the calendar.
    Field(
        ge=datetime(2000, 1, 1, tzinfo=UTC),
        lt=datetime(2100, 1, 1, tzinfo=UTC),
        description="By the clock of the device; what counts is when it reached us.",
    ),
    AfterValidator(_in_utc),
]

Secret = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-f]{32}$",
        description="128 random bits in hex, made and kept by the phone; never shown again.",
        json_schema_extra={"writeOnly": True},
    ),
]

_SIGNATURE: JsonDict = {
    "name": "Contoh Rekaan",
    "position": "Camat",
    "office": "Kecamatan Rekaan",
    "group": "asn_pns",
    "role": "signatory",
    "method": "click",
    "region_code": "13.03",
    "captured_at": "2024-09-30T03:15:00Z",
}


class SignatureIn(Form):
    """One person signs; `region_code` is that of the signer's office, else of the declaration."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SIGNATURE]})

    name: Annotated[Line, Field(max_length=200, description="As written; one word is enough.")]
    position: Annotated[Line, Field(max_length=200)]
    office: Annotated[Line, Field(max_length=200)]
    employee_number: EmployeeNumber | None = None
    group: Group
    role: SignatoryRole = SignatoryRole.SIGNATORY
    represents: Annotated[Line, Field(max_length=300)] | None = Field(
        None, description="For whom a representative signs; only for that role."
    )
    method: Literal[Method.CLICK] = Field(
        Method.CLICK, description="What can be seen on something comes by the batch, with it."
    )
    region_code: str | None = Field(None, pattern=REGION_CODE)
    captured_at: Captured | None = None
    secret: Secret | None = Field(
        None, description="With it, a repeat gets the ticket again that the first answer gave."
    )

    @model_validator(mode="after")
    def represents_somebody(self) -> Self:
        if (self.role is SignatoryRole.REPRESENTATIVE) is not (self.represents is not None):
            raise RuleBroken(
                "represents-somebody",
                Text(
                    "Isi pihak yang diwakili bila, dan hanya bila, menandatangani sebagai wakil.",
                    "Name who is represented if, and only if, a representative signs.",
                ),
            )
        return self


class SignerOut(BaseModel):
    name: str = Field(examples=["Contoh Rekaan"])
    position: str = Field(examples=["Camat"])
    office: str = Field(examples=["Kecamatan Rekaan"])
    employee_number: str | None
    represents: str | None


class SignatureOut(BaseModel):
    """A signature as everybody may know it: nothing of the person."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    declaration_id: UUID
    region_code: str = Field(examples=["13.03"])
    group: Group
    role: SignatoryRole
    method: Method
    captured_at: datetime | None
    recorded_at: datetime
    state: SignatureState
    check: Check
    leaf_index: int = Field(description="Its place in the log `declarations`.", examples=[42])


class SignedOut(SignatureOut):
    """The answer to who signed: with the ticket that opens this one signature again."""

    ticket: str | None = Field(
        description="Keep it: with it the signature is read, printed and withdrawn. A repeat gets "
        "it only with the secret of the first request.",
        examples=["AgAFFwGSQQOcAHpRs94MWo9uLREAAAAAAAAAAAAAAAA"],
    )


class SignatureRow(SignatureOut):
    signer: SignerOut | None = Field(description="Only for officers of the area.")
    stands_for: UUID | None = Field(description="The target who signed so, not under its own id.")


class SignatureFilter(Slice):
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")
    group: Group | None = None
    role: SignatoryRole | None = None
    state: SignatureState | None = None
    check: Check | None = Field(None, description="`waiting` is the organiser's queue.")
