"""What the desk asks and reads of consultations."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.consultations.rules.publishing import PublicationState
from app.consultations.rules.questions import AskerKind, ConsultationState
from app.consultations.schemas.answers import ConsultationAnswerOut
from app.consultations.schemas.asking import QUESTION
from app.consultations.schemas.publications import PublicationOut
from app.core.paging import Slice
from app.core.places import REGION_CODE


class ConsultationFilter(Slice):
    """Which questions of the list; nothing of any person."""

    state: ConsultationState | None = None
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")
    office_id: UUID | None = Field(None, description="The office that answers.")
    stale: bool | None = Field(
        None,
        description="To be reviewed: an answer or a published text rests on a rule that has"
        " changed, or the text on an answer that was replaced.",
    )
    unanswered_days: int | None = Field(
        None, ge=0, le=3_650, description="Waiting for an answer for more than so many days."
    )
    unread: bool | None = Field(None, description="With messages of the asker not read yet.")
    publication: PublicationState | None = Field(
        None, description="With a text in this state; `drafted` waits for a second reader."
    )


class ConsultationRow(BaseModel):
    """A question in a list: nothing of what was asked, or by whom."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    region_code: str = Field(examples=["73.04"])
    office_id: UUID
    asker: AskerKind
    state: ConsultationState
    asked_at: datetime
    answered_at: datetime | None
    unread_messages: int = Field(description="Of the asker, not read by the desk yet.")
    helpful: bool | None = Field(description="What its author said of the answer.")
    is_stale: bool = Field(
        False,
        description="To be reviewed: a rule that is cited has changed, or the published text is on"
        " an answer that was replaced.",
    )
    stale_since: datetime | None = Field(
        None, description="When it was first seen on the list for review; noted once an hour."
    )


class ConsultationCountsOut(BaseModel):
    """How much waits for the desk; each is the length of a list by a filter."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={"examples": [{"unanswered": 4, "unread": 2, "stale": 7, "drafted": 1}]},
    )

    unanswered: int = Field(description="`unanswered_days=0`")
    unread: int = Field(description="`unread=true`")
    stale: int = Field(description="`stale=true`: the list for review.")
    drafted: int = Field(description="`publication=drafted`: texts that wait for a second reader.")


class ConsultationOut(ConsultationRow):
    """A question as the desk reads it."""

    question: str = Field(examples=[QUESTION])
    name: str | None = Field(
        description="If it was given, for the office that answers; for no other.",
        examples=["Penanya Rekaan"],
    )
    answers: list[ConsultationAnswerOut] = Field(description="The last one counts.")
    publications: list[PublicationOut]
    notice_undeliverable: bool = Field(
        description="The asker could not be told by e-mail that there is news."
    )


class ConsultationHistoryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    at: datetime
    action: str = Field(examples=["consultation.filed"])
    actor_kind: str = Field(examples=["public"])
    actor_id: UUID | None
    office_id: UUID | None
