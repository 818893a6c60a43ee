"""The table of requests to know who reported."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.complaints.rules.identity import Decision
from app.core.database import Model, Scale


class IdentityRequest(Model):
    """An officer asks to know who reported; a custodian says yes for some hours, or no."""

    __tablename__ = "identity_request"
    __table_args__ = (
        Index(None, "complaint_id", "requested_by"),
        Index(None, "requested_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    requested_by: Mapped[UUID]
    office_id: Mapped[UUID]
    requested_at: Mapped[datetime]
    sealed_reason: Mapped[bytes]
    decision: Mapped[Decision | None] = mapped_column(default=None)
    decided_by: Mapped[UUID | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_decision_reason: Mapped[bytes | None] = mapped_column(default=None)
    until: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by: Mapped[UUID | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
