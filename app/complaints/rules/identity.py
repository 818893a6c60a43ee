"""The law of the reporter's identity: who may open it, after whose word, and for how long."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from app.core.errors import Conflict, NotAllowed
from app.core.texts import Text

SHORTEST_GRANT: Final = 1
LONGEST_GRANT: Final = 72
"""Hours: handling takes three days before it is extended (UU 1/2015 Art. 134(5))."""

WAITS: Final = timedelta(days=7)
"""A reason that nobody looked at for a week is no reason any more; it has to be given anew."""


class Decision(StrEnum):
    GRANTED = "granted"
    DENIED = "denied"


class RequestState(StrEnum):
    """What a request is at one moment; time alone makes it lapse or end."""

    WAITING = "waiting"
    LAPSED = "lapsed"
    GRANTED = "granted"
    ENDED = "ended"
    REVOKED = "revoked"
    DENIED = "denied"


STATES: Final[Mapping[StrEnum, Text]] = {
    RequestState.WAITING: Text("Menunggu keputusan", "Waiting for a decision"),
    RequestState.LAPSED: Text("Gugur karena tidak diputuskan", "Lapsed without a decision"),
    RequestState.GRANTED: Text("Dikabulkan dan berlaku", "Granted and in force"),
    RequestState.ENDED: Text("Dikabulkan, sudah berakhir", "Granted, and over"),
    RequestState.REVOKED: Text("Dicabut", "Revoked"),
    RequestState.DENIED: Text("Ditolak", "Denied"),
}


class NoIdentity(Conflict):
    """Nobody gave a name, so there is none to open."""

    code = "no-identity"
    text = Text(
        "Aduan ini masuk tanpa identitas pelapor.", "This was filed without a reporter's identity."
    )


class RequestOpen(Conflict):
    """One request of an officer at a time."""

    code = "identity-request-open"
    text = Text(
        "Permintaan Anda untuk aduan ini masih menunggu atau masih berlaku.",
        "Your request for this complaint is still waiting or still in force.",
    )


class OwnRequest(NotAllowed):
    """Nobody decides what he himself asked for."""

    code = "own-request"
    text = Text(
        "Permintaan sendiri diputuskan oleh penjaga identitas lain.",
        "Your own request is decided by another custodian.",
    )


class RequestSettled(Conflict):
    """A request is decided once, and in time."""

    code = "identity-request-settled"
    text = Text(
        "Permintaan ini sudah diputuskan atau sudah gugur.",
        "This request has been decided or has lapsed.",
    )


class NotInForce(Conflict):
    code = "identity-request-not-in-force"
    text = Text("Permintaan ini tidak sedang berlaku.", "This request is not in force.")


class IdentityClosed(NotAllowed):
    code = "identity-closed"
    text = Text(
        "Identitas pelapor tertutup: ajukan permintaan dengan alasan, dan bukalah selama"
        " penjaga identitas mengizinkannya.",
        "The reporter's identity is closed: request it with a reason, and open it while a"
        " custodian allows it.",
    )


class Request(Protocol):
    """What the rules look at in a request."""

    @property
    def requested_by(self) -> UUID: ...
    @property
    def requested_at(self) -> datetime: ...
    @property
    def decision(self) -> Decision | None: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def revoked_at(self) -> datetime | None: ...


def state_of(request: Request, now: datetime) -> RequestState:
    if request.decision is None:
        in_time = now < request.requested_at + WAITS
        return RequestState.WAITING if in_time else RequestState.LAPSED
    if request.decision is Decision.DENIED:
        return RequestState.DENIED
    if request.revoked_at is not None:
        return RequestState.REVOKED
    in_force = request.until is not None and now < request.until
    return RequestState.GRANTED if in_force else RequestState.ENDED


def is_open(request: Request, now: datetime) -> bool:
    """Whether its officer has nothing to ask for anew."""
    return state_of(request, now) in (RequestState.WAITING, RequestState.GRANTED)


def check_decision(request: Request, by: UUID | None, now: datetime) -> None:
    """Refuse a decision on the own request, a second one, and one that comes too late."""
    if by is None or by == request.requested_by:
        raise OwnRequest
    if state_of(request, now) is not RequestState.WAITING:
        raise RequestSettled


def check_revocation(request: Request, now: datetime) -> None:
    if state_of(request, now) is not RequestState.GRANTED:
        raise NotInForce


def end_of_grant(now: datetime, hours: int) -> datetime:
    return now + timedelta(hours=hours)
