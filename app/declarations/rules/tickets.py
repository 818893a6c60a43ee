"""Tickets: what a personal link carries, and how it is known for ours without a database."""

import base64
import binascii
import hmac
from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from app.core.errors import Conflict, NotFound
from app.core.texts import Text
from app.declarations.rules.kinds import Method, SignatureState

Mac: TypeAlias = Callable[[bytes], bytes]
"""An HMAC under a key that stays; at least 12 bytes of it."""

_REGION: Final = 3
_NAMED: Final = 1 + _REGION + 16
_TAG: Final = 12
LENGTH: Final = 43
"""Letters of a ticket: 32 bytes in base64url without padding."""


class UnknownTicket(NotFound):
    """It is not ours, or it is of a target that was taken off the roster: we never say which."""

    code = "unknown-ticket"
    text = Text(
        "Tautan ini tidak berlaku; mintalah tautan baru kepada penyelenggara deklarasi.",
        "This link is not valid; ask the organiser of the declaration for a new one.",
    )


class HasPersonalLink(Conflict):
    code = "has-personal-link"
    text = Text(
        "Orang ini ada di daftar: bukti tanda tangannya terbuka dengan tautan pribadinya.",
        "This person is on the roster: the personal link opens the proof of the signature.",
    )


class SignatureWithdrawn(Conflict):
    code = "signature-withdrawn"
    text = Text(
        "Tanda tangan ini sudah ditarik kembali dan tidak dihitung lagi.",
        "This signature was withdrawn and no longer counts.",
    )


class SignatureInvalidated(Conflict):
    code = "signature-invalidated"
    text = Text(
        "Tanda tangan ini dinyatakan tidak sah dan tidak dihitung lagi.",
        "This signature was invalidated and no longer counts.",
    )


class TicketFor(IntEnum):
    """The first byte of a ticket: what it was given for."""

    TARGET = 1
    SIGNATURE = 2


class Ticket(NamedTuple):
    """What the holder of a ticket may sign, read and withdraw: the signature under this id.

    One for a target also signs; one for a signature is given to who signed without, by the open
    link or in the room.
    """

    region_id: int
    id: UUID
    given_for: TicketFor = TicketFor.TARGET


_KINDS: Final = frozenset(TicketFor)


class Redemption(NamedTuple):
    """What somebody asks for who signs by a ticket of ours; `name` where the roster names a post
    alone."""

    ticket: Ticket
    method: Method = Method.CLICK
    captured_at: datetime | None = None
    name: str | None = None


def write_ticket(ticket: Ticket, mac: Mac) -> str:
    named = bytes([ticket.given_for]) + ticket.region_id.to_bytes(_REGION, "big") + ticket.id.bytes
    return base64.urlsafe_b64encode(named + _tag(named, mac)).rstrip(b"=").decode()


def read_ticket(written: str, mac: Mac) -> Ticket:
    """Read a ticket of ours, in the one way in which it is written; or raise `UnknownTicket`."""
    named, tag = _parts(written)
    if named[0] not in _KINDS or not hmac.compare_digest(tag, _tag(named, mac)):
        raise UnknownTicket
    region_id, id = named[1 : 1 + _REGION], named[1 + _REGION :]
    return Ticket(int.from_bytes(region_id, "big"), UUID(bytes=id), TicketFor(named[0]))


def accept_state(state: SignatureState) -> None:
    """Refuse to tell somebody that he has signed where it does not count any more."""
    if state is SignatureState.WITHDRAWN:
        raise SignatureWithdrawn
    if state is SignatureState.INVALIDATED:
        raise SignatureInvalidated


def _parts(written: str) -> tuple[bytes, bytes]:
    try:
        raw = base64.b64decode(f"{written}=", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise UnknownTicket from wrong
    # The last letter has two bits too many: only the spelling that we write is taken.
    if base64.urlsafe_b64encode(raw) != f"{written}=".encode() or len(raw) != _NAMED + _TAG:
        raise UnknownTicket
    return raw[:_NAMED], raw[_NAMED:]


def _tag(named: bytes, mac: Mac) -> bytes:
    return mac(b"ticket" + named)[:_TAG]
