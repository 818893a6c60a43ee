"""`python -m app.evidence.files.cleaning <media type>`: a file in, one line and a copy out.

The line is JSON: `{"size": …, "removed": {…}}` or `{"failure": …}`.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Final, TypeAlias

from app.evidence.files.cleaning.limits import confine
from app.evidence.files.cleaning.outcome import Cleaned, Uncleanable
from app.evidence.rules.copies import DOCUMENT, LARGEST, CopyFailure

Clean: TypeAlias = Callable[[bytes, str], Cleaned]

_HERE: Final = "app.evidence.files.cleaning"


def main(media_type: str) -> None:
    # Only the library that is needed, and all of it: from `confine` on no file can be opened.
    clean: Clean = import_module(
        f"{_HERE}.documents" if media_type == DOCUMENT else f"{_HERE}.images"
    ).clean
    confine()
    try:
        cleaned = clean(_read(), media_type)
    except Uncleanable as known:
        _say({"failure": known.failure})
    except MemoryError:
        _say({"failure": CopyFailure.TOO_LARGE})
    # Libraries fail on broken files in every way there is.
    except Exception:
        _say({"failure": CopyFailure.BROKEN})
    else:
        _say({"size": len(cleaned.content), "removed": cleaned.removed})
        sys.stdout.buffer.write(cleaned.content)
        sys.stdout.buffer.flush()


def _read() -> bytes:
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Uncleanable(CopyFailure.TOO_LARGE)
    return data


def _say(what: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
