from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.decisions import Category, Result
from app.cases.rules.documents import DocumentKind
from app.cases.rules.hearings import Party
from app.core.database import Base, Model, Scale


class CaseDocument(Model):
    """A paper of the case: its kind, number and day, and its words, encrypted."""

    __tablename__ = "case_document"
    __table_args__ = (
        Index(None, "case_id", "written_at", "id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[DocumentKind]
    form_code: Mapped[str | None]
    number: Mapped[str | None]
    dated_on: Mapped[date]
    written_at: Mapped[datetime]
    office_id: Mapped[UUID]
    officer_id: Mapped[UUID | None]
    sealed: Mapped[bytes | None]


class Clarification(Model):
    """One party is invited to be heard; whether it came, and what the minutes say."""

    __tablename__ = "clarification"
    __table_args__ = (
        Index(None, "case_id", "planned_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    party: Mapped[Party]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_person.id"))
    planned_at: Mapped[datetime]
    letter_number: Mapped[str]
    # JSON: name (where it is none of the persons of the case), place.
    sealed_invitation: Mapped[bytes]
    invited_at: Mapped[datetime]
    attended: Mapped[bool | None] = mapped_column(default=None)
    held_at: Mapped[datetime | None] = mapped_column(default=None)
    minutes_number: Mapped[str | None] = mapped_column(default=None)
    sealed_minutes: Mapped[bytes | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class Plenary(Model):
    """A collegial decision: who was present, which minutes, what was decided, who dissented."""

    __tablename__ = "plenary"
    __table_args__ = (
        Index(None, "case_id", "held_on", "id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    office_id: Mapped[UUID]
    held_on: Mapped[date]
    minutes_number: Mapped[str]
    members: Mapped[int]
    present: Mapped[int]
    dissenting: Mapped[int]
    # None where the plenary adopted or registered a finding.
    result: Mapped[Result | None]
    recorded_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    # JSON: the members present by name with vote and dissenting opinion, and the reasoning.
    sealed: Mapped[bytes]


class DecidedCategory(Base):
    """One category of a decision: a case can carry several at once."""

    __tablename__ = "decided_category"
    __table_args__ = ({"info": {"scale": Scale.LOCAL, "append_only": True}},)

    plenary_id: Mapped[UUID] = mapped_column(ForeignKey("plenary.id"), primary_key=True)
    category: Mapped[Category] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    # Codes of violation kinds, and the ids of the persons of the case that it concerns.
    violation_kinds: Mapped[list[str]] = mapped_column(JSONB)
    person_ids: Mapped[list[str]] = mapped_column(JSONB)
