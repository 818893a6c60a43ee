"""Who is too near to a case to see it, and how a wall is lifted."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from app.core.actors import Actor
from app.core.errors import Conflict, NotAllowed
from app.core.texts import Text

LONGEST_LIFT: Final = 72
"""Hours, our policy: as long as an identity may stay open."""
WAITS: Final = timedelta(hours=72)
"""To lift a wall is urgent, or need not be done: nobody agrees to an older request."""


class ConflictOrigin(StrEnum):
    """Declared by the officer himself, said of him by a member, or his office is the reported
    person's own."""

    DECLARED = "declared"
    SAID = "said"
    SAME_OFFICE = "same_office"


class GlassState(StrEnum):
    """What a request to lift a wall is at one moment; time alone makes it lapse or end."""

    WAITING = "waiting"
    LAPSED = "lapsed"
    BROKEN = "broken"
    ENDED = "ended"


ORIGINS: Final[Mapping[StrEnum, Text]] = {
    ConflictOrigin.DECLARED: Text("Dinyatakan sendiri", "Declared by the officer"),
    ConflictOrigin.SAID: Text("Dinyatakan oleh anggota", "Said by a member"),
    ConflictOrigin.SAME_OFFICE: Text("Kantor terlapor", "Office of the reported person"),
}
GLASS_STATES: Final[Mapping[StrEnum, Text]] = {
    GlassState.WAITING: Text("Menunggu persetujuan", "Waiting for agreement"),
    GlassState.LAPSED: Text("Gugur karena tidak disetujui", "Lapsed without agreement"),
    GlassState.BROKEN: Text("Penghalang sedang dibuka", "The wall is lifted"),
    GlassState.ENDED: Text("Sudah berakhir", "Over"),
}
NOBODY_LEFT: Final = Text(
    "Tidak ada lagi petugas di kantor pemegang yang dapat menangani perkara ini;"
    " limpahkan perkara ini, atau biarkan kantor di atasnya mengambil alih.",
    "Nobody at the holding office can handle this case any more;"
    " transfer it, or let an office above take it over.",
)


class AlreadyWalled(Conflict):
    code = "already-walled"
    text = Text(
        "Benturan kepentingan petugas ini sudah dicatat.",
        "This officer's conflict of interest is on record already.",
    )


class ConflictEnded(Conflict):
    code = "conflict-ended"
    text = Text(
        "Benturan kepentingan ini sudah diakhiri.", "This conflict of interest has ended already."
    )


class EndingAsked(Conflict):
    code = "ending-asked"
    text = Text(
        "Pengakhiran benturan ini masih menunggu persetujuan anggota lain.",
        "That this conflict ends still waits for another member to agree.",
    )


class EndingNotAsked(Conflict):
    code = "ending-not-asked"
    text = Text(
        "Tidak ada permintaan yang masih berlaku untuk mengakhiri benturan ini.",
        "Nobody has asked, or not lately enough, that this conflict ends.",
    )


class CaseMerged(Conflict):
    """What is said of a case must be said of the one that lives on."""

    code = "case-merged"
    text = Text(
        "Perkara ini sudah digabungkan; lakukan ini pada perkara yang menerimanya.",
        "This case was merged into another one; do this there.",
    )


class OnlyHolders(NotAllowed):
    """Who is near to a case is said by those who answer for it."""

    code = "not-holder"
    text = Text(
        "Hanya anggota dari kantor pemegang atau kantor di atasnya yang dapat melakukan ini.",
        "Only a member of the holding office, or of one above it, may do this.",
    )


class OwnWall(NotAllowed):
    """Nobody decides about the wall before himself."""

    code = "own-wall"
    text = Text(
        "Benturan kepentingan sendiri diputuskan oleh anggota lain.",
        "Your own conflict of interest is decided by another member.",
    )


class WalledOffice(NotAllowed):
    """A lift is for one officer alone; the case would be hidden from its own holder."""

    code = "walled-off"
    text = Text(
        "Kantor Anda terhalang dari perkara ini, sehingga tidak dapat memegangnya.",
        "Your office is walled off from this case, and cannot hold it.",
    )


class NotWalled(Conflict):
    code = "not-walled"
    text = Text(
        "Tidak ada benturan kepentingan yang menghalangi petugas ini.",
        "No conflict of interest stands before this officer.",
    )


class SamePerson(NotAllowed):
    """It takes two."""

    code = "same-person"
    text = Text(
        "Permintaan Anda sendiri harus disetujui anggota lain.",
        "Another member has to agree to what you yourself asked for.",
    )


class GlassSettled(Conflict):
    code = "break-glass-settled"
    text = Text(
        "Permintaan ini sudah disetujui atau sudah gugur.",
        "This request was agreed to, or has lapsed.",
    )


class GlassOpen(Conflict):
    code = "break-glass-open"
    text = Text(
        "Permintaan untuk petugas ini masih menunggu atau masih berlaku.",
        "A request for this officer is still waiting, or still in force.",
    )


class Asked(Protocol):
    """What the rules look at in a request to lift a wall."""

    @property
    def officer_id(self) -> UUID: ...
    @property
    def asked_by(self) -> UUID: ...
    @property
    def asked_at(self) -> datetime: ...
    @property
    def until(self) -> datetime | None: ...


class Said(Protocol):
    """What the rules look at in a conflict that is to end."""

    @property
    def officer_id(self) -> UUID | None: ...
    @property
    def office_id(self) -> UUID | None: ...
    @property
    def ending_asked_by(self) -> UUID | None: ...
    @property
    def ending_asked_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...


def check_living(merged_into_id: UUID | None) -> None:
    """Refuse what would change nothing, with the id of the case where it would."""
    if merged_into_id is not None:
        refusal = CaseMerged()
        refusal.members = {"merged_into_id": str(merged_into_id)}
        raise refusal


def check_ending_request(conflict: Said, by: Actor, now: datetime) -> None:
    """Refuse who is walled off, what is over, and to ask twice at a time."""
    _check_other(conflict, by)
    if _is_asked(conflict, now):
        raise EndingAsked


def check_ending(conflict: Said, by: Actor, now: datetime) -> None:
    """Refuse the agreement of who is walled off, that of who asked, and one that comes too late."""
    _check_other(conflict, by)
    if not _is_asked(conflict, now):
        raise EndingNotAsked
    if by.id == conflict.ending_asked_by:
        raise SamePerson


def _check_other(conflict: Said, by: Actor) -> None:
    is_own_office = conflict.office_id is not None and by.office_id == conflict.office_id
    if by.id is None or by.id == conflict.officer_id or is_own_office:
        raise OwnWall
    if conflict.ended_at is not None:
        raise ConflictEnded


def _is_asked(conflict: Said, now: datetime) -> bool:
    return conflict.ending_asked_at is not None and now < conflict.ending_asked_at + WAITS


def state_of(request: Asked, now: datetime) -> GlassState:
    if request.until is not None:
        return GlassState.BROKEN if now < request.until else GlassState.ENDED
    return GlassState.WAITING if now < request.asked_at + WAITS else GlassState.LAPSED


def is_open(request: Asked, now: datetime) -> bool:
    """Whether there is nothing to ask for anew."""
    return state_of(request, now) in (GlassState.WAITING, GlassState.BROKEN)


def check_agreement(request: Asked, by: UUID | None, now: datetime) -> None:
    """Refuse the word of the walled officer, that of who asked, and one that comes too late."""
    if by is None or by == request.officer_id:
        raise OwnWall
    if by == request.asked_by:
        raise SamePerson
    if state_of(request, now) is not GlassState.WAITING:
        raise GlassSettled
