"""The tables of a complaint itself: what may be known of it, and what is sealed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.complaints.rules.procedure import Channel, Kind, Part, Status
from app.core.database import Base, Json, Model, Scale


class Matter(Model):
    """What is handled together: whoever changes any part of it holds this row first."""

    __tablename__ = "matter"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)


class Complaint(Model):
    """What may be known of a complaint without knowing any person in it."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index(None, "submitted_at", "id"),
        Index(
            "ix_complaint_region_code_prefix",
            "region_code",
            "submitted_at",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        # What is rare, or lies together in time, is walked by itself (docs/decisions/search.md).
        Index(None, "status", "submitted_at", "id"),
        Index(None, "office_id", "submitted_at", "id"),
        Index(None, "election_code", "submitted_at", "id"),
        Index(None, "next_due_on", "id"),
        # Of a million complaints few have unread messages, and few are withdrawn.
        Index(
            "ix_complaint_unread",
            "submitted_at",
            "id",
            postgresql_where=text("unread_messages > 0"),
        ),
        Index(
            "ix_complaint_withdrawn",
            "submitted_at",
            "id",
            postgresql_where=text("withdrawn_at IS NOT NULL"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    region_id: Mapped[int]
    region_code: Mapped[str]
    kind: Mapped[Kind]
    channel: Mapped[Channel]
    status: Mapped[Status]
    office_id: Mapped[UUID]
    election_code: Mapped[str | None]
    occurred_on: Mapped[date]
    known_on: Mapped[date]
    submitted_at: Mapped[datetime]
    officially_received_at: Mapped[datetime]
    next_due_on: Mapped[date | None]
    filed_late: Mapped[bool]
    reported_count: Mapped[int]
    # The officer's own words for the list: they name nobody.
    summary: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    unread_messages: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    # Of what an officer entered: who, and when it reached the office.
    entered_by: Mapped[UUID | None] = mapped_column(default=None)
    received_at: Mapped[datetime | None] = mapped_column(default=None)
    # Where it was handed over: who held it at first, for the first line of the public status.
    first_office_id: Mapped[UUID | None] = mapped_column(default=None)
    # What it is handled with; empty until the floor above takes it up.
    matter_id: Mapped[UUID | None] = mapped_column(ForeignKey("matter.id"), default=None)


class ComplaintContent(Base):
    """The account itself, encrypted: it is free text about persons."""

    __tablename__ = "complaint_content"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    sealed: Mapped[bytes]


class ComplaintPerson(Model):
    """A person in a complaint, encrypted."""

    __tablename__ = "complaint_person"
    __table_args__ = (
        Index(None, "complaint_id", "part"),
        {"info": {"scale": Scale.LOCAL}},
    )

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    part: Mapped[Part]
    position: Mapped[int]
    sealed: Mapped[bytes]


class StatusLine(Model):
    """One line of the public status: what the reporter may see of a step that was taken."""

    __tablename__ = "complaint_status_line"
    __table_args__ = (Index(None, "complaint_id", "at"), {"info": {"scale": Scale.LOCAL}})

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    at: Mapped[datetime]
    status: Mapped[Status]
    office_id: Mapped[UUID]
    next_due_on: Mapped[date | None]


class LegacyCase(Base):
    """Under which number an office knew a case before it was imported; it is imported once."""

    __tablename__ = "legacy_case"
    __table_args__ = (
        Index(None, "number_key", "office_id", unique=True),
        {"info": {"scale": Scale.LOCAL}},
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    office_id: Mapped[UUID]
    number: Mapped[str]
    number_key: Mapped[str]
    parts: Mapped[Json | None]
    import_id: Mapped[UUID]
