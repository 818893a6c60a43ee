"""What invited offices are written by e-mail: when, with which word for their calendars, and when
there is nothing left to say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.clocks.rules.reminding import LATE_AFTER, LONGEST_LEAD, ReminderKind
from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.correspondence.rules.notices import NoticeState
from app.rakor.rules.attendance import Answer, InvitationSeat
from app.rakor.rules.events import Stage

ANSWERING: Final = timedelta(minutes=10)
"""An answer is confirmed after it, so that who changes his mind at once gets one letter."""

TIME_TO_PLAN: Final = timedelta(days=3)
"""Our policy: an organiser has so long to plan with the answers, where no day was named."""


class MailKind(StrEnum):
    """Why an office is written to."""

    INVITATION = "invitation"
    UPDATE = "update"
    ANSWER = "answer"
    SEAT_GIVEN = "seat_given"
    REMINDER = "reminder"
    CANCELLATION = "cancellation"
    WITHDRAWAL = "withdrawal"


class Method(StrEnum):
    """What a calendar is told to do (RFC 5546, 3.2)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Partstat(StrEnum):
    """What a calendar says of an invited office (RFC 5545, 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


ENDS: Final = frozenset({MailKind.CANCELLATION, MailKind.WITHDRAWAL})
"""After these the office is not expected any more."""


@dataclass(frozen=True)
class Standing:
    """How things are with an invitation at the moment of writing; `told` is the highest SEQUENCE
    that reached the office."""

    stage: Stage
    is_over: bool
    is_withdrawn: bool
    answer: Answer | None
    seat: InvitationSeat | None
    sequence: int
    told: int | None


_STILL: Final[Mapping[MailKind, Callable[[Standing], bool]]] = {
    MailKind.INVITATION: lambda now: True,
    MailKind.UPDATE: lambda now: now.told is None or now.told < now.sequence,
    MailKind.ANSWER: lambda now: now.answer is not None,
    MailKind.SEAT_GIVEN: lambda now: now.seat is InvitationSeat.HELD,
    MailKind.REMINDER: lambda now: now.answer is None,
}


_COMES_TO_NOTHING: Final = frozenset({Stage.PUBLISHED, Stage.CANCELLED})
"""Who was withdrawn before it was cancelled hears of no cancellation."""


def is_still_news(kind: MailKind, now: Standing) -> bool:
    """Whether a letter that was queued is still true, and of use, when it is sent."""
    if now.is_over:
        return False
    if kind is MailKind.CANCELLATION:
        return now.stage is Stage.CANCELLED and not now.is_withdrawn
    if kind is MailKind.WITHDRAWAL:
        return now.stage in _COMES_TO_NOTHING and now.is_withdrawn
    return now.stage is Stage.PUBLISHED and not now.is_withdrawn and _STILL[kind](now)


def method_of(kind: MailKind) -> Method:
    return Method.CANCEL if kind in ENDS else Method.REQUEST


def sequence_of(kind: MailKind, sequence: int) -> int:
    """The SEQUENCE of a letter: withdrawing leaves that of the event, and is later than all."""
    return sequence + 1 if kind is MailKind.WITHDRAWAL else sequence


def partstat_of(answer: Answer | None, seat: InvitationSeat | None) -> Partstat:
    """As the office answered; who waits may still have to stay at home."""
    if answer is None:
        return Partstat.NEEDS_ACTION
    if answer is Answer.DECLINED:
        return Partstat.DECLINED
    return Partstat.TENTATIVE if seat is InvitationSeat.WAITING else Partstat.ACCEPTED


def check_answers_due(answers_due_on: date | None, starts_on: date) -> None:
    if answers_due_on is not None and answers_due_on > starts_on:
        raise Invalid(
            Fault(
                "/answers_due_on",
                "after-start",
                Text("Sesudah kegiatan dimulai.", "After the event has begun."),
            )
        )


def answers_due(answers_due_on: date | None, starts_on: date) -> date:
    """The last day to answer: the one named, or three days before the event."""
    return answers_due_on or starts_on - TIME_TO_PLAN


def reminded_at(kind: ReminderKind, due_on: date, zone: str) -> datetime:
    """The moment from which an office without an answer is reminded, by the house's clocks."""
    end = midnight(due_on + timedelta(days=1), zone)
    by = {
        ReminderKind.BEFORE: -LONGEST_LEAD,
        ReminderKind.AT: timedelta(),
        ReminderKind.AFTER: LATE_AFTER,
    }
    return end + by[kind]


def midnight(on: date, zone: str) -> datetime:
    """The moment at which a day begins at the venue, in UTC."""
    return datetime.combine(on, time.min, ZoneInfo(zone)).astimezone(UTC)


def last_reminder(due_on: date, starts_on: date, zone: str, now: datetime) -> ReminderKind | None:
    """Which reminder has come last; none once the event has begun."""
    if now >= midnight(starts_on, zone):
        return None
    come = [kind for kind in ReminderKind if reminded_at(kind, due_on, zone) <= now]
    return come[-1] if come else None


MAIL_KINDS: Final[Mapping[StrEnum, Text]] = {
    MailKind.INVITATION: Text("Undangan", "Invitation"),
    MailKind.UPDATE: Text("Perubahan", "Update"),
    MailKind.ANSWER: Text("Jawaban tercatat", "Answer recorded"),
    MailKind.SEAT_GIVEN: Text("Mendapat tempat", "Seat given"),
    MailKind.REMINDER: Text("Pengingat", "Reminder"),
    MailKind.CANCELLATION: Text("Pembatalan", "Cancellation"),
    MailKind.WITHDRAWAL: Text("Penarikan undangan", "Withdrawal"),
}

MAIL_STATES: Final[Mapping[StrEnum, Text]] = {
    NoticeState.PENDING: Text("Menunggu dikirim", "Waiting to be sent"),
    NoticeState.SENT: Text("Terkirim", "Sent"),
    NoticeState.UNDELIVERABLE: Text("Tidak terkirim", "Undeliverable"),
}
