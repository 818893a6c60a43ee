"""Where a reporter wants to be told that there is news."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.core.forms import Form
from app.core.texts import Language
from app.correspondence.rules.notices import EMAIL, LONGEST_EMAIL, check_email


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


class ContactIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "pelapor@contoh.example", "language": "id"}]}
    )

    email: Annotated[
        str,
        Field(
            pattern=EMAIL,
            max_length=LONGEST_EMAIL,
            description="Best one that nobody else opens; told only that there is news.",
        ),
        BeforeValidator(_trimmed),
        AfterValidator(check_email),
    ]
    language: Language = "id"


class ContactOut(BaseModel):
    """What is kept of the address, as far as anybody may see it again."""

    email_available: bool = Field(description="Whether this service sends e-mail at all.")
    email: str | None = Field(description="Masked; null: none.", examples=["p***@c***.example"])
    language: Language | None
    undeliverable: bool = Field(description="The last notice could not be delivered.")
