"""What the figures are kept in: facts, their changes, the counts of nation and provinces."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Scale
from app.stats.rules.units import Unit


class Told(Base, kw_only=True, eq=False):
    """By what things are told apart; empty where a unit has no such thing, `unknown` where nobody
    has recorded it. Lists hold what one thing can have several of."""

    __abstract__ = True

    # Empty: of no election.
    election_code: Mapped[str]
    region_code: Mapped[str]
    day: Mapped[date]
    stage: Mapped[str]
    status: Mapped[str]
    channel: Mapped[str]
    source: Mapped[str]
    outcome: Mapped[str]
    furthest_step: Mapped[str]
    follow_up: Mapped[str]
    subject_group: Mapped[str]
    position_group: Mapped[str]
    days: Mapped[str]
    kind: Mapped[list[str]] = mapped_column(ARRAY(Text))
    result_category: Mapped[list[str]] = mapped_column(ARRAY(Text))
    violation_kind: Mapped[list[str]] = mapped_column(ARRAY(Text))


class FigureFact(Told):
    """What one thing counts as now; a figure of a regency, or of less, is counted from these."""

    __tablename__ = "figure_fact"
    __table_args__ = (
        Index(
            "ix_figure_fact_unit_region_code_prefix",
            "unit",
            "region_code",
            "day",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    unit: Mapped[Unit] = mapped_column(primary_key=True)
    thing_id: Mapped[UUID] = mapped_column(primary_key=True)
    # Which step of a case; empty where a thing is counted as one.
    part: Mapped[str] = mapped_column(primary_key=True, default="")


class FigureDelta(Told):
    """How a fold changed the figures, and why: an act, or that all was told anew; never
    changed itself."""

    __tablename__ = "figure_delta"
    __table_args__ = (
        Index(None, "unit", "fold"),
        Index(None, "fold", "at"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit: Mapped[Unit]
    fold: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    reason: Mapped[str]
    change: Mapped[int]


class FigureCell(Base):
    """How many things of a unit have this code, or these two, in the nation or in one province.

    `area` is empty for the nation; `by_a` is empty for the total, `by_b` where one dimension tells
    them apart. Only who holds the row of `FigureState` changes it.
    """

    __tablename__ = "figure_cell"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    unit: Mapped[Unit] = mapped_column(primary_key=True)
    by_a: Mapped[str] = mapped_column(primary_key=True)
    by_b: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    election_code: Mapped[str] = mapped_column(primary_key=True)
    code_a: Mapped[str] = mapped_column(primary_key=True)
    code_b: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class FigureState(Base):
    """How far the figures are; whoever folds holds this one row until the commit."""

    __tablename__ = "figure_state"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    name: Mapped[str] = mapped_column(primary_key=True)
    # The number of the last fold that changed a figure, and its moment.
    fold: Mapped[int] = mapped_column(BigInteger, default=0)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"), init=False)
    # The first fold of which the changes are kept: no older snapshot can be asked again.
    first_fold: Mapped[int] = mapped_column(BigInteger, default=0)
    # Entries of transactions below this one are folded, and leaves of the log below that one.
    since_transaction: Mapped[int] = mapped_column(BigInteger, default=0)
    leaves: Mapped[int] = mapped_column(BigInteger, default=0)
    # In which cluster, as its transactions are numbered.
    cluster: Mapped[int] = mapped_column(BigInteger, default=0)
    # The election calendars by which stages were told.
    calendar: Mapped[str] = mapped_column(default="")
    # Where all is being told anew: of which unit now, and behind which thing of it.
    retelling: Mapped[Unit | None] = mapped_column(default=None)
    retold: Mapped[UUID | None] = mapped_column(default=None)


class FigureStage(Base):
    """Which stage counts on which days: of several that run, the one that began last."""

    __tablename__ = "figure_stage"
    __table_args__ = ({"info": {"scale": Scale.LOCAL}},)

    election_code: Mapped[str] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date]
    stage: Mapped[str]
