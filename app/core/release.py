"""Which code this is: what it would answer otherwise than another release has another name."""

import hashlib
from pathlib import Path
from typing import Final

_SOURCE: Final = Path(__file__).parent.parent


def release_of(source: Path = _SOURCE) -> str:
    """A digest of the whole source, the same on every machine; it takes a tenth of a second."""
    whole = hashlib.sha256()
    for file in sorted(source.rglob("*.py")):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{file.relative_to(source).as_posix()} {content}\n".encode())
    return whole.hexdigest()
