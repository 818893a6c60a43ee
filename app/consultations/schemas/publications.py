"""The texts that are published, and what the public says of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.consultations.rules.publishing import PublicationState
from app.consultations.rules.questions import LONGEST_QUESTION
from app.consultations.schemas.answers import AnswerText, CitationOut
from app.core.forms import Form, Prose

_QUESTION = "Bolehkah ASN menyukai unggahan bakal calon di media sosial?"
_ANSWER = "Tidak. Menyukai unggahan untuk memenangkan bakal calon melanggar kode etik."


class PublicationIn(Form):
    """Question and answer in words that fit everybody, and point at nobody."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": _QUESTION, "answer": _ANSWER}]}
    )

    question: Annotated[Prose, Field(max_length=1_000)]
    answer: AnswerText


class PublicationReasonIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Nama kecamatan masih dapat dikenali."}]}
    )

    reason: Annotated[Prose, Field(max_length=1_000)]


class PublicationOut(BaseModel):
    """A text for the public as the desk reads it."""

    id: UUID
    answer_id: UUID
    state: PublicationState
    question: str = Field(examples=[_QUESTION])
    answer: str = Field(examples=[_ANSWER])
    drafted_by: UUID | None
    drafted_at: datetime
    decided_by: UUID | None = Field(description="The second person.")
    decided_at: datetime | None
    reason: str | None = Field(
        description="Why it was rejected or withdrawn.",
        examples=["Nama kecamatan masih dapat dikenali."],
    )


class PublishedAnswerOut(BaseModel):
    """A question that others have asked, in general words, and the answer to it."""

    id: UUID
    question: str = Field(examples=[_QUESTION])
    answer: str = Field(examples=[_ANSWER])
    articles: list[CitationOut]
    published_at: datetime
    is_stale: bool = Field(
        description="Under review: a rule that it cites has changed, or it is superseded."
    )
    is_superseded: bool = Field(description="The office has answered otherwise since then.")
    helpful: int = Field(description="How many found it helpful.")
    not_helpful: int


class SimilarIn(Form):
    """What somebody is about to ask; nothing of it is kept."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "menyukai unggahan calon di medsos"}]}
    )

    question: Annotated[Prose, Field(max_length=LONGEST_QUESTION)]


class SimilarOut(BaseModel):
    items: list[PublishedAnswerOut] = Field(description="The most similar first; at most 5.")


class VoteOut(BaseModel):
    counted: bool = Field(description="False where one from this address was counted today.")
    helpful: int
    not_helpful: int
