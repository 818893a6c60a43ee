"""What crosses the wire about evidence: what it is, who opened it, and how long it is kept."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.clocks.rules.norms import Confidence
from app.core.forms import Form, Prose, TextOut
from app.evidence.rules.copies import CopyFailure, CopyOutcome, Removed
from app.evidence.rules.retention import EvidenceClass, RetentionStart
from app.evidence.rules.uploads import UploadState
from app.evidence.schemas.uploads import EXAMPLE_SHA256

Reason = Annotated[Prose, Field(max_length=2_000, description="Kept sealed; never shown outside.")]


class OpeningIn(Form):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reason": "Memeriksa keaslian foto untuk kajian awal."}]},
    )

    reason: Reason


class OpeningOut(BaseModel):
    """Who opened an original, when and why."""

    id: UUID
    officer_id: UUID
    office_id: UUID
    opened_at: datetime
    reason: str = Field(examples=["Memeriksa keaslian foto untuk kajian awal."])


class RemovedOut(BaseModel):
    """Something that was in the original and is not in the copy."""

    kind: Removed = Field(examples=[Removed.GPS])
    count: int = Field(description="How many of it; of foreign bytes, how many bytes.", ge=1)


class CopyOut(BaseModel):
    """The cleaned copy for daily work, or why there is none."""

    outcome: CopyOutcome = Field(examples=[CopyOutcome.DONE])
    failure: CopyFailure | None = Field(examples=[None])
    media_type: str | None = Field(examples=["image/jpeg"])
    size: int | None = Field(examples=[81_244])
    removed: list[RemovedOut]
    made_at: datetime | None


class RetentionOut(BaseModel):
    """By which rule it is kept, and until when at least."""

    rule_code: str = Field(examples=["report-evidence"])
    rule_version: int
    years: int = Field(examples=[10])
    start_event: RetentionStart
    confidence: Confidence = Field(examples=[Confidence.UNVERIFIED])
    retained_until: date | None = Field(
        description="Null while what starts the years has not happened.", examples=["2034-11-05"]
    )


class EvidenceOut(BaseModel):
    """A piece of evidence as the desk sees it; the file itself is opened apart, with a reason."""

    id: UUID
    file_name: str | None = Field(description="As the sender said.", examples=["IMG_0001.jpg"])
    media_type: str = Field(description="As the content says.", examples=["image/jpeg"])
    declared_type: str | None = Field(description="As the sender said.", examples=["image/jpeg"])
    declared_type_differs: bool = Field(examples=[False])
    size: int = Field(examples=[93_871])
    sha256: str = Field(examples=[EXAMPLE_SHA256])
    captured_at: datetime | None = Field(description="As the sender said.")
    received_at: datetime = Field(description="When the last byte had come.")
    working_copy: CopyOut
    opened_by: int = Field(description="How many officers opened the original.", examples=[1])
    retention: RetentionOut | None
    held: bool = Field(description="Whether a legal hold keeps it, whatever retention says.")


class OwnEvidenceOut(BaseModel):
    """A file as its sender sees it."""

    id: UUID
    file_name: str | None = Field(examples=["IMG_0001.jpg"])
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(examples=[93_871])
    sha256: str = Field(examples=[EXAMPLE_SHA256])
    captured_at: datetime | None
    received_at: datetime
    state: UploadState = Field(examples=[UploadState.FINISHED])
    label: TextOut = Field(examples=[{"id": "Lengkap dan disegel", "en": "Complete and sealed"}])
    opened_by: int = Field(examples=[1])
    opened: TextOut = Field(examples=[{"id": "Dibuka oleh 1 petugas", "en": "Opened by 1 officer"}])


class HoldIn(Form):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reason": "Diminta pengadilan dalam perkara rekaan."}]},
    )

    reason: Reason


class HoldOut(BaseModel):
    """A legal hold: while it lasts, nothing of this complaint's evidence may end."""

    id: UUID
    reason: str = Field(examples=["Diminta pengadilan dalam perkara rekaan."])
    placed_by: UUID
    placed_at: datetime
    released_by: UUID | None
    released_at: datetime | None


class RetentionRuleOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    code: str = Field(examples=["report-evidence"])
    version: int
    evidence_class: EvidenceClass
    years: int = Field(examples=[10])
    start_event: RetentionStart = Field(description="From when the years count.")
    source: str = Field(examples=["Default of Netra: the archive schedule was not found"])
    confidence: Confidence = Field(examples=[Confidence.UNVERIFIED])
    valid_from: date = Field(examples=["2020-10-01"])
    valid_to: date | None = Field(description="Last day on which it is in force.", examples=[None])
