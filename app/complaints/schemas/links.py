"""What officers say and read of complaints about the same event."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.complaints.rules.likeness import Reason
from app.complaints.rules.links import LinkState
from app.complaints.schemas.desk import ComplaintRow
from app.core.forms import Form, Prose


class LinkIn(Form):
    """What a human decided; nothing is linked without one."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"state": "confirmed", "note": "Video yang sama (contoh)"}]}
    )

    state: LinkState
    note: Annotated[Prose, Field(max_length=2_000)] | None = None


class CommonOut(BaseModel):
    """One thing that two complaints have in common."""

    model_config = ConfigDict(from_attributes=True)

    reason: Reason
    count: int = Field(
        description="How many; of `near_day` the days between, of `near_place` the levels of the"
        " region in common (2 regency, 3 district, 4 village).",
        examples=[1],
    )


class LikenessOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    score: int = Field(description="Points; a complaint is proposed from 12 on.", examples=[15])
    reasons: list[CommonOut]


class LinkOut(LikenessOut):
    """What an officer said of two complaints, and what they had in common at that time."""

    id: UUID
    one_id: UUID
    other_id: UUID = Field(description="The greater of the two ids.")
    state: LinkState
    note: str | None = Field(examples=["Video yang sama (contoh)"])
    at: datetime
    officer_id: UUID | None
    office_id: UUID | None
    ended_at: datetime | None = Field(description="Null while it stands.")


class MemberOut(ComplaintRow):
    """Another complaint about the same event."""

    links: list[LinkOut] = Field(description="By which it belongs to the cluster.")


class RejectedOut(ComplaintRow):
    """A complaint about another event, as an officer said; it is not proposed again."""

    link: LinkOut


class CandidateOut(ComplaintRow, LikenessOut):
    """A complaint that might be about the same event."""


class SameEventOut(BaseModel):
    """What there is to see of one event; complaints out of the reader's sight are not counted."""

    cluster: list[MemberOut] = Field(description="The other complaints about it, newest first.")
    is_whole: bool = Field(description="False where more than 500 complaints belong together.")
    independent_reports: int = Field(
        description="Complaints of the cluster, this one included; those of one device count once.",
        examples=[2],
    )
    candidates: list[CandidateOut] = Field(description="Most alike first, at most 20.")
    rejected: list[RejectedOut]
