"""What letters and reasons of a case have in common on the wire."""

from typing import Annotated, Final

from pydantic import Field

from app.core.forms import Line, Prose

LETTER: Final = "012/PM.06.02/K.SN-05/XI/2024"

LetterNumber = Annotated[Line, Field(max_length=100, examples=[LETTER])]
Reason = Annotated[
    Prose,
    Field(
        max_length=2_000,
        description="In plain words; it need not and should not name anybody.",
        examples=["Contoh rekaan: sebagaimana diterangkan dalam surat."],
    ),
]
