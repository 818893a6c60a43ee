"""The file of the master key: 32 random bytes in base64, readable by us alone."""

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path

_KEY = 32


def make_key_file(path: Path) -> None:
    """Make it with mode 0600: whole, or not at all."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(_KEY)).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    # A link is made or it is not: of two processes that start at once, one key stays.
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
    _settle(path.parent)


def replace_key_file(path: Path, fresh: Path, old: Path) -> None:
    """Put a fresh key in the place of the present one, which is kept under another name."""
    old.unlink(missing_ok=True)
    old.hardlink_to(path)
    fresh.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Only then do its names outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
