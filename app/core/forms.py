"""The kinds of text that cross the wire; control characters never reach the database."""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from app.core.texts import LINE_PATTERN

# PostgreSQL cannot store NUL.
PROSE_PATTERN: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"

Line = Annotated[str, StringConstraints(pattern=LINE_PATTERN, strip_whitespace=True, min_length=1)]
"""One line of text: a name, a title, a place."""

Prose = Annotated[
    str, StringConstraints(pattern=PROSE_PATTERN, strip_whitespace=True, min_length=1)
]
"""Text of several lines: line breaks and tabs are welcome, other control characters are not."""


def _written_as(pattern: str, code: str) -> BeforeValidator:
    shape = re.compile(pattern)

    def check(value: object) -> object:
        if not isinstance(value, (date, str)) or (
            isinstance(value, str) and not shape.fullmatch(value)
        ):
            raise PydanticCustomError(code, "This is not written as RFC 3339 does.")
        return value

    return BeforeValidator(check)


Day = Annotated[date, _written_as(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "date_parsing")]
"""A day as RFC 3339 writes it; Pydantic alone would take `0` for the first of January 1970."""

Moment = Annotated[
    AwareDatetime, _written_as(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].*", "datetime_parsing")
]
"""A moment as RFC 3339 writes it, with its zone."""


class Form(BaseModel):
    """What a caller sends: fields that the contract does not know are refused (422)."""

    model_config = ConfigDict(extra="forbid")


class TextOut(BaseModel):
    """A sentence or label in both languages."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(examples=["Petugas memeriksa kelengkapan laporan Anda."])
    en: str = Field(examples=["Officers check whether your report is complete."])
