from datetime import date

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.violations import Severity
from app.clocks.rules.norms import Confidence
from app.core.database import Base, Scale
from app.offices.rules import OfficeKind
from app.referrals.rules.authorities import Flow, Instrument
from app.referrals.rules.sanctions import Ladder


class StoredAuthority(Base):
    """One version of an authority; `rules.authorities.Authority` says what the columns mean."""

    __tablename__ = "authority"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name_id: Mapped[str]
    name_en: Mapped[str]
    flow: Mapped[Flow]
    instrument: Mapped[Instrument]
    categories: Mapped[list[str]] = mapped_column(JSONB)
    groups: Mapped[list[str]] = mapped_column(JSONB)
    office_kind: Mapped[OfficeKind]
    source: Mapped[str]
    confidence: Mapped[Confidence]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class StoredSanctionKind(Base):
    """One version of a sanction; `rules.sanctions.SanctionKind` says what the columns mean."""

    __tablename__ = "sanction_kind"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ladder: Mapped[Ladder]
    severity: Mapped[Severity]
    name_id: Mapped[str]
    name_en: Mapped[str]
    least_months: Mapped[int | None]
    most_months: Mapped[int | None]
    groups: Mapped[list[str]] = mapped_column(JSONB)
    instrument: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[Confidence]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
