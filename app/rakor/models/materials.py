from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale
from app.rakor.rules.materials import Audience, MaterialKind


class Material(Model):
    """A file of an event that is shown to somebody; the file itself is sealed evidence."""

    __tablename__ = "event_material"
    __table_args__ = (
        Index(None, "event_id", "added_at", "id"),
        Index(
            "ix_event_material_standing",
            "evidence_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))
    kind: Mapped[MaterialKind]
    title: Mapped[str]
    audience: Mapped[Audience]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
