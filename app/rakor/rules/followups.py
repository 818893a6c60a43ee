"""The follow-up plan of an event (rencana tindak lanjut): who does what by when."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from app.clocks.rules.reminding import ReminderKind
from app.core.errors import Conflict, Fault, Invalid, NotAllowed, RuleBroken
from app.core.texts import Text


class EventFollowUpState(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


NEXT: Final[Mapping[EventFollowUpState, frozenset[EventFollowUpState]]] = {
    EventFollowUpState.OPEN: frozenset(
        {EventFollowUpState.IN_PROGRESS, EventFollowUpState.DONE, EventFollowUpState.CANCELLED}
    ),
    EventFollowUpState.IN_PROGRESS: frozenset(
        {EventFollowUpState.DONE, EventFollowUpState.CANCELLED}
    ),
    EventFollowUpState.DONE: frozenset(),
    EventFollowUpState.CANCELLED: frozenset(),
}

UNFINISHED: Final = frozenset({EventFollowUpState.OPEN, EventFollowUpState.IN_PROGRESS})

LEAD: Final = timedelta(days=3)
"""Our policy: three days are left to act when an office is first reminded. No law asks us to."""

LATE_AFTER: Final = timedelta(days=7)
"""Our policy: what is still not done a week later is said once more."""

LOOKED_BACK: Final = timedelta(days=14)
"""So long the worker may be away; what is older stands in the list of what is overdue."""


class FollowUpStepRefused(Conflict):
    """What is done or cancelled stays so."""

    code = "follow-up-step-refused"
    text = Text(
        "Tindak lanjut tidak dapat melangkah ke keadaan itu dari keadaan sekarang.",
        "The follow-up cannot take this step from its present state.",
    )


class NotResponsible(NotAllowed):
    """What an office did is told by itself, or by the organiser who asked for it."""

    code = "not-responsible"
    text = Text(
        "Hanya kantor penanggung jawab atau penyelenggara yang melaporkan tindak lanjut ini.",
        "Only the responsible office or the organiser reports on this follow-up.",
    )


class NothingToCarry(Conflict):
    """There is nothing unfinished in the earlier events that is not on this agenda already."""

    code = "nothing-to-carry"
    text = Text(
        "Tidak ada tindak lanjut yang belum selesai dari kegiatan itu untuk dibawa.",
        "Those events have no unfinished follow-up that could be carried here.",
    )


def step(now: EventFollowUpState, wanted: EventFollowUpState) -> EventFollowUpState:
    """Return the new state, or refuse the step."""
    if wanted not in NEXT[now]:
        raise FollowUpStepRefused
    return wanted


def check_unfinished(now: EventFollowUpState) -> None:
    """What is done or cancelled needs no code any more."""
    if now not in UNFINISHED:
        raise FollowUpStepRefused


def check_due(due_on: date, starts_on: date) -> None:
    """What a meeting agrees on is not due before it."""
    if due_on < starts_on:
        raise Invalid(
            Fault(
                "/due_on",
                "due-before-event",
                Text("Jatuh tempo sebelum kegiatan dimulai.", "It is due before the event begins."),
            )
        )


def due_at(due_on: date, zone: str) -> datetime:
    """The first moment too late: the end of the day at the venue, in UTC."""
    midnight = datetime.combine(due_on + timedelta(days=1), time.min, ZoneInfo(zone))
    return midnight.astimezone(UTC)


def is_overdue(state: EventFollowUpState, due: datetime, now: datetime) -> bool:
    return state in UNFINISHED and due <= now


def check_reporter(*, is_responsible: bool, is_organiser: bool) -> None:
    if not (is_responsible or is_organiser):
        raise NotResponsible


def check_proof(evidence_id: UUID | None, link: str | None, note: str | None) -> None:
    """Who says that it is done shows it: by a file, by a link, or in words."""
    if evidence_id is None and link is None and note is None:
        raise RuleBroken(
            "proof-missing",
            Text(
                "Sertakan bukti: berkas, tautan, atau keterangan.",
                "Add a proof: a file, a link, or a note.",
            ),
        )


def check_earlier(starts_on: Sequence[date], agenda_of: date) -> None:
    """Follow-ups go from earlier events to a later one; the fault names which is not earlier."""
    faults = [
        Fault(
            f"/from_event_ids/{place}",
            "not-earlier",
            Text(
                "Kegiatan ini bukan kegiatan yang lebih awal.", "This event is not an earlier one."
            ),
        )
        for place, each in enumerate(starts_on)
        if each >= agenda_of
    ]
    if faults:
        raise Invalid(*faults)


def due_between(kind: ReminderKind, now: datetime) -> tuple[datetime, datetime]:
    """Due after the first and by the second moment: then this reminder has come."""
    match kind:
        case ReminderKind.BEFORE:
            return now, now + LEAD
        case ReminderKind.AT:
            return now - LATE_AFTER, now
        case ReminderKind.AFTER:
            return now - LOOKED_BACK, now - LATE_AFTER


def is_still_said(kind: ReminderKind, due: datetime, now: datetime) -> bool:
    """Whether a reminder that waited still says what is so; a later one says the rest."""
    after, until = due_between(kind, now)
    return after < due <= until


FOLLOW_UP_STATES: Final[Mapping[StrEnum, Text]] = {
    EventFollowUpState.OPEN: Text("Belum dimulai", "Open"),
    EventFollowUpState.IN_PROGRESS: Text("Sedang dikerjakan", "In progress"),
    EventFollowUpState.DONE: Text("Selesai", "Done"),
    EventFollowUpState.CANCELLED: Text("Dibatalkan", "Cancelled"),
}
