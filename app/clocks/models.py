from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clocks.rules.calendars import HolidayKind
from app.clocks.rules.norms import (
    Breach,
    Confidence,
    OnTransfer,
    RollOver,
    StartEvent,
    Step,
    StopReason,
    Unit,
)
from app.clocks.rules.reminding import ReminderKind
from app.clocks.rules.running import Cause, Outcome
from app.core.database import Base, Json, Model, Scale
from app.elections.rules import Regime

_OPEN: Final = text("ended_at IS NULL")
_RUNNING: Final = text("ended_at IS NULL AND stopped_at IS NULL")
_PRESENT: Final = text("until_revision IS NULL")
_MOVED: Final = text("cause = 'recounted'")
_HOLIDAY: Final = ("day", "kind", "area_code")


class StoredNorm(Base, kw_only=True, eq=False):
    """What every row of the law says; `rules.norms.Norm` says what the columns mean."""

    __abstract__ = True

    code: Mapped[str] = mapped_column(primary_key=True, sort_order=-2)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)
    regime: Mapped[Regime]
    source: Mapped[str]
    confidence: Mapped[Confidence]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class OfDesk(Model, kw_only=True, eq=False):
    """What concerns one step of a subject, and the desk that must act."""

    __abstract__ = True

    subject_id: Mapped[UUID]
    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID]
    step: Mapped[Step]
    due_at: Mapped[datetime]
    due_on: Mapped[date]


class StoredRule(StoredNorm):
    """One version of a deadline; `rules.DeadlineRule` says what the columns mean."""

    __tablename__ = "deadline_rule"
    __table_args__ = (
        UniqueConstraint("regime", "step", "version"),
        {"info": {"scale": Scale.REFERENCE}},
    )

    step: Mapped[Step]
    amount: Mapped[int]
    unit: Mapped[Unit]
    start_event: Mapped[StartEvent]
    first_day_counts: Mapped[bool]
    end_of_day: Mapped[bool]
    roll_over: Mapped[RollOver]
    stops_on: Mapped[StopReason | None]
    extended_amount: Mapped[int | None]
    extended_unit: Mapped[Unit | None]
    on_transfer: Mapped[OnTransfer]
    breach: Mapped[Breach]
    # The revision that brought it; what an officer proposed, a shipped row does not replace.
    since_revision: Mapped[int] = mapped_column(default=1)


class StoredHours(StoredNorm):
    """One version of opening hours; `rules.OfficeHours` says what the columns mean."""

    __tablename__ = "office_hours"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    weekday: Mapped[int | None]
    opens: Mapped[time]
    closes: Mapped[time]


class CalendarRevision(Base):
    """One state of the law of time: which holidays and versions of rules there are."""

    __tablename__ = "calendar_revision"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"), init=False)
    # None for the first one, which came with the shipped rows.
    preview_id: Mapped[UUID | None] = mapped_column(default=None)


class StoredHoliday(Model):
    """A day off; `rules.Holiday` says what the columns mean."""

    __tablename__ = "holiday"
    __table_args__ = (
        Index("ix_holiday_present", *_HOLIDAY, unique=True, postgresql_where=_PRESENT),
        {"info": {"scale": Scale.REFERENCE}},
    )

    day: Mapped[date]
    kind: Mapped[HolidayKind]
    name: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[Confidence]
    area_code: Mapped[str]
    since_revision: Mapped[int]
    until_revision: Mapped[int | None] = mapped_column(default=None)


