from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.violations import Act, Family, Severity, StageOfAct
from app.clocks.rules.norms import Confidence
from app.core.database import Base, Model, Scale
from app.elections.rules import Determination


class StoredViolationKind(Base):
    """One version of a violation kind; `rules.violations.ViolationKind` says what it means."""

    __tablename__ = "violation_kind"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[Act]
    family: Mapped[Family]
    stage: Mapped[StageOfAct]
    severity: Mapped[Severity | None]
    name_id: Mapped[str]
    name_en: Mapped[str]
    penalty_id: Mapped[str]
    penalty_en: Mapped[str]
    legal_basis: Mapped[list[str]] = mapped_column(JSONB)
    groups: Mapped[list[str]] = mapped_column(JSONB)
    source: Mapped[str]
    confidence: Mapped[Confidence]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Classification(Model):
    """Which act a person of a case is said to have done, and its class on that day."""

    __tablename__ = "classification"
    __table_args__ = (
        Index(None, "case_id", "classified_at", "id"),
        Index(None, "person_id"),
        Index(
            "ix_classification_case_id_present",
            "case_id",
            "person_id",
            "violation_kind",
            "acted_on",
            unique=True,
            postgresql_where=text("reversed_at IS NULL"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("case_person.id"))
    act: Mapped[Act]
    violation_kind: Mapped[str]
    kind_version: Mapped[int]
    acted_on: Mapped[date]
    # As the calendar of the region said it then; None where no day of it was known.
    determination: Mapped[Determination | None]
    # Why, where the law left it to the officer.
    sealed_reason: Mapped[bytes | None]
    classified_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    reversed_at: Mapped[datetime | None] = mapped_column(default=None)
    reversed_by: Mapped[UUID | None] = mapped_column(default=None)
    sealed_reversal: Mapped[bytes | None] = mapped_column(default=None)
