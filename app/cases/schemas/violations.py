"""The catalogue of violation kinds, and what officers say of an act, on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.cases.rules.decisions import SubjectGroup
from app.cases.rules.violations import Act, Family, Severity, StageOfAct
from app.cases.schemas.letters import Reason
from app.clocks.rules.norms import Confidence
from app.core.forms import Day, Form, TextOut
from app.core.paging import Slice
from app.elections.rules import Determination

KIND_CODE = r"^[A-Z][0-9]{2,3}_[A-Z_]{1,60}$"
_ID = "01932b5e-7c00-7000-8000-000000000001"

KindCode = Annotated[str, Field(pattern=KIND_CODE)]


class ViolationKindFilter(Slice):
    """`stage` and `group` find also what holds at any time, or for everybody."""

    on: Day | None = Field(None, description="The day of the act: the version of that day.")
    act: Act | None = None
    stage: StageOfAct | None = None
    group: SubjectGroup | None = None


class ViolationKindOut(BaseModel):
    """One version of a kind: what was done, by which law, and what the law threatens."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(examples=["E04_SOCIAL_ENGAGEMENT"])
    version: int
    act: Act
    family: Family
    stage: StageOfAct
    severity: Severity | None = Field(description="Null where the law as we hold it names none.")
    name: TextOut
    penalty: TextOut
    legal_basis: list[str] = Field(examples=[["PP 42/2004 Pasal 11 huruf c"]])
    groups: list[SubjectGroup] = Field(description="Whom it binds; none means everybody.")
    source: str = Field(examples=["SKB lima instansi 22 September 2022, lampiran II"])
    confidence: Confidence
    valid_from: date
    valid_to: date | None = Field(description="The last day; null while it holds.")


class ClassificationIn(Form):
    """Without `violation_kind`, the one kind that fits; where several do, one with a reason."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"person_id": _ID, "act": "banner", "acted_on": "2024-11-04"}]
        }
    )

    person_id: UUID = Field(description="A reported person of the case.")
    act: Act
    acted_on: Day | None = Field(
        None, description="The day of the act; the case's own if not said."
    )
    violation_kind: KindCode | None = None
    reason: Reason | None = None


class ReversalIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Hari perbuatan keliru dicatat."}]}
    )

    reason: Reason


class ClassificationOut(BaseModel):
    """What a person is said to have done, and its class on that day."""

    id: UUID
    person_id: UUID
    act: Act
    acted_on: date
    determination: Determination | None = Field(
        description="On which side of the determination the day lies in the region of the case."
    )
    violation_kind: str = Field(examples=["D01_BANNER"])
    kind_version: int
    reason: str | None = Field(examples=["Unggahan dibuat pagi hari, sebelum penetapan."])
    classified_at: datetime
    officer_id: UUID | None
    reversed_at: datetime | None
    reversal_reason: str | None = Field(examples=["Hari perbuatan keliru dicatat."])
