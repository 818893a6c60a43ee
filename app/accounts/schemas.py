"""What crosses the wire about officers and machine clients."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.core.actors import SCOPES, ActorKind, Permission, Role
from app.core.forms import Form, Line, Moment
from app.core.paging import Slice
from app.offices.schemas import OfficeCode, OfficeOut, RegionCode

Login = Annotated[
    str,
    StringConstraints(to_lower=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$"),
    Field(examples=["petugas.jeneponto"]),
]


class OfficerFilter(Slice):
    office: OfficeCode | None = None
    role: Role | None = None
    active: bool | None = None


class OfficerIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "login": "petugas.jeneponto",
                    "name": "Andi Contoh",
                    "role": "duty_officer",
                    "office_code": "bawaslu-73.04",
                }
            ]
        }
    )

    login: Login
    name: Annotated[Line, Field(max_length=200)]
    role: Role
    office_code: OfficeCode


class OfficerPatch(Form):
    """What an admin changes of an account: absent means unchanged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"role": "member"}]})

    # Factories, so that the contract shows neither a default nor null: they are never read.
    role: Role = Field(default_factory=lambda: Role.DUTY_OFFICER)
    office_code: OfficeCode = Field(default_factory=str)


class OfficerOut(BaseModel):
    """An account without the name of its holder."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    login: str = Field(examples=["petugas.jeneponto"])
    role: Role
    office_id: UUID
    region_code: str = Field(examples=["73.04"])
    active: bool
    must_change_password: bool
    failed_logins: int = Field(examples=[0], description="Wrong passwords in a row.")
    locked_until: datetime | None = Field(examples=[None])
    added_at: datetime


class OfficerDetailOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    officer: OfficerOut
    name: str = Field(examples=["Andi Contoh"], description="Reading it is recorded.")


class FirstPasswordOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    officer: OfficerOut
    first_password: str = Field(
        examples=["7K2M-9QXA-4TRC-0WZE"],
        description="Shown this once; it opens nothing but its own change.",
    )


class ClientFilter(Slice):
    office: OfficeCode | None = None
    active: bool | None = None


class ClientIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Dasbor Satu Data",
                    "office_code": "bkn",
                    "area": "00",
                    "scopes": ["stats:read"],
                    "expires_at": "2027-01-01T00:00:00Z",
                }
            ]
        }
    )

    name: Annotated[Line, Field(max_length=200)]
    office_code: OfficeCode = Field(description="The office that answers for it.")
    area: RegionCode = Field(description="The region whose matters it may read; 00 is all.")
    scopes: list[Permission] = Field(
        min_length=1,
        max_length=len(SCOPES),
        description=f"Of these: {', '.join(sorted(SCOPES))}.",
    )
    expires_at: Moment = Field(description="At most a year ahead.")


class ClientOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID = Field(description="The `client_id`.")
    name: str = Field(examples=["Dasbor Satu Data"])
    office_id: UUID
    region_code: str = Field(examples=["00"], description="The area; 00 is the whole country.")
    scopes: list[Permission] = Field(examples=[["stats:read"]])
    expires_at: datetime
    active: bool
    previous_secret_until: datetime | None = Field(examples=[None])
    added_at: datetime


class ClientSecretOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    client: ClientOut
    client_secret: str = Field(
        examples=["q1Zc0nTq3rJ8wq0uZyX9VbE2sD6fG7hJ4kL5mN8pQ0R"], description="Shown this once."
    )


class AccountOut(BaseModel):
    """Who is signed in, and what they may do."""

    kind: ActorKind = Field(examples=["officer"])
    id: UUID
    name: str = Field(examples=["Andi Contoh"])
    login: str | None = Field(examples=["petugas.jeneponto"])
    role: Role | None = Field(examples=["duty_officer"])
    office: OfficeOut
    area: str | None = Field(
        examples=["73.04"],
        description="The region overseen, 00 for the country; null sees only what is addressed.",
    )
    permissions: list[Permission]
    must_change_password: bool
