from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.violations import Act, Family, Severity, StageOfAct
from app.core.database import Base, Model, Scale


class StoredViolationKind(Base):
    """One version of a violation kind; `rules.violations.ViolationKind` says what it means."""

    __tablename__ = "violation_kind"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[Act]
    family: Mapped[Family]
    stage: Mapped[StageOfAct]
    severity: Mapped[Severity]
    name_id: Mapped[str]
    name_en: Mapped[str]
    legal_basis: Mapped[list[str]] = mapped_column(JSONB)
    groups: Mapped[list[str]] = mapped_column(JSONB)
    source: Mapped[str]
    confidence: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Classification(Model):
    """Which act a person of a case is said to have done, and its class on that day."""

    __tablename__ = "classification"
    __table_args__ = (
        Index(None, "case_id", "person_id", "violation_kind", unique=True),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("case_person.id"))
    act: Mapped[Act]
    violation_kind: Mapped[str]
    kind_version: Mapped[int]
    acted_on: Mapped[date]
    # Why, where the day of the determination itself left it to the officer.
    sealed_reason: Mapped[bytes | None]
    classified_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
