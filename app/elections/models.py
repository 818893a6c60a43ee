from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Scale
from app.elections.rules import ElectedOffice, Regime, StageCode


class Election(Base):
    __tablename__ = "election"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    regime: Mapped[Regime]
    name_id: Mapped[str]
    name_en: Mapped[str]
    voting_on: Mapped[date]
    source: Mapped[str]


class ElectionArea(Base):
    """A region that elects somebody; codes are those of today's list, also for past elections."""

    __tablename__ = "election_area"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    election_code: Mapped[str] = mapped_column(ForeignKey("election.code"), primary_key=True)
    region_code: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[ElectedOffice] = mapped_column(primary_key=True)


class ElectionStage(Base):
    """When a stage runs: for all areas (`00`), or for one that was given other dates."""

    __tablename__ = "election_stage"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    election_code: Mapped[str] = mapped_column(ForeignKey("election.code"), primary_key=True)
    region_code: Mapped[str] = mapped_column(primary_key=True)
    stage: Mapped[StageCode] = mapped_column(primary_key=True)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    source: Mapped[str]
