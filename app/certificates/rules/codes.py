"""Verification codes: what is printed beside a QR code, and found again without a search.

A letter for the kind of paper, the number of the thing in its log (35 bits), a tag that only our
key can make (45 bits) and a check symbol: `D00000-1AQX3T-8ZK2MG`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Final, TypeAlias

from app.core.base32 import (
    WrongCode,
    check_symbol,
    grouped,
    read_digits,
    read_number,
    write_digits,
)

Mac: TypeAlias = Callable[[bytes], bytes]
"""An HMAC under a key that stays; at least 45 bits of it."""

_NUMBER: Final = 7
_TAG: Final = 9
_LENGTH: Final = 1 + _NUMBER + _TAG
_GROUP: Final = 6
_TAG_BITS: Final = 5 * _TAG
NUMBER_BITS: Final = 5 * _NUMBER
"""How large the number of a thing may be."""

EXAMPLE: Final = "D00000-1AQX3T-8ZK2MG"


class CodeKind(StrEnum):
    """Which paper a code stands on; the letter is one of Crockford's digits."""

    SIGNATURE = "D"
    TALLY = "T"
    ATTENDANCE = "A"


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says: `number` is the index of a leaf or drawn, `tag` what has to be ours."""

    kind: CodeKind
    number: int
    tag: str


def code_of(kind: CodeKind, number: int, mac: Mac) -> Code:
    """The one code of this paper: its tag are the first 45 bits of an HMAC.

    The first tag is taken whose check symbol is a letter or digit: what follows an address that
    ends in `*`, `~`, `$` or `=` is lost in many a message.
    """
    tags = (_tag(mac(f"netra-code/1 {kind.value} {number} {turn}".encode())) for turn in count())
    codes = (Code(kind, number, tag) for tag in tags)
    return next(code for code in codes if check_symbol(_digits(code)).isalnum())


def write_code(code: Code) -> str:
    digits = _digits(code)
    return grouped(digits + check_symbol(digits), _GROUP)


def read_code(written: str) -> Code:
    """Read what somebody typed; WrongCode where it cannot be one of ours. The tag is not judged."""
    digits = read_digits(written, _LENGTH)
    if digits[0] not in {kind.value for kind in CodeKind}:
        raise WrongCode
    number = read_number(digits[1 : 1 + _NUMBER])
    return Code(CodeKind(digits[0]), number, digits[1 + _NUMBER :])


def _digits(code: Code) -> str:
    return code.kind.value + write_digits(code.number, _NUMBER) + code.tag


def _tag(mac: bytes) -> str:
    return write_digits(int.from_bytes(mac, "big") >> len(mac) * 8 - _TAG_BITS, _TAG)
