"""The table of what officers said of two complaints."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.complaints.rules.links import LinkState
from app.core.database import Json, Model, Scale


class ComplaintLink(Model):
    """What an officer said of two complaints; one such word stands at a time, the others ended."""

    __tablename__ = "complaint_link"
    __table_args__ = (
        Index(None, "one_id", "other_id", unique=True, postgresql_where="ended_at IS NULL"),
        Index(None, "other_id", postgresql_where="ended_at IS NULL"),
        CheckConstraint("one_id < other_id", "order"),
        {"info": {"scale": Scale.LOCAL}},
    )

    one_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    state: Mapped[LinkState]
    # What spoke for it when it was said, in codes and counts.
    score: Mapped[int]
    reasons: Mapped[Json]
    sealed_note: Mapped[bytes | None]
    at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    office_id: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by_id: Mapped[UUID | None] = mapped_column(default=None)
