"""What holds for the plan of an event: how it is filed as prevention, joined and copied."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text
from app.rakor.rules.events import EventKind, Mode, Stage

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 30)
"""Beyond these no session could be told: its moments would leave the years that we compute in."""

MOST_COPIES: Final = 60
"""A meeting of every week, for a year."""


OF_FORM: Final = frozenset(
    {
        "prevention_form",
        "description",
        "other_stage",
        "assignment_letter",
        "repository_link",
        "electoral_territory",
    }
)
"""What of the plan only the Form Pencegahan asks for: nobody plans by it, and much of it is known
only afterwards."""


class PreventionForm(StrEnum):
    """The seven forms of prevention (SK Bawaslu 274/PM.00.00/K1/08/2022)."""

    VULNERABILITY_IDENTIFICATION = "vulnerability_identification"
    EDUCATION = "education"
    PUBLIC_PARTICIPATION = "public_participation"
    COOPERATION = "cooperation"
    OFFICIAL_LETTER = "official_letter"
    PUBLICATION = "publication"
    OTHER = "other"


class NoCopy(Conflict):
    """Only what was made after an earlier event has addressees to invite again."""

    code = "event-no-copy"
    text = Text(
        "Kegiatan ini tidak dibuat dari kegiatan terdahulu.",
        "This event was not made after an earlier one.",
    )


class SessionAttended(Conflict):
    """Who checked in at a session has been there: the session stays."""

    code = "session-attended"
    text = Text(
        "Sesi ini sudah punya presensi dan tidak dapat dihapus.",
        "There are check-ins at this session; it cannot be removed.",
    )


class SessionTakenAlong(Conflict):
    """Devices without network let people in to it: what they bring finds the session still."""

    code = "session-taken-along"
    text = Text(
        "Perangkat di pintu sudah membawa sesi ini; ubah sesinya, jangan dihapus.",
        "Devices at the doors have taken this session along; change it, it cannot be removed.",
    )


class TooManySessions(Conflict):
    """A run-down is read in one piece."""

    code = "too-many-sessions"
    text = Text("Susunan acara sudah penuh.", "The run-down is full.")


MOST_SESSIONS: Final = 200


def check_room(sessions: int) -> None:
    if sessions >= MOST_SESSIONS:
        raise TooManySessions


def check_other_kind(kinds: Collection[str], other_kind: str | None) -> None:
    """Form Cegah: a kind that the list does not know is named, and no other is."""
    if (EventKind.OTHER in kinds) is (other_kind is None):
        raise _invalid(
            "/other_kind",
            "does-not-fit-kinds",
            Text("Sebutkan jenis bila dan hanya bila 'lainnya'.", "Name it if the kind is other."),
        )


def check_link(mode: Mode, link: str | None) -> None:
    if link is not None and mode is Mode.ON_SITE:
        raise _invalid(
            "/online_link",
            "not-online",
            Text("Kegiatan tatap muka tidak memakai tautan.", "An event on site has no link."),
        )


def check_capacity(mode: Mode, capacity: int | None) -> None:
    if capacity is not None and mode is Mode.ONLINE:
        raise _invalid(
            "/capacity",
            "not-on-site",
            Text("Kegiatan daring tidak punya batas tempat.", "An event online has no seats."),
        )


def next_sequence(sequence: int, stage: Stage, *, is_news: bool) -> int:
    """Return the SEQUENCE of a calendar entry (RFC 5545, 3.8.7.4) after a change.

    It rises with what the invited plan by, once they can have the entry: from publication on.
    """
    return sequence + 1 if is_news and stage is Stage.PUBLISHED else sequence


def check_copies(days: Sequence[date], lasts: timedelta) -> None:
    """Each copy starts on a day of its own and ends before the last day that we compute in."""
    for number, day in enumerate(days):
        if day in days[:number]:
            raise _invalid(
                f"/days/{number}", "twice", Text("Tanggal ini sudah disebut.", "Named already.")
            )
        if day > LAST_DAY - lasts:
            raise _invalid(
                f"/days/{number}", "too-late", Text("Tanggal ini terlalu jauh.", "Too far away.")
            )


def moved(moment: datetime, by: timedelta, zone: str) -> datetime:
    """The same time by the clocks of the venue, so many days later or earlier."""
    return (moment.astimezone(ZoneInfo(zone)) + by).astimezone(UTC)


def _invalid(pointer: str, code: str, message: Text) -> Invalid:
    return Invalid(Fault(pointer, code, message))
