"""Verification codes: what is printed beside a QR code, and found again without a search.

A letter for the kind of paper, the number of the thing in its log (35 bits), a tag that only our
key can make (45 bits) and a check symbol: `D00000-1AQX3T-8ZK2MG`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.base32 import (
    WrongCode,
    check_symbol,
    grouped,
    read_digits,
    read_number,
    write_digits,
)

_NUMBER: Final = 7
_TAG: Final = 9
_LENGTH: Final = 1 + _NUMBER + _TAG
_GROUP: Final = 6
_TAG_BITS: Final = 5 * _TAG

EXAMPLE: Final = "D00000-1AQX3T-8ZK2MG"


class CodeKind(StrEnum):
    """Which paper a code stands on; the letter is one of Crockford's digits."""

    SIGNATURE = "D"
    TALLY = "T"


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says: `number` is the index of a leaf, `tag` what has to be ours."""

    kind: CodeKind
    number: int
    tag: str


def message(kind: CodeKind, number: int) -> bytes:
    """What the tag is the HMAC-SHA-256 of."""
    return f"netra-code/1 {kind.value} {number}".encode()


def tag_of(mac: bytes) -> str:
    """The first 45 bits of a MAC, as digits."""
    bits = len(mac) * 8
    return write_digits(int.from_bytes(mac, "big") >> bits - _TAG_BITS, _TAG)


def write_code(code: Code) -> str:
    digits = code.kind.value + write_digits(code.number, _NUMBER) + code.tag
    return grouped(digits + check_symbol(digits), _GROUP)


def read_code(written: str) -> Code:
    """Read what somebody typed; WrongCode where it cannot be one of ours. The tag is not judged."""
    digits = read_digits(written, _LENGTH)
    if digits[0] not in {kind.value for kind in CodeKind}:
        raise WrongCode
    number = read_number(digits[1 : 1 + _NUMBER])
    return Code(CodeKind(digits[0]), number, digits[1 + _NUMBER :])
