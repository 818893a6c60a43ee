"""What a circular is, which steps it takes, and on which days its text is in force."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.errors import Conflict, Fault, Invalid, NotAllowed
from app.core.places import lies_in
from app.core.texts import Text

MOST_DAYS: Final = 366 * 5
"""How far from the day of the letter a day in it may lie."""


class CircularKind(StrEnum):
    """A circular orders; an appeal (imbauan) asks."""

    CIRCULAR = "circular"
    APPEAL = "appeal"


class Nature(StrEnum):
    """The nature (sifat) of the letter; what is confidential is not sent around in the open."""

    ORDINARY = "ordinary"
    IMPORTANT = "important"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"


class CircularState(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class Ending(StrEnum):
    """How a circular takes an older one out of force."""

    SUPERSEDED = "superseded"
    REVOKED = "revoked"


NEXT: Final[Mapping[CircularState, Collection[CircularState]]] = {
    CircularState.DRAFT: (CircularState.ISSUED,),
    CircularState.ISSUED: (CircularState.SUPERSEDED, CircularState.REVOKED),
    CircularState.SUPERSEDED: (),
    CircularState.REVOKED: (),
}


class CircularStepRefused(Conflict):
    """A circular is drafted, issued, and taken out of force once; never back."""

    code = "circular-step-refused"
    text = Text(
        "Surat edaran ini tidak dapat melangkah ke sana dari keadaan sekarang.",
        "The circular cannot take this step from its present state.",
    )


class CircularIssued(Conflict):
    """What was issued is not changed: another circular takes its place."""

    code = "circular-issued"
    text = Text(
        "Naskah yang sudah diterbitkan tidak diubah; gantilah dengan edaran baru.",
        "What was issued is not changed; supersede it by another circular.",
    )


class NumberTaken(Conflict):
    """One issuer issues one letter under one number on one day."""

    code = "circular-number-taken"
    text = Text(
        "Penerbit ini sudah menerbitkan edaran bernomor dan bertanggal sama.",
        "This issuer has issued a circular of this number and date already.",
    )


class CopyMissing(Conflict):
    """What nobody outside can read is not issued: its copy is still made, or cannot be made."""

    code = "attachment-copy-missing"
    text = Text(
        "Salinan bersih salah satu lampiran belum ada. Ulangi sebentar lagi; bila tetap demikian,"
        " berkasnya terkunci, rusak, terlalu besar, atau bukan gambar atau PDF: ganti.",
        "One attachment has no clean copy yet. Try again in a moment; should it stay so, the file"
        " is locked, broken, too large, or no picture or PDF: attach another.",
    )


class NotIssuer(NotAllowed):
    code = "not-the-issuer"
    text = Text(
        "Hanya kantor yang menerbitkan, atau kantor di atasnya, yang dapat melakukan ini.",
        "Only the office that issues it, or an office above it, may do this.",
    )


def step(now: CircularState, wanted: CircularState) -> CircularState:
    """Return the new state, or refuse the step."""
    if wanted not in NEXT[now]:
        raise CircularStepRefused
    return wanted


def check_draft(state: CircularState) -> None:
    if state is not CircularState.DRAFT:
        raise CircularIssued


def may_issue(area: str | None, own_office: UUID | None, office: tuple[UUID, str]) -> bool:
    """Whether an officer acts for this office (id, region code): his own, or one of his area."""
    office_id, region_code = office
    return own_office == office_id or (area is not None and lies_in(region_code, area))


def day_of(moment: datetime, zone: str) -> date:
    """The day on the clock of the issuing office."""
    return moment.astimezone(ZoneInfo(zone)).date()


def is_in_force(on: date, since: date, ended_on: date | None) -> bool:
    """`ended_on` is the first day on which it is in force no more."""
    return since <= on and (ended_on is None or on < ended_on)


def is_over(ended_on: date | None, today: date) -> bool:
    """Whether it is out of force: then nobody owes anything for it any more."""
    return ended_on is not None and ended_on <= today


def first_day(wanted: date | None, dated_on: date) -> date:
    """The first day of force: the day of the letter, unless it names another."""
    return wanted or dated_on


def check_area(region_code: str, issuer_area: str) -> None:
    """An office addresses its own area or a part of it."""
    if not lies_in(region_code, issuer_area):
        raise invalid(
            "/region_code",
            "outside-area",
            Text("Di luar wilayah kantor penerbit.", "Outside the area of the issuing office."),
        )


def check_days(dated_on: date, days: Mapping[str, date | None]) -> None:
    """No day of a letter lies before the letter or many years behind it; by JSON pointer."""
    for pointer, day in days.items():
        if day is not None and not 0 <= (day - dated_on).days <= MOST_DAYS:
            raise invalid(
                pointer,
                "day-implausible",
                Text(
                    "Hari ini mendahului tanggal surat, atau terlalu jauh sesudahnya.",
                    "This day lies before the date of the letter, or too long after it.",
                ),
            )


def check_said(body: str | None, *, has_letter: bool) -> None:
    """A letter is written here, or its document is attached."""
    if body is None and not has_letter:
        raise invalid(
            "/body",
            "text-missing",
            Text(
                "Tulis isinya, atau lampirkan dokumennya sebelum diterbitkan.",
                "Write the text, or attach the document, before it is issued.",
            ),
        )


def check_ended_on(ended_on: date, since: date, pointer: str) -> None:
    """Nothing ends before it begins; ended on its first day, it was never in force."""
    if ended_on < since:
        raise invalid(
            pointer,
            "ends-before-force",
            Text(
                "Edaran lama belum berlaku pada hari itu.",
                "The older circular is not in force before that day.",
            ),
        )


def invalid(pointer: str, code: str, message: Text) -> Invalid:
    return Invalid(Fault(pointer, code, message))
