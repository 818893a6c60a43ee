from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.complaints.rules.identity import Decision
from app.complaints.rules.procedure import Channel, Kind, Part, Status
from app.core.database import Base, Model, Scale


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


class ComplaintContent(Base):
    """The account itself, encrypted: it is free text about persons."""

    __tablename__ = "complaint_content"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    sealed: Mapped[bytes]


class ComplaintPerson(Model):
    """A person in a complaint, encrypted; the blind indexes find equal names and numbers."""

    __tablename__ = "complaint_person"
    __table_args__ = (
        Index(None, "complaint_id", "part"),
        Index(None, "name_index"),
        Index(None, "employee_number_index"),
        Index(None, "population_number_index"),
        {"info": {"scale": Scale.LOCAL}},
    )

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    part: Mapped[Part]
    position: Mapped[int]
    sealed: Mapped[bytes]
    name_index: Mapped[bytes]
    employee_number_index: Mapped[bytes | None]
    population_number_index: Mapped[bytes | None]


class StatusLine(Model):
    """One line of the public status: what the reporter may see of a step that was taken."""

    __tablename__ = "complaint_status_line"
    __table_args__ = (Index(None, "complaint_id", "at"), {"info": {"scale": Scale.LOCAL}})

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"))
    at: Mapped[datetime]
    status: Mapped[Status]
    office_id: Mapped[UUID]
    next_due_on: Mapped[date | None]


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
