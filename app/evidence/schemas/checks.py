"""What crosses the wire about documents that were signed elsewhere."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from app.evidence.rules.documents import DocumentState


class DocumentSignatureOut(BaseModel):
    """One electronic signature in a document."""

    model_config = ConfigDict(from_attributes=True)

    subject: str = Field(
        description="Of the certificate; empty once a signer of the document was erased.",
        examples=["Common Name: Contoh"],
    )
    issuer: str = Field(examples=["Common Name: Penerbit Rekaan"])
    signed_at: datetime | None = Field(description="By the clock of the signer.")
    intact: bool = Field(description="What it covers is what was signed.")
    whole: bool = Field(description="It covers all that there was; only signatures came later.")
    covers_file: bool = Field(
        description="It covers the file to its end, or to its later time stamps."
    )
    trusted: bool = Field(description="Its certificate leads to a root on our list.")


class DocumentCheckOut(BaseModel):
    """What was found in a document; only an intact one carries certified signatures."""

    state: DocumentState
    checked_at: datetime | None
    signatures: list[DocumentSignatureOut]
