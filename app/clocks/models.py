from datetime import date, time

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.clocks.rules import Confidence, StartEvent, Step, Unit
from app.core.database import Base, Scale
from app.elections.rules import Regime


class StoredRule(Base):
    """One version of a deadline; `rules.DeadlineRule` says what the columns mean."""

    __tablename__ = "deadline_rule"
    __table_args__ = (
        UniqueConstraint("regime", "step", "version"),
        {"info": {"scale": Scale.REFERENCE}},
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    regime: Mapped[Regime]
    step: Mapped[Step]
    amount: Mapped[int]
    unit: Mapped[Unit]
    start_event: Mapped[StartEvent]
    first_day_counts: Mapped[bool]
    end_of_day: Mapped[bool]
    source: Mapped[str]
    confidence: Mapped[Confidence]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class StoredHours(Base):
    """One version of opening hours; `rules.OfficeHours` says what the columns mean."""

    __tablename__ = "office_hours"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    regime: Mapped[Regime]
    weekday: Mapped[int | None]
    opens: Mapped[time]
    closes: Mapped[time]
    source: Mapped[str]
    confidence: Mapped[Confidence]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