class DeadlineClock(OfDesk):
    """A deadline that runs, or ran, on a case or another subject: one step, one desk.

    `revision` is that of the law under which it was last counted; `due_on` is the last day in the
    zone of the desk, `due_at` the first moment too late.
    """

    __tablename__ = "deadline_clock"
    __table_args__ = (
        Index("ix_deadline_clock_open", "subject_id", "step", unique=True, postgresql_where=_OPEN),
        Index(None, "subject_id"),
        Index("ix_deadline_clock_desk", "office_id", "due_at", "id", postgresql_where=_OPEN),
        Index("ix_deadline_clock_due", "due_at", postgresql_where=_RUNNING),
        Index("ix_deadline_clock_revision", "revision", "id", postgresql_where=_OPEN),
        {"info": {"scale": Scale.LOCAL}},
    )

    time_zone: Mapped[str]
    regime: Mapped[Regime]
    rule_code: Mapped[str]
    rule_version: Mapped[int]
    started_at: Mapped[datetime]
    revision: Mapped[int]
    stopped_at: Mapped[datetime | None] = mapped_column(default=None)
    extended_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_extension_reason: Mapped[bytes | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[Outcome | None] = mapped_column(default=None)
    # Read only where it is asked for (`ClockKeeper.all_of`); it also tells SQLAlchemy which row
    # goes first.
    history: Mapped[list["ClockDue"]] = relationship(
        init=False, repr=False, lazy="raise", order_by="ClockDue.at, ClockDue.id"
    )


class ClockPause(Model):
    """From when until when a clock stood still, and why; open while `until` is empty."""

    __tablename__ = "clock_pause"
    __table_args__ = (Index(None, "clock_id"), {"info": {"scale": Scale.LOCAL}})

    clock_id: Mapped[UUID] = mapped_column(ForeignKey("deadline_clock.id"))
    since: Mapped[datetime]
    reason: Mapped[StopReason]
    until: Mapped[datetime | None] = mapped_column(default=None)


class ClockDue(Model):
    """A due date that a clock got, with all that it was counted from, so that it can be counted
    again; the pauses are those that were over `at` that moment."""

    __tablename__ = "clock_due"
    __table_args__ = (
        Index(None, "clock_id", "at"),
        Index("ix_clock_due_recounted", "calendar_revision", "clock_id", postgresql_where=_MOVED),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    clock_id: Mapped[UUID] = mapped_column(ForeignKey("deadline_clock.id"))
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    due_on: Mapped[date]
    rule_version: Mapped[int]
    calendar_revision: Mapped[int]
    cause: Mapped[Cause]
    started_at: Mapped[datetime]
    time_zone: Mapped[str]
    region_code: Mapped[str]
    extended: Mapped[bool]


class ClockPreview(Model):
    """A proposed change of the law, and what it would move; applied once another approves it."""

    __tablename__ = "clock_preview"
    __table_args__ = (Index(None, "proposed_at", "id"), {"info": {"scale": Scale.LOCAL}})

    region_id: Mapped[int]
    region_code: Mapped[str]
    proposed_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    office_id: Mapped[UUID | None]
    proposal: Mapped[Json]
    base_revision: Mapped[int]
    open_clocks: Mapped[int]
    moved: Mapped[int]
    earlier: Mapped[int]
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_by_id: Mapped[UUID | None] = mapped_column(default=None)
    revision: Mapped[int | None] = mapped_column(default=None)


class ClockMove(OfDesk):
    """An open clock that a proposed change would move, as it stood when it was proposed."""

    __tablename__ = "clock_move"
    __table_args__ = (Index(None, "preview_id", "due_at", "id"), {"info": {"scale": Scale.LOCAL}})

    preview_id: Mapped[UUID] = mapped_column(ForeignKey("clock_preview.id"))
    clock_id: Mapped[UUID]
    new_due_at: Mapped[datetime]
    new_due_on: Mapped[date]


class ClockReminder(OfDesk):
    """A desk is told, once for each due date, that a step is nearly due, due, or late."""

    __tablename__ = "clock_reminder"
    __table_args__ = (
        UniqueConstraint("clock_id", "kind", "due_at"),
        Index(None, "office_id", "at", "id"),
        Index(None, "at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    clock_id: Mapped[UUID] = mapped_column(ForeignKey("deadline_clock.id"))
    kind: Mapped[ReminderKind]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None] = mapped_column(default=None)
