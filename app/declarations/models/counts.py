"""What is kept counted, so that millions of signatures need not be counted again and again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Scale
from app.declarations.rules.kinds import Group, SignatoryRole
from app.ledger.rules.logs import LogName


class CoveredTarget(Base):
    """A target for whom a valid signature stands, by whichever way it was given."""

    __tablename__ = "covered_target"
    # No key to the target: checking it would hold up whoever counts a rush.
    __table_args__ = ({"info": {"scale": Scale.NATIONAL}},)

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    target_id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str]


class Coverage(Base):
    """How many of those who should sign have signed: by office, and without one by regency.

    Only who holds the row of `CoveredLog` changes it, so that no count is lost.
    """

    __tablename__ = "coverage"
    __table_args__ = (
        Index(None, "declaration_id", "office", "region_code"),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    declaration_id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(primary_key=True)
    # Empty: all offices of the regency, so that a whole country is 514 rows.
    office: Mapped[str] = mapped_column(primary_key=True)
    targets: Mapped[int]
    signed: Mapped[int]


class SignatureCount(Base):
    """How many valid signatures the leaves of the log tell of, in the words of the leaves."""

    __tablename__ = "signature_count"
    __table_args__ = (Index(None, "declaration_id"), {"info": {"scale": Scale.NATIONAL}})

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    declaration_id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(primary_key=True)
    text_hash: Mapped[str] = mapped_column(primary_key=True)
    group: Mapped[Group] = mapped_column(primary_key=True)
    role: Mapped[SignatoryRole] = mapped_column(primary_key=True)
    number: Mapped[int]


class CountedLog(Base):
    """How far the tallies have come in a log; whoever counts holds this row until the commit."""

    __tablename__ = "counted_log"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    log: Mapped[LogName] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    # When the last leaf counted here was published.
    counted_at: Mapped[datetime | None] = mapped_column(default=None)


class CoveredLog(Base):
    """How far coverage has come in a log; whoever changes coverage holds this row until the
    commit."""

    __tablename__ = "covered_log"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    log: Mapped[LogName] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
