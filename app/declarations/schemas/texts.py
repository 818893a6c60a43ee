"""What crosses the wire about pledge texts."""

from datetime import date
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.errors import RuleBroken
from app.core.forms import Day, Form, Line, Prose, TextOut
from app.core.paging import Slice
from app.core.texts import Text

_PLEDGE: JsonDict = {
    "id": "01921731-a400-7c5e-8d21-5f0b6a3e9c10",
    "code": "neutrality-pledge",
    "version": 1,
    "title": {"id": "Ikrar Netralitas dalam Pemilihan", "en": "Pledge of Neutrality in Elections"},
    "opening": {"id": "Kami berikrar:", "en": "We pledge:"},
    "points": [{"id": "Melayani setiap orang dengan sama.", "en": "To serve everyone alike."}],
    "legal_basis": ["UU 20/2023 tentang Aparatur Sipil Negara"],
    "content_hash": "4634d153b2b9cc17d8743cb2294bf7fc806dc65f44782e7afa1aaeb88a749207",
    "valid_from": "2022-09-22",
    "valid_to": None,
    "source": "Rumusan Netra sendiri",
}


_GIVEN: Final = ("id", "version", "content_hash")


class BilingualIn(Form):
    """A text in both languages; Indonesian is what people sign."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": "Ikrar.", "en": "Pledge."}]})

    id: Annotated[Prose, Field(max_length=2_000)]
    en: Annotated[Prose, Field(max_length=2_000)]


class PledgeTextIn(Form):
    """A version of a text; its number follows the last one of the same code."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {name: _PLEDGE[name] for name in _PLEDGE if name not in _GIVEN}
                | {"code": "regional-pledge"}
            ]
        }
    )

    code: str = Field(pattern=r"^[a-z][a-z0-9-]{2,59}$")
    title: BilingualIn
    opening: BilingualIn
    points: Annotated[list[BilingualIn], Field(min_length=1, max_length=20)]
    legal_basis: Annotated[list[Annotated[Line, Field(max_length=300)]], Field(max_length=20)]
    valid_from: Day
    valid_to: Day | None = None
    source: Annotated[Line, Field(max_length=300)]

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise RuleBroken(
                "ends-before-it-begins",
                Text("Berakhir sebelum mulai berlaku.", "It ends before it begins."),
            )
        return self


class PledgeTextFilter(Slice):
    on: Day | None = Field(
        None, description="Only the versions in force on this day.", examples=["2024-09-30"]
    )


class PledgeTextOut(BaseModel):
    """One version of a text; its content never changes, a new wording is a new version."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_PLEDGE]})

    id: UUID
    code: str
    version: int
    title: TextOut
    opening: TextOut
    points: list[TextOut]
    legal_basis: list[str]
    content_hash: str = Field(
        description="SHA-256 over code, version, title, opening, points and legal basis as JSON "
        "with sorted names and without spaces.",
    )
    valid_from: date
    valid_to: date | None = Field(description="Last day on which it can be chosen.")
    source: str
