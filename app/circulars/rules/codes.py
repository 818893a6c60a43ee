"""Codes of addressed offices: what a link carries, and how it is known for ours."""

import base64
import binascii
import hmac
from collections.abc import Callable
from typing import Final, TypeAlias
from uuid import UUID

from app.circulars.rules.cascade import WrongAddresseeCode

Mac: TypeAlias = Callable[[bytes], bytes]
"""An HMAC under a key that stays; at least 16 bytes of it."""

_ID: Final = 16
_TAG: Final = 17
LENGTH: Final = 44
"""Letters of a code: 33 bytes in base64url, which need no padding."""


def write_code(addressee_id: UUID, mac: Mac) -> str:
    """The one code of an addressed office; made anew whenever it is asked for, kept nowhere."""
    return base64.urlsafe_b64encode(addressee_id.bytes + _tag(addressee_id.bytes, mac)).decode()


def read_code(written: str, mac: Mac) -> UUID:
    """Read a code of ours, or raise `WrongAddresseeCode`."""
    try:
        raw = base64.b64decode(written, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise WrongAddresseeCode from wrong
    named, tag = raw[:_ID], raw[_ID:]
    if len(raw) != _ID + _TAG or not hmac.compare_digest(tag, _tag(named, mac)):
        raise WrongAddresseeCode
    return UUID(bytes=named)


def _tag(named: bytes, mac: Mac) -> bytes:
    return mac(b"circular-addressee" + named)[:_TAG]
