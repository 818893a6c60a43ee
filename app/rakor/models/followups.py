from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.clocks.rules.reminding import ReminderKind
from app.core.database import Model, Scale
from app.correspondence.rules.notices import NoticeState
from app.rakor.rules.followups import EventFollowUpState

_LOCAL: Final = {"info": {"scale": Scale.LOCAL}}
_UNFINISHED: Final = text("state IN ('open', 'in_progress')")


class EventFollowUp(Model):
    """What an office is to do after an event, and by when; who has the code reports for it.

    `region_code` is the area of the event; an office elsewhere sees it by a grant. `due_at` is
    the first moment too late.
    """

    __tablename__ = "event_follow_up"
    __table_args__ = (
        Index(None, "event_id", "number", unique=True),
        Index(None, "due_at", "id"),
        Index("ix_event_follow_up_office", "office_id", "due_at", postgresql_where=_UNFINISHED),
        Index(None, "code_hash", unique=True),
        _LOCAL,
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    organiser_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    number: Mapped[int]
    action: Mapped[str]
    decision_number: Mapped[int | None]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    office_name: Mapped[str]
    office_region_code: Mapped[str]
    due_on: Mapped[date]
    time_zone: Mapped[str]
    due_at: Mapped[datetime]
    code_hash: Mapped[bytes]
    planned_at: Mapped[datetime]
    state: Mapped[EventFollowUpState] = mapped_column(default=EventFollowUpState.OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class FollowUpReport(Model):
    """What was said of a follow-up when it took a step; words and links are sealed."""

    __tablename__ = "event_follow_up_report"
    __table_args__ = (
        Index(None, "follow_up_id", "reported_at"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("event_follow_up.id"))
    state: Mapped[EventFollowUpState]
    sealed: Mapped[bytes]
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"))
    reported_at: Mapped[datetime]
    # None where it came by the code: who holds it is not known to us.
    reported_by: Mapped[UUID | None]


class FollowUpAddress(Model):
    """Where an office is reminded by e-mail, and the code that it reports with, sealed together;
    under the id of the follow-up."""

    __tablename__ = "event_follow_up_address"
    __table_args__ = (_LOCAL,)

    id: Mapped[UUID] = mapped_column(ForeignKey("event_follow_up.id"), primary_key=True)
    sealed: Mapped[bytes]


class FollowUpReminder(Model):
    """A desk is told, once, that a follow-up is nearly due, due, or late; and where the office
    has left an address, it is told by e-mail."""

    __tablename__ = "event_follow_up_reminder"
    __table_args__ = (
        Index(None, "follow_up_id", "kind", unique=True),
        Index(None, "at", "id"),
        Index(
            "ix_event_follow_up_reminder_mail",
            "mail_due_at",
            postgresql_where=text("mail_state = 'pending'"),
        ),
        _LOCAL,
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("event_follow_up.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    kind: Mapped[ReminderKind]
    due_on: Mapped[date]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None] = mapped_column(default=None)
    # None where there is no address.
    mail_state: Mapped[NoticeState | None] = mapped_column(default=None)
    mail_due_at: Mapped[datetime | None] = mapped_column(default=None)
    mail_tries: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class CarriedFollowUp(Model):
    """An unfinished follow-up on the agenda of a later event, in one session of it."""

    __tablename__ = "carried_follow_up"
    __table_args__ = (Index(None, "event_id", "follow_up_id", unique=True), _LOCAL)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    # With its session it leaves the agenda.
    session_id: Mapped[UUID] = mapped_column(ForeignKey("event_session.id", ondelete="CASCADE"))
    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("event_follow_up.id"))
    carried_at: Mapped[datetime]
