from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.transfers import CustodyReason, OfferState
from app.core.database import Model, Scale


class Custody(Model):
    """Who held a case from when until when.

    The constraints make a chain of it: one beginning, one end, and each link begins at the very
    moment at which the one before it ended; so no case ever has two holders, nor none.
    """

    __tablename__ = "custody"
    __table_args__ = (
        UniqueConstraint("case_id", "until"),
        ForeignKeyConstraint(
            ["case_id", "follows"], ["custody.case_id", "custody.until"], name="fk_custody_follows"
        ),
        CheckConstraint("follows = since", "no_gap"),
        CheckConstraint("until > since", "takes_time"),
        Index(
            "ix_custody_case_id_first",
            "case_id",
            unique=True,
            postgresql_where=text("follows IS NULL"),
        ),
        Index(
            "ix_custody_case_id_present",
            "case_id",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
        UniqueConstraint("case_id", "follows"),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    office_id: Mapped[UUID]
    reason: Mapped[CustodyReason]
    since: Mapped[datetime]
    # The end of the link before this one; empty in the first.
    follows: Mapped[datetime | None] = mapped_column(default=None)
    until: Mapped[datetime | None] = mapped_column(default=None)
    letter_number: Mapped[str | None] = mapped_column(default=None)
    sealed_reason: Mapped[bytes | None] = mapped_column(default=None)
    offer_id: Mapped[UUID | None] = mapped_column(default=None)


class TransferOffer(Model):
    """A case offered to another office: it is accepted, rejected with a reason, or expires."""

    __tablename__ = "transfer_offer"
    __table_args__ = (
        Index(None, "case_id", "offered_at", "id"),
        Index(
            "ix_transfer_offer_case_id_open",
            "case_id",
            unique=True,
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index(None, "to_office_id", "offered_at", "id"),
        Index(None, "from_office_id", "offered_at", "id"),
        Index(
            "ix_transfer_offer_expires_at_open",
            "expires_at",
            postgresql_where=text("answered_at IS NULL"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    from_office_id: Mapped[UUID]
    to_office_id: Mapped[UUID]
    letter_number: Mapped[str]
    sealed_reason: Mapped[bytes]
    offered_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    state: Mapped[OfferState] = mapped_column(default=OfferState.OFFERED)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[UUID | None] = mapped_column(default=None)
    sealed_answer: Mapped[bytes | None] = mapped_column(default=None)
