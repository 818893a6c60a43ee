"""Who is competent and what can be imposed, as the contract shows it."""

from datetime import date

from pydantic import BaseModel, Field

from app.cases.rules.decisions import Category, SubjectGroup
from app.cases.rules.violations import Severity
from app.clocks.rules.norms import Confidence
from app.core.forms import Day, TextOut
from app.core.paging import Slice
from app.offices.rules import OfficeKind
from app.referrals.rules.authorities import Flow, Instrument
from app.referrals.rules.sanctions import Ladder


class AuthorityFilter(Slice):
    """Without `on` every version, also of authorities that are gone."""

    category: Category | None = None
    group: SubjectGroup | None = Field(None, description="Competent for persons of this group.")
    on: Day | None = Field(None, description="In force on this day.")


class AuthorityOut(BaseModel):
    code: str = Field(examples=["bkn"])
    version: int
    name: TextOut = Field(
        examples=[{"id": "Badan Kepegawaian Negara (BKN)", "en": "National civil service agency"}]
    )
    flow: Flow
    instrument: Instrument
    categories: list[Category]
    groups: list[SubjectGroup] = Field(description="None means every group.")
    office_kind: OfficeKind = Field(description="Which offices of the directory can answer.")
    source: str = Field(examples=["SE MenPANRB 4/2024"])
    confidence: Confidence
    valid_from: date = Field(examples=["2024-09-01"])
    valid_to: date | None = Field(description="Last day.", examples=[None])


class SanctionKindFilter(Slice):
    ladder: Ladder | None = None
    group: SubjectGroup | None = None
    on: Day | None = Field(None, description="In force on this day.")


class SanctionKindOut(BaseModel):
    code: str = Field(examples=["demotion"])
    version: int
    ladder: Ladder
    severity: Severity
    name: TextOut = Field(
        examples=[{"id": "Penurunan jabatan setingkat", "en": "Demotion by one level"}]
    )
    least_months: int | None = Field(description="Null: no duration.", examples=[12])
    most_months: int | None = Field(examples=[12])
    groups: list[SubjectGroup]
    instrument: str = Field(examples=["PP 94/2021 Pasal 8"])
    source: str = Field(examples=["PP 94/2021, ladder"])
    confidence: Confidence
    valid_from: date = Field(examples=["2021-08-31"])
    valid_to: date | None = Field(description="Last day.", examples=[None])
