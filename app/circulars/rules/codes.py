"""Codes of addressed offices: what a link carries, and how it is known for ours."""

import base64
import binascii
import hmac
from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from app.circulars.rules.cascade import WrongAddresseeCode

Mac: TypeAlias = Callable[[bytes], bytes]
"""An HMAC under a key that stays; at least 16 bytes of it."""

_ID: Final = 16
_TURN: Final = 4
_NAMED: Final = _ID + _TURN
_TAG: Final = 16
LENGTH: Final = 48
"""Letters of a code: 36 bytes in base64url, which need no padding."""


class AddresseeCode(NamedTuple):
    """Whose code it is, and the how manieth; the turns before are good for nothing any more."""

    addressee_id: UUID
    turn: int


def write_code(code: AddresseeCode, mac: Mac) -> str:
    """Made anew whenever it is asked for, kept nowhere."""
    named = code.addressee_id.bytes + code.turn.to_bytes(_TURN)
    return base64.urlsafe_b64encode(named + _tag(named, mac)).decode()


def read_code(written: str, mac: Mac) -> AddresseeCode:
    """Read a code of ours, or raise `WrongAddresseeCode`."""
    try:
        raw = base64.b64decode(written, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise WrongAddresseeCode from wrong
    named, tag = raw[:_NAMED], raw[_NAMED:]
    if len(raw) != _NAMED + _TAG or not hmac.compare_digest(tag, _tag(named, mac)):
        raise WrongAddresseeCode
    return AddresseeCode(UUID(bytes=named[:_ID]), int.from_bytes(named[_ID:]))


def _tag(named: bytes, mac: Mac) -> bytes:
    return mac(b"circular-addressee" + named)[:_TAG]
