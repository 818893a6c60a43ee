from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.decisions import PositionGroup, SubjectGroup
from app.cases.rules.requirements import NotRegisteredReason, Requirement
from app.cases.rules.states import CaseKind, State
from app.core.database import Model, Scale
from app.elections.rules import Regime


class Case(Model):
    """The procedure about one matter: whoever holds it, where it stands, what is due next."""

    __tablename__ = "case"
    __table_args__ = (
        Index(None, "opened_at", "id"),
        Index(
            "ix_case_region_code_prefix",
            "region_code",
            "opened_at",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        # The work list: few of all cases still have something due.
        Index(
            "ix_case_next_due_at_id_waiting",
            "next_due_at",
            "id",
            postgresql_where=text("next_due_at IS NOT NULL"),
        ),
        Index(
            "ix_case_region_code_next_due_at_waiting",
            "region_code",
            "next_due_at",
            postgresql_ops={"region_code": "text_pattern_ops"},
            postgresql_where=text("next_due_at IS NOT NULL"),
        ),
        Index(None, "office_id", "next_due_at", "id"),
        Index(None, "state", "next_due_at", "id"),
        Index(None, "number", postgresql_where=text("number IS NOT NULL")),
        {"info": {"scale": Scale.LOCAL}},
    )

    region_id: Mapped[int]
    region_code: Mapped[str]
    # The holder: exactly one at every moment.
    office_id: Mapped[UUID]
    regime: Mapped[Regime]
    election_code: Mapped[str | None]
    kind: Mapped[CaseKind]
    state: Mapped[State]
    occurred_on: Mapped[date]
    received_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    persons: Mapped[int] = mapped_column(default=0)
    reports: Mapped[int] = mapped_column(default=0)
    next_due_at: Mapped[datetime | None] = mapped_column(default=None)
    next_due_on: Mapped[date | None] = mapped_column(default=None)
    number: Mapped[str | None] = mapped_column(default=None)
    registered_at: Mapped[datetime | None] = mapped_column(default=None)
    not_registered_reason: Mapped[NotRegisteredReason | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    # The case that its reports are handled in now.
    merged_into_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("case.id"), index=True, default=None
    )
    version: Mapped[int] = mapped_column(default=1)


class CaseReport(Model):
    """A report (or finding, or information) in a case; it is in one case at a time."""

    __tablename__ = "case_report"
    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "ix_case_report_complaint_id_present",
            "complaint_id",
            unique=True,
            postgresql_where=text("separated_at IS NULL"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    # Complaints stand below cases and are found by their id.
    complaint_id: Mapped[UUID]
    joined_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    separated_at: Mapped[datetime | None] = mapped_column(default=None)


class CasePerson(Model):
    """A reported person of the case: as the report has it, or as an officer wrote it anew."""

    __tablename__ = "case_person"
    __table_args__ = (
        Index(None, "case_id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    named_at: Mapped[datetime]
    # The report that names the person, and its row there.
    complaint_id: Mapped[UUID | None] = mapped_column(default=None)
    complaint_person_id: Mapped[UUID | None] = mapped_column(default=None)
    # JSON: name, position, office, employee_number; empty while the report's own words stand.
    sealed: Mapped[bytes | None] = mapped_column(default=None)
    subject_group: Mapped[SubjectGroup | None] = mapped_column(default=None)
    position_group: Mapped[PositionGroup | None] = mapped_column(default=None)
    # The office of the directory that the person works for: its officers are walled off.
    office_id: Mapped[UUID | None] = mapped_column(default=None)
    # The same person named by another report is counted once.
    same_as_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_person.id"), default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_removal_reason: Mapped[bytes | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class RequirementCheck(Model):
    """What an officer found of one requirement in the initial review; the last word counts."""

    __tablename__ = "requirement_check"
    __table_args__ = (
        Index(None, "case_id", "requirement", unique=True),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    requirement: Mapped[Requirement]
    is_met: Mapped[bool]
    checked_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    sealed_note: Mapped[bytes | None] = mapped_column(default=None)
