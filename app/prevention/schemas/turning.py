"""What the author of a question finds filled in on the form of a complaint."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

_EXAMPLE: Final[JsonDict] = {
    "event": {
        "region_code": "73.04",
        "account": "Contoh rekaan: atasan saya meminta kami menyukai unggahan bakal calon.",
    },
    "asked_at": "2024-11-06T03:00:00Z",
    "turned_into": None,
}


class DraftedEventOut(BaseModel):
    """What the question has of the event; the author corrects and completes it."""

    region_code: str
    account: str = Field(description="What was asked, in the words of its author.")


class ComplaintDraftOut(BaseModel):
    """The beginnings of a complaint: nothing of the answer, and no name, even if one was given."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    event: DraftedEventOut
    asked_at: datetime = Field(
        description="For `known_on`: who asked about an act knew of it by then."
    )
    turned_into: UUID | None = Field(description="The complaint, where it was made already.")
