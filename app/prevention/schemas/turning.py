"""What the author of a question finds filled in on the form of a complaint."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.complaints.schemas.filing import PhoneComplaintIn

_EXAMPLE: Final[JsonDict] = {
    "event": {
        "region_code": "73.04",
        "account": "Contoh rekaan: atasan saya meminta kami menyukai unggahan bakal calon.",
    },
    "asked_at": "2024-11-06T03:00:00Z",
    "turned_into": None,
}

_FORM: Final[JsonDict] = {
    "complaint_id": "01900000-0000-7000-8000-000000000042",
    "receipt_secret": "00112233445566778899aabbccddeeff",
    "channel": "app",
    "event": {
        "what": "Meminta pegawai menyukai unggahan bakal calon",
        "region_code": "73.04",
        "place": "Kantor rekaan",
        "occurred_on": "2024-11-04",
        "known_on": "2024-11-05",
        "account": "Contoh rekaan: atasan saya meminta kami menyukai unggahan bakal calon.",
    },
    "reported_persons": [{"name": "Contoh Rekaan", "position": "Camat"}],
    "statement_of_truth": True,
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


class ComplaintOfQuestionIn(PhoneComplaintIn):
    """The whole report form, as the author of the question completed it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FORM]})

    complaint_id: UUID = Field(
        description="A new id, made by the phone. It is in no path: logs hold the paths."
    )

    def canonical(self) -> bytes:
        """As the complaint would be alone."""
        kept = {"receipt_secret", "complaint_id"}
        return self.model_dump_json(exclude=kept, exclude_defaults=True).encode()
