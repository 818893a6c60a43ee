from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale

_KEPT: Final = {"info": {"scale": Scale.LOCAL, "append_only": True}}


class Minutes(Model):
    """One revision of the minutes of an event, sealed: they may name persons."""

    __tablename__ = "minutes"
    __table_args__ = (Index(None, "event_id", "version", unique=True), _KEPT)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    version: Mapped[int]
    sealed: Mapped[bytes]
    written_at: Mapped[datetime]
    written_by: Mapped[UUID | None] = mapped_column(default=None)


class MinutesApproval(Model):
    """The chair approved a revision: it is closed, and whatever follows is approved anew."""

    __tablename__ = "minutes_approval"
    __table_args__ = (Index(None, "minutes_id", unique=True), _KEPT)

    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"))
    approved_by: Mapped[UUID]
    approved_at: Mapped[datetime]


class PublishedDecision(Model):
    """A decision as everybody may read it, written without persons; the sealed one stays."""

    __tablename__ = "published_decision"
    __table_args__ = (
        Index(
            "ix_published_decision_standing",
            "event_id",
            "number",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    text: Mapped[str]
    minutes_version: Mapped[int]
    published_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
