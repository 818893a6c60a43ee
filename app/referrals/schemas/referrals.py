"""What the list shows of a referral, nothing of any person; and what its parties read of one."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.cases.rules.decisions import Category, SubjectGroup
from app.cases.rules.violations import Severity
from app.core.forms import Day, Form, Line, Prose, TextOut
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.evidence.schemas.uploads import EXAMPLE_SHA256
from app.referrals.rules.authorities import AUTHORITY_CODE, Flow, Instrument
from app.referrals.rules.stages import AuthorityStage
from app.referrals.rules.states import FollowUpStatus, ReferralState
from app.referrals.rules.steps import ReferralObjection, ReferralSide, ReferralStep
from app.referrals.schemas.dossier import Dossier

LetterNumber = Annotated[Line, Field(max_length=100)]
Code = Annotated[str, Field(pattern=AUTHORITY_CODE, max_length=40)]
Note = Annotated[Prose, Field(max_length=4_000, description="Kept sealed.")]
MOST_PERSONS = 500


class RecommendationIn(Form):
    severity: Severity | None = None
    note: Note | None = None


class ReferralIn(Form):
    """One category of the decision goes to one authority; several make several referrals."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "category": "other_law",
                    "authority": "bkn",
                    "office_id": None,
                    "letter_number": "112/PP.00.02/K.SN-08/11/2024",
                    "letter_on": "2024-11-12",
                    "recommendation": {
                        "severity": "severe",
                        "note": "Rekaan: agar dijatuhi hukuman disiplin.",
                    },
                }
            ]
        }
    )

    category: Category
    authority: Code = Field(description="A code of /authorities, competent on the letter's day.")
    office_id: UUID | None = Field(
        None, description="The addressee in the directory; null where it gets paper only."
    )
    letter_number: LetterNumber
    letter_on: Day
    person_ids: Annotated[list[UUID], Field(max_length=MOST_PERSONS)] | None = Field(
        None, description="Of those whom the decision concerns; all of them where absent."
    )
    event: Annotated[Prose, Field(max_length=4_000)] | None = Field(
        None,
        description="What happened, in the office's words; else the redacted summary of the report."
        " It must not betray the reporter.",
    )
    recommendation: RecommendationIn = Field(default_factory=RecommendationIn)


class ReferralFilter(Slice):
    """Which referrals, what is due first at the head."""

    state: ReferralState | None = None
    authority: Code | None = None
    category: Category | None = None
    case_id: UUID | None = None
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")
    overdue: bool | None = Field(
        None, description="With something due by now: with `true`, the escalation list."
    )


class ReferralRow(BaseModel):
    """A referral in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    case_id: UUID
    region_code: str = Field(examples=["73.04"])
    category: Category
    authority_code: str = Field(examples=["bkn"])
    authority_version: int
    flow: Flow
    instrument: Instrument
    from_office_id: UUID
    office_id: UUID | None = Field(description="The addressee; null: on paper.")
    relayed_to_id: UUID | None = Field(description="The office of the staffing authority.")
    letter_number: str = Field(examples=["112/PP.00.02/K.SN-08/11/2024"])
    letter_on: date
    forwarded_at: datetime
    recommended_severity: Severity | None
    persons: int
    state: ReferralState
    next_due_at: datetime | None = Field(description="The first moment that is too late.")
    next_due_on: Day | None
    acknowledged_at: datetime | None
    acknowledgement_number: str | None = Field(examples=["B-1123/SBT/2024"])
    relayed_at: datetime | None
    relay_letter_number: str | None = Field(examples=["B-77/BKN/2024"])
    relay_letter_on: date | None
    returned_at: datetime | None
    replaced_at: datetime | None = Field(description="Returned, and forwarded again since.")
    concluded_at: datetime | None
    dossier_sha256: str = Field(
        description="Of the dossier as canonical JSON.", examples=[EXAMPLE_SHA256]
    )
    version: int = Field(description="The ETag is this number.")


class RulingOut(BaseModel):
    """What the decree in force says of one person; no sanction means not proven."""

    model_config = ConfigDict(from_attributes=True)

    sanction_code: str | None = Field(examples=["demotion"])
    sanction_version: int | None
    months: int | None = Field(examples=[12])
    decree_number: str = Field(examples=["800/112/BKPSDM/2024"])
    decree_on: date
    effective_on: date | None = Field(description="TMT: from this day on.")
    at: datetime = Field(description="When it was recorded.")
    side: ReferralSide


class StandingOut(BaseModel):
    """How the matter of one person stands; who it is stands in the dossier under this id."""

    person_id: UUID
    subject_group: SubjectGroup | None
    status: FollowUpStatus | None
    idis_number: str | None = Field(examples=["IDIS-2024-000123"])
    is_blocked: bool
    rulings: list[RulingOut]


class AuthorityStageOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    stage: AuthorityStage
    at: datetime
    recorded_at: datetime
    side: ReferralSide


class ReferralOut(ReferralRow):
    """A referral opened: reading it is an act in the journal."""

    dossier: Dossier
    standings: list[StandingOut]
    stages: list[AuthorityStageOut]
    return_reason: str | None = Field(examples=["Rekaan: NIP terlapor tidak ditemukan."])
    result: str | None = Field(
        description="What the authority says it came to.",
        examples=["Rekaan: rekomendasi dilaksanakan."],
    )


class ReferralActionOut(BaseModel):
    """A step of a referral: whether whoever asks may take it now, and if not, why."""

    step: ReferralStep
    label: TextOut
    allowed: bool
    objection: ReferralObjection | None
    why: TextOut | None
    to: ReferralState | None = Field(description="Null where it stays or depends.")
    source: str = Field(examples=["SBT BKN, alur 2024"])


class ReferralActionsOut(BaseModel):
    state: ReferralState
    version: int
    sides: list[ReferralSide] = Field(description="On which sides the asker stands.")
    stages: list[AuthorityStage] = Field(description="What can be recorded as the next stage.")
    items: list[ReferralActionOut]


class ReferralHistoryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    at: datetime
    action: str = Field(examples=["referral.acknowledge"])
    actor_kind: str = Field(examples=["officer"])
    office_id: UUID | None
    payload: dict[str, str | int | bool] = Field(examples=[{"state": "acknowledged", "version": 2}])
