from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale

_KEPT: Final = {"info": {"scale": Scale.LOCAL, "append_only": True}}


class EventReport(Model):
    """One revision of what people write for the activity report; the rest of it is computed.

    It is sealed: it names who carried the event out, and may name others.
    """

    __tablename__ = "event_report"
    __table_args__ = (Index(None, "event_id", "version", unique=True), _KEPT)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    version: Mapped[int]
    sealed: Mapped[bytes]
    written_at: Mapped[datetime]
    written_by: Mapped[UUID | None]


class SubmittedForm(Model):
    """The Form Pencegahan of an event as it was submitted, sealed whole, with its number.

    The number is one of its office and year.
    """

    __tablename__ = "submitted_form"
    __table_args__ = (
        Index(None, "event_id", unique=True),
        Index(None, "office_id", "year", "sequence", unique=True),
        _KEPT,
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    division: Mapped[str]
    office_code: Mapped[str]
    year: Mapped[int]
    sequence: Mapped[int]
    sha256: Mapped[str]
    sealed: Mapped[bytes]
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[UUID | None]
