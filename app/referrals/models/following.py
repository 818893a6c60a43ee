from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.decisions import SubjectGroup
from app.core.database import Model, Scale
from app.referrals.rules.control import ControlKind
from app.referrals.rules.stages import AuthorityStage
from app.referrals.rules.states import FollowUpStatus
from app.referrals.rules.steps import ReferralSide


class ReferralPerson(Model):
    """One person of a referral and how the matter stands for him; who it is lies in the dossier."""

    __tablename__ = "referral_person"
    __table_args__ = (
        Index(None, "referral_id", "person_id", unique=True),
        Index(None, "person_id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("case_person.id"))
    subject_group: Mapped[SubjectGroup | None]
    status: Mapped[FollowUpStatus | None]
    idis_number: Mapped[str | None] = mapped_column(default=None)
    idis_recorded_at: Mapped[datetime | None] = mapped_column(default=None)


class FollowUp(Model):
    """What was said of one person, by which side, and when; the last word counts."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index(None, "referral_id", "at", "id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[UUID]
    status: Mapped[FollowUpStatus]
    side: Mapped[ReferralSide]
    at: Mapped[datetime]
    office_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    sealed_note: Mapped[bytes | None] = mapped_column(default=None)


class Ruling(Model):
    """What a decree says of one person: one row for each sanction, or one that nothing is proven.

    A later decree takes the place of an earlier one.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        Index(None, "referral_id", "at", "id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[UUID]
    # None: not proven.
    sanction_code: Mapped[str | None]
    sanction_version: Mapped[int | None]
    months: Mapped[int | None]
    decree_number: Mapped[str]
    decree_on: Mapped[date]
    effective_on: Mapped[date | None]
    side: Mapped[ReferralSide]
    at: Mapped[datetime]
    office_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]


class ControlAction(Model):
    """BKN reprimanded a staffing authority, or blocked or unblocked the record of a person."""

    __tablename__ = "control_action"
    __table_args__ = (
        Index(None, "referral_id", "at", "id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    # None: the staffing authority itself.
    person_id: Mapped[UUID | None]
    kind: Mapped[ControlKind]
    letter_number: Mapped[str]
    letter_on: Mapped[date]
    side: Mapped[ReferralSide]
    at: Mapped[datetime]
    office_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]


class ReferralStage(Model):
    """A stage was reached at the authority at `at`, and recorded later."""

    __tablename__ = "referral_stage"
    __table_args__ = (
        Index(None, "referral_id", "at", "id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    stage: Mapped[AuthorityStage]
    side: Mapped[ReferralSide]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    office_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
