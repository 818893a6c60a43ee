from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale

_LOCAL: Final = {"info": {"scale": Scale.LOCAL}}


class Minutes(Model):
    """One revision of the minutes of an event, sealed: they may name persons."""

    __tablename__ = "minutes"
    __table_args__ = (Index(None, "event_id", "version", unique=True), _LOCAL)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    version: Mapped[int]
    sealed: Mapped[bytes]
    written_at: Mapped[datetime]
