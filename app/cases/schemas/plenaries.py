"""What a plenary decided, on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.cases.rules.decisions import Category, Result
from app.cases.rules.plenaries import MOST_MEMBERS, Vote
from app.cases.schemas.handling import LongText
from app.cases.schemas.letters import LetterNumber, Reason
from app.cases.schemas.violations import KindCode
from app.core.forms import Day, Form, Line

MOST_KINDS = 20
MOST_PERSONS = 500


class SeatIn(Form):
    """A member present, with his vote; an opinion may stand beside either."""

    name: Annotated[Line, Field(max_length=200)]
    vote: Vote
    opinion: Reason | None = None


class DecidedCategoryIn(Form):
    category: Category
    violation_kinds: Annotated[list[KindCode], Field(max_length=MOST_KINDS)] = Field(
        [], description="Codes of the catalogue; none where it has no kind for this."
    )
    person_ids: Annotated[list[UUID], Field(max_length=MOST_PERSONS)] = Field(
        [], description="The reported persons of the case whom it concerns."
    )


class SittingIn(Form):
    """More than half of the members must be present, and of those more than half agree."""

    held_on: Day
    minutes_number: LetterNumber
    members: int = Field(strict=True, ge=1, le=MOST_MEMBERS, description="The office has so many.")
    present: Annotated[list[SeatIn], Field(min_length=1, max_length=MOST_MEMBERS)]
    reasoning: LongText


class PlenaryIn(SittingIn):
    """What the members of the office decided of a case."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "held_on": "2024-11-08",
                    "minutes_number": "017/BA-PLENO/XI/2024",
                    "members": 5,
                    "present": [
                        {"name": "Anggota Rekaan Satu", "vote": "agree"},
                        {"name": "Anggota Rekaan Dua", "vote": "agree"},
                        {
                            "name": "Anggota Rekaan Tiga",
                            "vote": "dissent",
                            "opinion": "Rekaan: bukti belum cukup.",
                        },
                    ],
                    "result": "not_violation",
                    "reasoning": "Rekaan: unsur keberpihakan tidak terbukti.",
                }
            ]
        }
    )

    result: Result
    categories: Annotated[list[DecidedCategoryIn], Field(max_length=len(Category))] = Field(
        [], description="Needed for a violation, several at once; otherwise none."
    )


class SeatOut(BaseModel):
    name: str = Field(examples=["Anggota Rekaan Satu"])
    vote: Vote
    opinion: str | None = Field(examples=["Rekaan: bukti belum cukup."])


class DecidedCategoryOut(BaseModel):
    category: Category
    violation_kinds: list[str] = Field(examples=[["D06_SOCIAL_ENGAGEMENT"]])
    person_ids: list[UUID]


class PlenaryOut(BaseModel):
    """A collegial decision, opened: who was present, how each voted, and the reasoning."""

    id: UUID
    office_id: UUID
    held_on: date
    minutes_number: str = Field(examples=["017/BA-PLENO/XI/2024"])
    members: int = Field(examples=[5])
    present: list[SeatOut]
    dissenting: int
    result: Result | None = Field(description="Null where a finding was adopted or registered.")
    categories: list[DecidedCategoryOut]
    reasoning: str = Field(examples=["Rekaan: unsur keberpihakan tidak terbukti."])
    recorded_at: datetime
    officer_id: UUID | None
