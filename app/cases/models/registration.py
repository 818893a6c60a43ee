from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.numbers import ElectionType, NumberKind
from app.core.database import Base, Scale


class RegistrationCounter(Base):
    """The last number that an office gave in a series; whoever registers holds this row."""

    __tablename__ = "registration_counter"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    office_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[NumberKind] = mapped_column(primary_key=True)
    election: Mapped[ElectionType] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Registration(Base):
    """The number of a case in its parts, and as printed (domain.md 1.9)."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("office_id", "kind", "election", "year", "sequence"),
        Index(None, "printed"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    office_id: Mapped[UUID]
    kind: Mapped[NumberKind]
    election: Mapped[ElectionType]
    level: Mapped[str]
    office_code: Mapped[str]
    month: Mapped[int]
    year: Mapped[int]
    sequence: Mapped[int]
    printed: Mapped[str]
    registered_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
