"""`python -m app.evidence.files.checking`: roots and a document in, one line out.

What comes in begins with the number of bytes of the roots (u32, big-endian). The line is JSON:
`{"signatures": [{…}]}` or `{"unreadable": true}`.
"""

import dataclasses
import json
import sys
from struct import Struct
from typing import Final

from app.evidence.files.checking.signatures import check
from app.evidence.files.cleaning.limits import confine
from app.evidence.rules.documents import LARGEST_CHECKED, FoundSignature

_LENGTH: Final = Struct(">I")


def main() -> None:
    confine()
    try:
        found = check(*_read())
    # The library fails on broken documents in every way there is.
    except Exception:
        _say({"unreadable": True})
    else:
        _say({"signatures": [_written(each) for each in found]})


def _read() -> tuple[bytes, bytes]:
    (length,) = _LENGTH.unpack(sys.stdin.buffer.read(_LENGTH.size))
    roots = sys.stdin.buffer.read(length)
    document = sys.stdin.buffer.read(LARGEST_CHECKED + 1)
    if len(document) > LARGEST_CHECKED:
        raise ValueError("larger than a document that is checked")
    return document, roots


def _written(found: FoundSignature) -> dict[str, object]:
    signed_at = found.signed_at.isoformat() if found.signed_at else None
    return {**dataclasses.asdict(found), "signed_at": signed_at}


def _say(what: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
