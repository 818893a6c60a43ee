"""The tables by which complaints are found: marks, what waits to be marked, saved queues."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Json, Model, Scale


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
