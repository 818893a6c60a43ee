from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Model, Scale


class CollectingDevice(Model):
    """A device of the organiser that collects signatures in one declaration, perhaps offline."""

    __tablename__ = "collecting_device"
    __table_args__ = (
        Index(None, "declaration_id", "registered_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    registered_by: Mapped[UUID | None]
    registered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    # Of whom it carries names: of all targets where both are empty.
    regions: Mapped[list[str]] = mapped_column(JSONB)
    offices: Mapped[list[str]] = mapped_column(JSONB)
    sealed: Mapped[bytes]
    bundled_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class SignatureCapture(Base):
    """Where a signature of a batch comes from: the nth of a device, or a page of a paper.

    `body_mac` tells a repeat from another body under the same item id; it goes with the person.
    """

    __tablename__ = "signature_capture"
    __table_args__ = (
        ForeignKeyConstraint(["region_id", "id"], ["signature.region_id", "signature.id"]),
        Index(None, "item_id"),
        Index(None, "device_id", "sequence"),
        Index(None, "evidence_id"),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str]
    item_id: Mapped[UUID]
    body_mac: Mapped[bytes | None]
    device_id: Mapped[UUID | None]
    sequence: Mapped[int | None]
    evidence_id: Mapped[UUID | None]
    page: Mapped[int | None]
    # Which of the electronic signatures in the file, counted from 1; each is one person's.
    document_signature: Mapped[int | None]


class SignatureMark(Base):
    """What was drawn as a signature, sealed."""

    __tablename__ = "signature_mark"
    __table_args__ = (
        ForeignKeyConstraint(["region_id", "id"], ["signature.region_id", "signature.id"]),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str]
    sealed: Mapped[bytes]
