from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.conflicts import ConflictOrigin
from app.core.database import Model, Scale


class Conflict(Model):
    """Somebody is related to a case: walls stand before it and all that belongs to it."""

    __tablename__ = "conflict"
    __table_args__ = (
        Index(None, "case_id", "declared_at", "id"),
        Index(
            "ix_conflict_case_id_officer_id_present",
            "case_id",
            "officer_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND officer_id IS NOT NULL"),
        ),
        Index(
            "ix_conflict_case_id_office_id_present",
            "case_id",
            "office_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND office_id IS NOT NULL"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    origin: Mapped[ConflictOrigin]
    declared_at: Mapped[datetime]
    declared_by: Mapped[UUID | None]
    officer_id: Mapped[UUID | None] = mapped_column(default=None)
    office_id: Mapped[UUID | None] = mapped_column(default=None)
    sealed_reason: Mapped[bytes | None] = mapped_column(default=None)
    # A first member asks that it end, with the reason; a second one ends it.
    ending_asked_by: Mapped[UUID | None] = mapped_column(default=None)
    ending_asked_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_ending: Mapped[bytes | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[UUID | None] = mapped_column(default=None)
    # Of an office: the reported persons working there, of whom it was decided.
    ended_for: Mapped[list[str] | None] = mapped_column(JSONB, default=None)


class BreakGlass(Model):
    """A wall is lifted for some hours: one person asks with a reason, a second one agrees."""

    __tablename__ = "break_glass"
    __table_args__ = (
        Index(None, "case_id", "asked_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    officer_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    hours: Mapped[int]
    sealed_reason: Mapped[bytes]
    agreed_by: Mapped[UUID | None] = mapped_column(default=None)
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    until: Mapped[datetime | None] = mapped_column(default=None)


class CaseBelonging(Model):
    """Something of the floors above that belongs to a case, by its own id: who must not see the
    case does not see it either."""

    __tablename__ = "case_belonging"
    __table_args__ = (Index(None, "case_id"), {"info": {"scale": Scale.LOCAL}})

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
