from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.decisions import Category
from app.cases.rules.violations import Severity
from app.core.database import Model, Scale
from app.elections.rules import Regime
from app.referrals.rules.authorities import Flow, Instrument
from app.referrals.rules.states import ReferralState


class Referral(Model):
    """What was forwarded to one authority: its letter, its sealed dossier, and where it stands.

    The addressee sees this and nothing else of the case.
    """

    __tablename__ = "referral"
    __table_args__ = (
        Index(None, "case_id", "forwarded_at", "id"),
        Index(
            "ix_referral_region_code_prefix",
            "region_code",
            "next_due_at",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        Index(None, "next_due_at", "id"),
        Index(None, "state", "next_due_at", "id"),
        Index(None, "authority_code", "next_due_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    # Cases stand on the floor below.
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    regime: Mapped[Regime]
    category: Mapped[Category]
    authority_code: Mapped[str]
    authority_version: Mapped[int]
    flow: Mapped[Flow]
    instrument: Mapped[Instrument]
    # Who forwarded; empty addressees have no office here and answer on paper.
    from_office_id: Mapped[UUID]
    office_id: Mapped[UUID | None]
    letter_number: Mapped[str]
    letter_on: Mapped[date]
    recommended_severity: Mapped[Severity | None]
    violation_kinds: Mapped[list[str]] = mapped_column(JSONB)
    sealed_dossier: Mapped[bytes]
    dossier_sha256: Mapped[str]
    forwarded_at: Mapped[datetime]
    forwarded_by: Mapped[UUID | None]
    persons: Mapped[int]
    state: Mapped[ReferralState] = mapped_column(default=ReferralState.FORWARDED)
    next_due_at: Mapped[datetime | None] = mapped_column(default=None)
    next_due_on: Mapped[date | None] = mapped_column(default=None)
    acknowledged_at: Mapped[datetime | None] = mapped_column(default=None)
    acknowledgement_number: Mapped[str | None] = mapped_column(default=None)
    relayed_to_id: Mapped[UUID | None] = mapped_column(default=None)
    relayed_at: Mapped[datetime | None] = mapped_column(default=None)
    relay_letter_number: Mapped[str | None] = mapped_column(default=None)
    relay_letter_on: Mapped[date | None] = mapped_column(default=None)
    returned_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_return_reason: Mapped[bytes | None] = mapped_column(default=None)
    # Returned, and forwarded again since.
    replaced_at: Mapped[datetime | None] = mapped_column(default=None)
    concluded_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_result: Mapped[bytes | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
