"""What crosses the wire about pledge texts."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Day, TextOut
from app.core.paging import Slice

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
