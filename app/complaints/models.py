from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.complaints.rules.identity import Decision
from app.complaints.rules.links import LinkState
from app.complaints.rules.procedure import Channel, Kind, Part, Status
from app.core.database import Base, Json, Model, Scale


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


class ComplaintMarks(Base):
    """By what a complaint is found: a keyed mark of each fact, and the words that are not personal.

    All marks of a row are from one index key; the worker writes the row anew under a newer one.
    """

    __tablename__ = "complaint_marks"
    __table_args__ = (
        Index(None, "marks", postgresql_using="gin"),
        Index(None, "plain_words", postgresql_using="gin"),
        Index(None, "submitted_at", "id"),
        Index(
            "ix_complaint_marks_region_code_prefix",
            "region_code",
            "submitted_at",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        # What happened in one region within a few days: the candidates for one event.
        Index(
            "ix_complaint_marks_region_code_occurred_on",
            "region_code",
            "occurred_on",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        Index(None, "key_id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    key_id: Mapped[UUID]
    region_code: Mapped[str]
    submitted_at: Mapped[datetime]
    occurred_on: Mapped[date]
    marks: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    plain_words: Mapped[str] = mapped_column(TSVECTOR)


class ComplaintToIndex(Model):
    """A complaint that says something new, until the worker has marked it.

    Each act adds a row of its own, so that nobody waits for the worker, and it overlooks nothing.
    """

    __tablename__ = "complaint_to_index"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    complaint_id: Mapped[UUID]


class SavedQueue(Model):
    """A filter of the list under a name: of one officer, or of a whole office."""

    __tablename__ = "saved_queue"
    __table_args__ = (
        Index(None, "office_id", "saved_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID]
    officer_id: Mapped[UUID | None]
    name: Mapped[str]
    filter: Mapped[Json]
    saved_at: Mapped[datetime]


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
