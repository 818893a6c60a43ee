"""What crosses the wire about where an addressed office is reminded by e-mail."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.circulars.schemas.answers import AddresseeCodeIn
from app.circulars.schemas.cascade import CODE
from app.core.forms import Form
from app.correspondence.rules.notices import EMAIL, LONGEST_EMAIL, check_email


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


Email = Annotated[
    str,
    Field(pattern=EMAIL, max_length=LONGEST_EMAIL, description="Of the office; kept sealed."),
    BeforeValidator(_trimmed),
    AfterValidator(check_email),
]


class AddresseeContactIn(Form):
    """Where an addressed office is reminded; null deletes what was kept."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": None}]})

    email: Email | None


class CodedAddresseeContactIn(AddresseeContactIn, AddresseeCodeIn):
    """The same by the code of a link."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": CODE, "email": None}]})


class AddresseeContactOut(BaseModel):
    """What is kept, as far as anybody may see it again."""

    email_available: bool = Field(description="Whether this service sends e-mail at all.")
    email: str | None = Field(description="Masked; null: none.", examples=["k***@c***.example"])
