"""What a receipt is for, and how its code is written and read."""

from enum import StrEnum
from typing import Final

from app.core.actors import Permission
from app.core.base32 import check_symbol, grouped, read_digits, write_digits


class ReceiptKind(StrEnum):
    COMPLAINT = "complaint"
    CONSULTATION = "consultation"
    UPLOAD = "upload"
    DEVICE = "device"
    EVENT_DEVICE = "event_device"


OPENS: Final[dict[ReceiptKind, frozenset[Permission]]] = {
    ReceiptKind.COMPLAINT: frozenset({Permission.FOLLOW_COMPLAINT, Permission.UPLOAD_EVIDENCE}),
    ReceiptKind.CONSULTATION: frozenset({Permission.FOLLOW_CONSULTATION}),
    ReceiptKind.UPLOAD: frozenset(),
    # Of an organiser, not of a reporter: it may do its one thing and nothing that others may.
    ReceiptKind.DEVICE: frozenset({Permission.COLLECT_SIGNATURES}),
    ReceiptKind.EVENT_DEVICE: frozenset({Permission.RECORD_CHECK_INS}),
}

_LENGTH: Final = 16
_BITS: Final = 80
_GROUP: Final = 4


def write_code(bits: bytes) -> str:
    """Write the first 80 bits as a receipt code: XXXX-XXXX-XXXX-XXXX-C."""
    return _written(write_digits(int.from_bytes(bits[: _BITS // 8], "big"), _LENGTH))


def read_code(written: str) -> str:
    """Return the code as we write it: typed in any case, with O for 0, and I or L for 1."""
    return _written(read_digits(written, _LENGTH))


def _written(digits: str) -> str:
    return grouped(digits + check_symbol(digits), _GROUP)
