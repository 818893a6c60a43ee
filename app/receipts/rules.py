"""What a receipt is for, and how its code is written and read."""

from enum import StrEnum
from typing import Final

from app.core.actors import Permission


class ReceiptKind(StrEnum):
    COMPLAINT = "complaint"
    CONSULTATION = "consultation"
    UPLOAD = "upload"


OPENS: Final[dict[ReceiptKind, frozenset[Permission]]] = {
    ReceiptKind.COMPLAINT: frozenset({Permission.FOLLOW_COMPLAINT, Permission.UPLOAD_EVIDENCE}),
    ReceiptKind.CONSULTATION: frozenset(),
    ReceiptKind.UPLOAD: frozenset(),
}

# Crockford's base32: no I, L, O and U among the digits; five more symbols for the check modulo 37.
_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS: Final = _DIGITS + "*~$=U"
_READ_AS: Final = str.maketrans("OIL", "011", "- ")
_LENGTH: Final = 16
_BITS: Final = 80
_GROUP: Final = 4


class WrongCode(ValueError):
    """It is not a receipt code: a wrong length, a foreign letter, or a wrong check symbol."""


def write_code(bits: bytes) -> str:
    """Write the first 80 bits as a receipt code: XXXX-XXXX-XXXX-XXXX-C."""
    number = int.from_bytes(bits[: _BITS // 8], "big")
    digits = "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join([*_groups(digits), _CHECKS[number % len(_CHECKS)]])


def read_code(written: str) -> str:
    """Return the code as we write it: typed in any case, with O for 0, and I or L for 1."""
    plain = written.upper().translate(_READ_AS)
    digits, check = plain[:_LENGTH], plain[_LENGTH:]
    if len(digits) != _LENGTH or len(check) != 1 or not set(digits) <= set(_DIGITS):
        raise WrongCode
    number = 0
    for digit in digits:
        number = number * len(_DIGITS) + _DIGITS.index(digit)
    if check != _CHECKS[number % len(_CHECKS)]:
        raise WrongCode
    return "-".join([*_groups(digits), check])


def _groups(digits: str) -> list[str]:
    return [digits[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP)]
