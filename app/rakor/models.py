from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Model, Scale
from app.rakor.rules.attendance import Answer, AttendanceMode, Direction
from app.rakor.rules.events import Level, Mode, ParticipantRole, Stage

_REFERENCE: Final = {"info": {"scale": Scale.REFERENCE}}
_LOCAL: Final = {"info": {"scale": Scale.LOCAL}}


class Event(Model):
    """A meeting or another act of prevention; `region_code` is the area that it is for."""

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "drafted_at", "id"),
        Index(None, "region_code", postgresql_ops={"region_code": "text_pattern_ops"}),
        Index(None, "office_id"),
        Index(None, "kinds", postgresql_using="gin"),
        # Check-ins are national, and what is national points at reference tables only.
        _REFERENCE,
    )

    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    office_name: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(JSONB)
    level: Mapped[Level]
    mode: Mapped[Mode]
    title: Mapped[str]
    purpose: Mapped[str]
    venue: Mapped[str | None]
    venue_region_code: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    time_zone: Mapped[str]
    election_code: Mapped[str | None] = mapped_column(ForeignKey("election.code"))
    is_stage: Mapped[bool]
    target_groups: Mapped[list[str]] = mapped_column(JSONB)
    drafted_at: Mapped[datetime]
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    cancellation_reason: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class EventSession(Model):
    """One item of the run-down; its contributors are offices and posts, never persons."""

    __tablename__ = "event_session"
    __table_args__ = (Index(None, "event_id", "starts_at"), _REFERENCE)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    held_on: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[str]
    contributors: Mapped[list[dict[str, str]]] = mapped_column(JSONB)


class Invitation(Model):
    """An office asked to send the holder of a post; who has the code answers for it."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(None, "event_id", "invited_at", "id"),
        Index(None, "code_hash", unique=True),
        _LOCAL,
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    region_code: Mapped[str]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    office_name: Mapped[str]
    post: Mapped[str]
    role: Mapped[ParticipantRole]
    letter_number: Mapped[str | None]
    code_hash: Mapped[bytes]
    invited_at: Mapped[datetime]
    answer: Mapped[Answer | None] = mapped_column(default=None)
    deputy_post: Mapped[str | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)


class InvitationReason(Base):
    """Why an office declined: it may tell of somebody's health, so it is sealed."""

    __tablename__ = "invitation_reason"
    __table_args__ = (_LOCAL,)

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    sealed: Mapped[bytes]


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


class Minutes(Model):
    """One revision of the minutes of an event, sealed: they may name persons."""

    __tablename__ = "minutes"
    __table_args__ = (Index(None, "event_id", "version", unique=True), _LOCAL)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    version: Mapped[int]
    sealed: Mapped[bytes]
    written_at: Mapped[datetime]
