"""What a sender says of a file, and what is said of the upload."""

import hashlib
from datetime import datetime
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from app.core.errors import RuleBroken
from app.core.forms import Line, Moment, TextOut
from app.core.texts import Text
from app.evidence.rules.uploads import UploadState

# Of the text that the examples of the contract send: with these the whole way can be gone.
EXAMPLE: Final = "Catatan rekaan tentang apel.\n\n\n"
EXAMPLE_SHA256: Final = hashlib.sha256(EXAMPLE.encode()).hexdigest()

_YEARS: Final = range(1990, 2100)

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$", to_lower=True)]


class UploadIn(BaseModel):
    """The metadata of tus, read; what a client adds of its own is passed over."""

    model_config = ConfigDict(extra="ignore")

    sha256: Sha256
    filename: Annotated[Line, Field(max_length=255)] | None = None
    filetype: Annotated[Line, Field(max_length=127)] | None = None
    captured_at: Moment | None = None
    complaint_id: UUID | None = None
    declaration_id: UUID | None = None
    event_id: UUID | None = None
    circular_id: UUID | None = None
    invitation_id: UUID | None = None
    follow_up_id: UUID | None = None
    circular_addressee_id: UUID | None = None

    @field_validator("captured_at")
    @classmethod
    def plausible(cls, captured_at: datetime | None) -> datetime | None:
        if captured_at is not None and captured_at.year not in _YEARS:
            raise RuleBroken(
                "implausible-time", Text("Waktu ini tidak mungkin.", "This time is impossible.")
            )
        return captured_at

    @model_validator(mode="after")
    def belongs_to_one(self) -> Self:
        named = (
            self.complaint_id,
            self.declaration_id,
            self.event_id,
            self.circular_id,
            self.invitation_id,
            self.follow_up_id,
            self.circular_addressee_id,
        )
        if sum(each is not None for each in named) > 1:
            raise RuleBroken(
                "one-subject",
                Text(
                    "Sebutkan satu saja: laporan, deklarasi, kegiatan, edaran, undangan, tindak"
                    " lanjut, atau kantor yang dituju.",
                    "Name only one thing that this file belongs to.",
                ),
            )
        return self


class UploadOut(BaseModel):
    """How far an upload has come, and once it is finished, what became of it."""

    id: UUID
    state: UploadState
    length: int = Field(examples=[31])
    received: int = Field(description="Bytes that have come.", examples=[31])
    sha256: str = Field(examples=[EXAMPLE_SHA256])
    file_name: str | None = Field(examples=["catatan.txt"])
    declared_type: str | None = Field(description="As the sender said.", examples=["text/plain"])
    media_type: str | None = Field(description="As the content says.", examples=["text/plain"])
    declared_type_differs: bool | None = Field(examples=[False])
    captured_at: datetime | None = Field(description="As the sender said.")
    received_at: datetime | None = Field(description="When the last byte had come.")
    notice: TextOut | None = Field(
        description="Where officers will see no preview of it: by its content, or until it is"
        " complete by what the sender says it is.",
        examples=[None],
    )
    evidence_id: UUID | None = Field(description="Set when it is finished and sealed.")
    expires_at: datetime | None = Field(description="When an unfinished one is given up.")
