from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Model, Scale
from app.posts.rules.categories import PostCategory
from app.rakor.rules.attendance import AttendanceMode, Direction
from app.rakor.rules.faults import ScanFault
from app.rakor.rules.quorum import QuorumUnit

_LOCAL: Final = {"info": {"scale": Scale.LOCAL}}


class CheckIn(Base):
    """Somebody came or left; it lies with the region of its event, where presence is counted."""

    __tablename__ = "check_in"
    __table_args__ = (
        Index(None, "region_id", "event_id", "invitation_id"),
        Index("ix_check_in_captured", "region_id", "event_id", "captured_at", "id"),
        Index("ix_check_in_sequence", "region_id", "device_id", "sequence", unique=True),
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
    # Neither: devices and tickets are local as well.
    device_id: Mapped[UUID | None] = mapped_column(default=None)
    sequence: Mapped[int | None] = mapped_column(default=None)
    ticket_id: Mapped[UUID | None] = mapped_column(default=None)
    # The name of a walk-in.
    sealed: Mapped[bytes | None] = mapped_column(default=None)


class FailedScan(Base):
    """Something that a door saw and that does not count, kept with whoever it was.

    What was scanned may be anything, so of it only a keyed hash is kept.
    """

    __tablename__ = "failed_scan"
    __table_args__ = (
        Index("ix_failed_scan_captured", "region_id", "event_id", "captured_at", "id"),
        Index("ix_failed_scan_sequence", "region_id", "device_id", "sequence", unique=True),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str]
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("event_session.id"))
    fault: Mapped[ScanFault]
    scanned_key: Mapped[str | None]
    invitation_id: Mapped[UUID | None]
    ticket_id: Mapped[UUID | None]
    office_name: Mapped[str | None]
    post: Mapped[str | None]
    direction: Mapped[Direction]
    mode: Mapped[AttendanceMode]
    device_id: Mapped[UUID | None]
    sequence: Mapped[int | None]
    captured_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    # The name of a walk-in.
    sealed: Mapped[bytes | None] = mapped_column(default=None)


class EventTicket(Model):
    """The ticket of an invitation; those before it are revoked. The ticket itself is never kept:
    whoever has the key signs the same again."""

    __tablename__ = "event_ticket"
    __table_args__ = (
        Index(
            "ix_event_ticket_valid",
            "invitation_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
        Index(None, "event_id"),
        _LOCAL,
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"))
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class EventDevice(Model):
    """A device of the organiser that lets people in, perhaps without network."""

    __tablename__ = "event_device"
    __table_args__ = (Index(None, "event_id", "registered_at", "id"), _LOCAL)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    registered_by: Mapped[UUID | None]
    registered_at: Mapped[datetime]
    sealed: Mapped[bytes]
    bundled_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class EventQuorum(Model):
    """How many of one category it takes at an event."""

    __tablename__ = "event_quorum"
    __table_args__ = (Index(None, "event_id", "category", unique=True), _LOCAL)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    category: Mapped[PostCategory]
    at_least: Mapped[int]
    unit: Mapped[QuorumUnit]
