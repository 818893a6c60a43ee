"""What crosses the wire about minutes, their revisions, and what is published of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, Prose
from app.core.paging import Slice
from app.rakor.schemas.events import OfficeName, Post

_PROPOSAL: JsonDict = {
    "number": 1,
    "text": "Surat edaran disampaikan sampai ke nagari.",
    "office_name": "Dinas Rekaan",
    "post": "Kepala Dinas",
}
_DECISION: JsonDict = {
    "number": 1,
    "text": "Setiap OPD menyampaikan surat edaran sampai 15 Oktober.",
    "on_proposal": 1,
}
_RECOMMENDATION: JsonDict = {
    "number": 1,
    "text": "BKPSDM menyampaikan kembali aturan netralitas kepada seluruh ASN.",
    "office_name": "BKPSDM Kabupaten Rekaan",
    "on_decision": 1,
}
_MINUTES: JsonDict = {
    "text": "Rapat dibuka pukul 09.00 dan membahas pengawasan netralitas.",
    "proposals": [_PROPOSAL],
    "decisions": [_DECISION],
    "recommendations": [_RECOMMENDATION],
}

Number = Annotated[
    int,
    Field(
        ge=1,
        le=9_999,
        description="It stays with the entry in every revision; by default the next free one.",
    ),
]
EntryText = Annotated[Prose, Field(max_length=2_000)]


class MinutedProposalIn(Form):
    """What somebody proposed, for an office and post."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PROPOSAL]})

    number: Number | None = None
    text: EntryText
    office_name: OfficeName | None = None
    post: Post | None = None


class DecisionIn(Form):
    """What was decided, perhaps on a proposal."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DECISION]})

    number: Number | None = None
    text: EntryText
    on_proposal: int | None = Field(None, description="The number of a proposal of these minutes.")


class MinutedRecommendationIn(Form):
    """What the meeting recommends, perhaps to an office, perhaps out of a decision."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RECOMMENDATION]})

    number: Number | None = None
    text: EntryText
    office_name: OfficeName | None = Field(None, description="To whom, where it is one office.")
    on_decision: int | None = Field(None, description="The number of a decision of these minutes.")


MinutesText = Annotated[Prose, Field(max_length=100_000)]
Proposals = Annotated[list[MinutedProposalIn], Field(max_length=100)]
Decisions = Annotated[list[DecisionIn], Field(max_length=100)]
Recommendations = Annotated[list[MinutedRecommendationIn], Field(max_length=100)]


class MinutesIn(Form):
    """What was said, proposed, decided and recommended; kept sealed, for it may name persons."""

    model_config = ConfigDict(json_schema_extra={"examples": [_MINUTES]})

    text: MinutesText
    proposals: Proposals = Field(default_factory=list)
    decisions: Decisions = Field(default_factory=list)
    recommendations: Recommendations = Field(default_factory=list)


class MinutesPatch(Form):
    """Absent means unchanged; a list of entries takes the place of the one before."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Rapat dibuka pukul 09.15."}]}
    )

    # Factories, so that the contract shows neither a default nor null: they are never read.
    text: MinutesText = Field(default_factory=str)
    proposals: Proposals = Field(default_factory=list)
    decisions: Decisions = Field(default_factory=list)
    recommendations: Recommendations = Field(default_factory=list)


class MinutedProposalOut(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [_PROPOSAL]})

    number: int
    text: str
    office_name: str | None = None
    post: str | None = None


class DecisionOut(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [_DECISION]})

    number: int
    text: str
    on_proposal: int | None = None


class MinutedRecommendationOut(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [_RECOMMENDATION]})

    number: int
    text: str
    office_name: str | None = None
    on_decision: int | None = None


class MinutesContent(BaseModel):
    """One revision as it is sealed, and the highest numbers that there have ever been."""

    text: str = ""
    proposals: list[MinutedProposalOut] = []
    decisions: list[DecisionOut] = []
    recommendations: list[MinutedRecommendationOut] = []
    highest_proposal: int = 0
    highest_decision: int = 0
    highest_recommendation: int = 0


class MinutesRevisionOut(BaseModel):
    """One revision: when it was written and, if it was, when the chair approved it."""

    id: UUID
    event_id: UUID
    version: int = Field(description="The ETag is this number; earlier revisions are kept.")
    written_at: datetime
    written_by: UUID | None = Field(description="The officer.")
    approved_at: datetime | None = Field(description="Null: not approved by the chair.")
    approved_by: UUID | None = Field(description="The officer.")


class MinutesOut(MinutesRevisionOut):
    text: str = Field(examples=[_MINUTES["text"]])
    proposals: list[MinutedProposalOut]
    decisions: list[DecisionOut]
    recommendations: list[MinutedRecommendationOut]


class RevisionFilter(Slice):
    """All revisions of the minutes of an event."""


class MinutesApprovalIn(Form):
    """Which revision the chair has read."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1}]})

    version: int = Field(ge=1, le=999_999)


class DecisionPublicationIn(Form):
    """A decision of the approved minutes, in words that name no person."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": 1, "text": _DECISION["text"]}]}
    )

    number: int = Field(ge=1, le=9_999)
    text: EntryText = Field(description="Public; names no person.")


class PublishedDecisionOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    event_id: UUID
    number: int
    text: str = Field(examples=[_DECISION["text"]])
    minutes_version: int = Field(description="The approved revision that it stands in.")
    published_at: datetime


class DecisionFilter(Slice):
    """All decisions that an event has published."""
