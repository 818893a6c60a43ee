"""Where invited offices are written to."""

from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form
from app.core.places import REGION_CODE
from app.correspondence.rules.notices import EMAIL, LONGEST_EMAIL, check_email
from app.rakor.schemas.events import OfficeName

GROUP_EMAIL: Final[JsonDict] = {
    "region_code": "13.03.03",
    "email": "kecamatan@contoh.example",
}


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


OfficeEmail = Annotated[
    str,
    Field(
        pattern=EMAIL,
        max_length=LONGEST_EMAIL,
        description="Of the office; kept sealed, and in no list.",
    ),
    BeforeValidator(_trimmed),
    AfterValidator(check_email),
]


class GroupEmailIn(Form):
    """Where one office of a group is written to."""

    model_config = ConfigDict(json_schema_extra={"examples": [GROUP_EMAIL]})

    region_code: str = Field(pattern=REGION_CODE, description="Of the office: a camat's district.")
    office_name: OfficeName | None = Field(
        None, description="Where the group has several offices in that region."
    )
    email: OfficeEmail
