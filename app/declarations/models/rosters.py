"""Tables of who should sign, from the moment they are sent until they were worked off."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Json, Model, Scale
from app.declarations.rules.rosters import ImportState


class RosterImport(Model):
    """A table of who should sign, sent by an office and worked off by the worker.

    `progress` changes while it is read; its faults tell lines and columns, never what stood there.
    """

    __tablename__ = "roster_import"
    __table_args__ = (
        Index("ix_roster_import_waiting", "id", postgresql_where=text("state = 'waiting'")),
        Index(None, "declaration_id", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    region_id: Mapped[int]
    region_code: Mapped[str]
    declaration_id: Mapped[UUID]
    sent_by: Mapped[UUID | None]
    office_id: Mapped[UUID | None]
    media_type: Mapped[str]
    size: Mapped[int]
    is_dry_run: Mapped[bool]
    sent_at: Mapped[datetime]
    state: Mapped[ImportState] = mapped_column(default=ImportState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    good_rows: Mapped[int] = mapped_column(default=0)
    bad_rows: Mapped[int] = mapped_column(default=0)
    faults: Mapped[list[Json]] = mapped_column(JSONB, default_factory=list)
    fault_count: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class RosterPiece(Model):
    """A piece of a table that waits; small, so that a rotation of keys can seal many of them anew,
    and erased once the table was read."""

    __tablename__ = "roster_piece"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        {"info": {"scale": Scale.LOCAL}},
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("roster_import.id"))
    number: Mapped[int]
    sealed: Mapped[bytes]
