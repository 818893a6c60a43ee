"""What holds for the minutes of an event: their entries, their approval, what is published."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from app.core.errors import Conflict, Fault, Invalid, NotAllowed
from app.core.texts import Text


class MinutesNotApproved(Conflict):
    """Nothing is published of minutes whose last revision the chair has not approved."""

    code = "minutes-not-approved"
    text = Text(
        "Revisi terakhir notulensi belum disahkan pimpinan rapat.",
        "The last revision of the minutes has not been approved by the chair.",
    )


class MinutesApproved(Conflict):
    """An approved revision is closed; a change is a new revision, approved anew."""

    code = "minutes-approved"
    text = Text("Revisi notulensi ini sudah disahkan.", "This revision was approved before.")


class MinutesMoved(Conflict):
    """The chair approves what he has read, and nothing that was written since."""

    code = "minutes-moved"
    text = Text(
        "Yang terakhir bukan lagi revisi ini; baca notulensi lagi, lalu sahkan.",
        "This is no longer the last revision; read the minutes again, then approve.",
    )


class DecisionPublished(Conflict):
    """A decision is published once; to say it better, withdraw what was published."""

    code = "decision-published"
    text = Text(
        "Keputusan ini sudah diumumkan; tarik dulu bila akan diganti.",
        "This decision is published; withdraw it first to replace it.",
    )


class NotChair(NotAllowed):
    """Minutes are approved by who presides over the meeting: a member of its organiser."""

    code = "not-chair"
    text = Text(
        "Notulensi disahkan oleh anggota kantor penyelenggara sendiri.",
        "Minutes are approved by a member of the organising office itself.",
    )


_TAKEN: Final = Text("Nomor ini dipakai dua kali.", "This number stands here twice.")
_NO_PROPOSAL: Final = Text(
    "Tidak ada usulan bernomor ini dalam notulensi.",
    "There is no proposal of this number in the minutes.",
)
_NO_DECISION: Final = Text(
    "Tidak ada keputusan bernomor ini dalam notulensi.",
    "There is no decision of this number in the minutes.",
)


def check_chair(own_office: UUID | None, organiser: UUID) -> None:
    if own_office != organiser:
        raise NotChair


def check_approval(named: int, last: int, *, is_approved: bool) -> None:
    """Return where this revision is the last one and nobody has approved it."""
    if named != last:
        raise MinutesMoved
    if is_approved:
        raise MinutesApproved


def numbers_of(given: Sequence[int | None], highest: int, pointer: str) -> Sequence[int]:
    """The numbers of entries: as given, the others after the highest that there has ever been.

    So a number, once others refer to it, never comes to mean another entry by itself.
    """
    fixed = [number for number in given if number is not None]
    faults = [
        Fault(f"{pointer}/{place}/number", "number-taken", _TAKEN)
        for place, number in enumerate(given)
        if number is not None and number in given[:place]
    ]
    if faults:
        raise Invalid(*faults)
    following = max([highest, *fixed]) + 1
    numbers: list[int] = []
    for number in given:
        numbers.append(following if number is None else number)
        following += number is None
    return numbers


def check_proposals(referred: Sequence[int | None], proposals: Collection[int]) -> None:
    """A decision on a proposal names one that stands in the same minutes."""
    _check_referred("/decisions/{}/on_proposal", referred, proposals, _NO_PROPOSAL)


def check_recommended(referred: Sequence[int | None], decisions: Collection[int]) -> None:
    """The same for a recommendation out of a decision."""
    _check_referred("/recommendations/{}/on_decision", referred, decisions, _NO_DECISION)


def check_decision(number: int | None, decisions: Collection[int], pointer: str) -> None:
    """What refers to a decision names one that stands in the minutes."""
    if number is not None and number not in decisions:
        raise Invalid(Fault(pointer, "unknown", _NO_DECISION))


def _check_referred(
    pointer: str, referred: Sequence[int | None], known: Collection[int], message: Text
) -> None:
    faults = [
        Fault(pointer.format(place), "unknown", message)
        for place, number in enumerate(referred)
        if number is not None and number not in known
    ]
    if faults:
        raise Invalid(*faults)
