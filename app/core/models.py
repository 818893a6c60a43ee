from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.crypto import KeyPurpose
from app.core.database import Base, Model, Scale


class Grant(Model):
    """A subject addressed to an office outside whose area it lies: handed over, invited, ..."""

    __tablename__ = "grant"
    __table_args__ = (Index(None, "office_id", "subject_id"), {"info": {"scale": Scale.LOCAL}})

    subject_id: Mapped[UUID]
    office_id: Mapped[UUID]
    since: Mapped[datetime]
    until: Mapped[datetime | None] = mapped_column(default=None)


class Wall(Model):
    """A conflict of interest: this officer, or everybody of this office, does not see this
    subject, whatever the area; unless two persons have lifted it for a while."""

    __tablename__ = "wall"
    __table_args__ = (
        Index(None, "officer_id", "subject_id"),
        Index(None, "office_id", "subject_id"),
        Index(None, "subject_id"),
        CheckConstraint("(officer_id IS NULL) <> (office_id IS NULL)", "one_side"),
        {"info": {"scale": Scale.LOCAL}},
    )

    subject_id: Mapped[UUID]
    since: Mapped[datetime]
    officer_id: Mapped[UUID | None] = mapped_column(default=None)
    office_id: Mapped[UUID | None] = mapped_column(default=None)
    lifted_until: Mapped[datetime | None] = mapped_column(default=None)


class LoadedReference(Base):
    """Which version of each set of reference data the tables hold."""

    __tablename__ = "loaded_reference"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]


class DataKey(Model):
    """A data key wrapped by the master key; without that key it is noise.

    It is announced before it is used, so that every process has read it by then. It is empty when
    no row names it any more, and retired when its wrapped value is destroyed.
    """

    __tablename__ = "data_key"
    __table_args__ = (
        Index(None, "purpose", "generation", unique=True),
        {"info": {"scale": Scale.LOCAL}},
    )

    purpose: Mapped[KeyPurpose]
    generation: Mapped[int]
    wrapped: Mapped[bytes]
    in_use_from: Mapped[datetime]
    emptied_at: Mapped[datetime | None] = mapped_column(default=None)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
