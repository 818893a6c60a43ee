"""The kinds of text that cross the wire; control characters never reach the database."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# PostgreSQL cannot store NUL; C0 and C1 controls have no place in what people write.
LINE_PATTERN: Final = r"^[^\x00-\x1f\x7f-\x9f]*$"
PROSE_PATTERN: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"

Line = Annotated[str, StringConstraints(pattern=LINE_PATTERN, strip_whitespace=True, min_length=1)]
"""One line of text: a name, a title, a place."""

Prose = Annotated[
    str, StringConstraints(pattern=PROSE_PATTERN, strip_whitespace=True, min_length=1)
]
"""Text of several lines: line breaks and tabs are welcome, other control characters are not."""


class Form(BaseModel):
    """What a caller sends: fields that the contract does not know are refused (422)."""

    model_config = ConfigDict(extra="forbid")


class TextOut(BaseModel):
    """A sentence or label in both languages."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(examples=["Petugas memeriksa kelengkapan laporan Anda."])
    en: str = Field(examples=["Officers check whether your report is complete."])
