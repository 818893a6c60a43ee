from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Json, Model, Scale
from app.core.places import NATIONAL
from app.elections.rules import Regime
from app.stats.rules.baselines import BaselineStatus, BaselineUnit, Relation


class StoredBaseline(Base):
    """A figure that others published or said; `rules.baselines.Baseline` says what it means."""

    __tablename__ = "baseline"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    # Also of elections that Netra does not know: 2015, 2017 and 2018.
    election_code: Mapped[str]
    year: Mapped[int]
    regime: Mapped[Regime]
    cut_off: Mapped[date | None]
    unit: Mapped[BaselineUnit]
    part: Mapped[str]
    figure: Mapped[float]
    at_most: Mapped[float | None]
    relation: Mapped[Relation]
    region_code: Mapped[str | None]
    status: Mapped[BaselineStatus]
    reconciles: Mapped[bool]
    voting_regions: Mapped[int | None]
    basis: Mapped[bool]
    words_id: Mapped[str]
    words_en: Mapped[str]
    source_id: Mapped[str]
    source: Mapped[str]


class PublicForecast(Model):
    """What was published of one forecast on one day: written once, never changed.

    `payload` is a `FrozenForecast`.
    """

    __tablename__ = "public_forecast"
    __table_args__ = (
        UniqueConstraint("election_code", "unit", "day"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    election_code: Mapped[str]
    unit: Mapped[str]
    day: Mapped[date]
    payload: Mapped[Json]
    frozen_at: Mapped[datetime]
    region_id: Mapped[int] = mapped_column(default=NATIONAL.region_id)
    region_code: Mapped[str] = mapped_column(default=NATIONAL.region_code)
