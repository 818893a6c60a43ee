from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Json, Model, Scale


class AttendanceClosing(Model):
    """The attendance list as it stood when an officer closed it; its hash is in the journal."""

    __tablename__ = "attendance_closing"
    __table_args__ = (
        Index(None, "event_id", "number", unique=True),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    sha256: Mapped[str]
    invited: Mapped[int]
    totals: Mapped[Json]
    sealed: Mapped[bytes]
    closed_at: Mapped[datetime]
    closed_by: Mapped[UUID | None]


class AttendanceApproval(Model):
    """The chair put his name under a closed list, naming its hash; both are in the journal."""

    __tablename__ = "attendance_approval"
    __table_args__ = (
        Index(None, "closing_id", unique=True),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    closing_id: Mapped[UUID] = mapped_column(ForeignKey("attendance_closing.id"))
    approved_by: Mapped[UUID]
    approved_at: Mapped[datetime]
