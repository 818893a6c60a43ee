from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import ActorKind
from app.core.database import Base, Model, Scale
from app.declarations.rules.changes import Change, Rule, WithdrawalReason


class SignatureChange(Base):
    """What was done to a signature after it was given, and by whom: added to, never altered."""

    __tablename__ = "signature_change"
    __table_args__ = (
        ForeignKeyConstraint(
            ["region_id", "signature_id"], ["signature.region_id", "signature.id"]
        ),
        Index(None, "region_id", "signature_id", "at"),
        Index(
            "ix_signature_change_invalidation",
            "region_id",
            "invalidation_id",
            postgresql_where=text("invalidation_id IS NOT NULL"),
        ),
        {"info": {"scale": Scale.NATIONAL, "append_only": True}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    signature_id: Mapped[UUID]
    region_code: Mapped[str]
    change: Mapped[Change]
    rule: Mapped[Rule | None]
    why: Mapped[WithdrawalReason | None]
    invalidation_id: Mapped[UUID | None]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]
    at: Mapped[datetime]
    # In the log `declarations`; a judgement that changes nothing that counts has none.
    leaf_index: Mapped[int | None] = mapped_column(BigInteger)


class SignatureReason(Base):
    """Free words of the organiser on a change, and the number of the letter that he acts on; under
    the id of the change, and gone with the person."""

    __tablename__ = "signature_reason"
    __table_args__ = (
        ForeignKeyConstraint(
            ["region_id", "signature_id"], ["signature.region_id", "signature.id"]
        ),
        Index(None, "region_id", "signature_id"),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    signature_id: Mapped[UUID]
    region_code: Mapped[str]
    sealed: Mapped[bytes]


class Invalidation(Model):
    """Signatures that a rule found in one declaration: counted first, then applied, reversible."""

    __tablename__ = "invalidation"
    __table_args__ = (
        Index(None, "declaration_id", "previewed_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    rule: Mapped[Rule]
    found: Mapped[int]
    # There were more than one preview holds: apply it, then look again.
    is_complete: Mapped[bool]
    previewed_at: Mapped[datetime]
    previewed_by: Mapped[UUID | None]
    # The next step begins after so many of them.
    invalidated: Mapped[int] = mapped_column(default=0)
    # Of the last step.
    applied_at: Mapped[datetime | None] = mapped_column(default=None)
    applied_by: Mapped[UUID | None] = mapped_column(default=None)
    reversed_at: Mapped[datetime | None] = mapped_column(default=None)
    reversed_by: Mapped[UUID | None] = mapped_column(default=None)
    reinstated: Mapped[int] = mapped_column(default=0)


class InvalidationFind(Model):
    """One signature that a rule found, as the preview showed it."""

    __tablename__ = "invalidation_find"
    __table_args__ = (
        Index(None, "invalidation_id", "found_at", "id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    invalidation_id: Mapped[UUID] = mapped_column(ForeignKey("invalidation.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    signature_id: Mapped[UUID]
    leaf_index: Mapped[int] = mapped_column(BigInteger)
    found_at: Mapped[datetime]
