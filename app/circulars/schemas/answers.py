"""What crosses the wire when an office answers by the code of its link."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.circulars.rules.codes import LENGTH
from app.circulars.schemas.cascade import (
    CODE,
    REPORT,
    AddresseeOut,
    CircularForwardingIn,
    Reported,
    check_proof,
)
from app.circulars.schemas.parts import LINE
from app.circulars.schemas.shown import CircularDetailOut
from app.core.forms import Form

Code = Annotated[
    str,
    Field(
        min_length=LENGTH,
        max_length=LENGTH,
        pattern="^[A-Za-z0-9_-]+$",
        description="What the link of an addressed office carries; whoever has it answers for it.",
        examples=[CODE],
    ),
]


class CodedObligationReportIn(Reported):
    """The same by the code of a link: without files."""

    model_config = ConfigDict(json_schema_extra={"examples": [REPORT | {"code": CODE}]})

    code: Code

    @model_validator(mode="after")
    def has_proof(self) -> Self:
        check_proof(self.letter_number, self.sha256)
        return self


class AddresseeCodeIn(Form):
    """The code of a link."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": CODE}]})

    code: Code


class CodedCircularForwardingIn(CircularForwardingIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"code": CODE, "addressees": [LINE]}]}
    )

    code: Code


class OwnAddresseesIn(AddresseeCodeIn):
    """Which part of the offices to whom it was forwarded."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": CODE, "limit": 50}]})

    limit: int = Field(50, ge=1, le=200)
    cursor: Annotated[str, Field(max_length=200)] | None = None


class AddressedOut(BaseModel):
    """What an addressed office sees by its link: the circular, and how far it is itself."""

    circular: CircularDetailOut
    addressee: AddresseeOut
    done: list[UUID] = Field(description="The obligations that it has reported done.")
