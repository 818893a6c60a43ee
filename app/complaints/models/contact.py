"""The tables of what a reporter says after filing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale


class Supplement(Model):
    """What a reporter added later, encrypted; its persons stand among those of the complaint."""

    __tablename__ = "supplement"
    __table_args__ = (
        Index(None, "complaint_id", "submitted_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    submitted_at: Mapped[datetime]
    sealed: Mapped[bytes]


class WithdrawalReason(Model):
    """Why a reporter took a complaint back, encrypted, if it was said."""

    __tablename__ = "withdrawal_reason"
    __table_args__ = (
        Index(None, "complaint_id", unique=True),
        {"info": {"scale": Scale.LOCAL}},
    )

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    sealed: Mapped[bytes]
