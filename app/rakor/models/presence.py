from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Scale
from app.rakor.rules.attendance import AttendanceMode, Direction


class CheckIn(Base):
    """Somebody came or left; it lies with the region of its event, where presence is counted."""

    __tablename__ = "check_in"
    __table_args__ = (
        Index(None, "region_id", "event_id", "invitation_id"),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str]
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("event_session.id"))
    # No foreign key: invitations are local. The service has seen this one before it writes.
    invitation_id: Mapped[UUID | None]
    office_name: Mapped[str | None]
    post: Mapped[str | None]
    direction: Mapped[Direction]
    mode: Mapped[AttendanceMode]
    captured_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    nonce: Mapped[str | None]
