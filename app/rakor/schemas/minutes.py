"""What crosses the wire about minutes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, Prose

_MINUTES: JsonDict = {
    "text": "Rapat dibuka pukul 09.00 dan membahas pengawasan netralitas.",
    "decisions": [{"text": "Setiap OPD menyampaikan surat edaran sampai 15 Oktober."}],
}


class DecisionIn(Form):
    text: Annotated[Prose, Field(max_length=2_000, examples=["Setiap OPD membuat laporan."])]


MinutesText = Annotated[Prose, Field(max_length=100_000)]
Decisions = Annotated[list[DecisionIn], Field(max_length=100)]


class MinutesIn(Form):
    """What was said and decided; kept sealed, for it may name persons."""

    model_config = ConfigDict(json_schema_extra={"examples": [_MINUTES]})

    text: MinutesText
    decisions: Decisions = Field(default_factory=list)


class MinutesPatch(Form):
    """Absent means unchanged; decisions take the place of those before."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"decisions": _MINUTES["decisions"]}]}
    )

    # Factories, so that the contract shows neither a default nor null: they are never read.
    text: MinutesText = Field(default_factory=str)
    decisions: Decisions = Field(default_factory=list)


class MinutesOut(BaseModel):
    event_id: UUID
    version: int = Field(description="The ETag is this number; earlier revisions are kept.")
    text: str = Field(examples=[_MINUTES["text"]])
    decisions: list[DecisionIn]
    written_at: datetime
