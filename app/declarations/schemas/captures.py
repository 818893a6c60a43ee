"""What crosses the wire about where a signature came from."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from app.core.paging import Slice
from app.declarations.rules.kinds import Method
from app.declarations.schemas.signatures import SignerOut
from app.evidence.rules.copies import CopyOutcome
from app.evidence.schemas.checks import DocumentCheckOut


class DrawingOut(BaseModel):
    """What was drawn, in a field of 1,000 by 1,000."""

    strokes: list[list[tuple[int, int]]] = Field(examples=[[[[100, 500], [900, 480]]]])
    svg_path: str = Field(description="`d` of an SVG path.", examples=["M100 500L900 480"])


class PaperCertificateOut(BaseModel):
    """Whose certificate signed a document, and who is said to have signed: the organiser compares.

    Names in certificates are written in many ways, so no machine decides whether they are one.
    """

    subject: str = Field(
        description="Empty once a signer of the document was erased.",
        examples=["Common Name: Contoh Rekaan"],
    )
    issuer: str = Field(examples=["Common Name: Penerbit Rekaan"])
    trusted: bool = Field(description="It leads to a root on our list.")
    signer: SignerOut | None = Field(description="As the item or the roster names the person.")


class PaperOut(BaseModel):
    """On which page of which file it can be seen."""

    evidence_id: UUID
    page: int = Field(examples=[1])
    signature: int | None = Field(
        description="Which of the electronic signatures in it, counted from 1.", examples=[1]
    )
    sha256: str = Field(
        description="Of the file as it arrived.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    certificate: PaperCertificateOut | None = Field(description="Of an electronic signature.")


class CaptureOut(BaseModel):
    """Where a signature came from; for the organiser only."""

    signature_id: UUID
    method: Method
    captured_at: datetime | None = Field(description="By the clock of the device.")
    recorded_at: datetime = Field(description="By ours.")
    device_id: UUID | None
    sequence: int | None = Field(description="Which one of that device it was.")
    drawing: DrawingOut | None
    paper: PaperOut | None


class PaperRow(BaseModel):
    """A file of a declaration: a scanned sheet, or a document that was signed elsewhere."""

    evidence_id: UUID
    file_name: str | None = Field(examples=["lembar-1.pdf"])
    media_type: str = Field(description="As the content says.", examples=["application/pdf"])
    size: int = Field(examples=[48213])
    sha256: str = Field(
        description="Of the file as it arrived.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    received_at: datetime
    working_copy: CopyOutcome | None = Field(
        description="Whether it can be looked at; where there is none, open the original.",
        examples=[CopyOutcome.DONE],
    )
    signatures: int = Field(description="How many were recorded from it.", examples=[40])
    check: DocumentCheckOut | None = Field(description="Of a PDF: its electronic signatures.")


class PaperFilter(Slice):
    """All files of a declaration."""
