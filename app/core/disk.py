"""Room on the disk: what can wait is refused before what cannot."""

import shutil
from pathlib import Path
from typing import Final

from app.core.errors import StorageNearlyFull

_LATER: Final = 300


def require_room(folder: Path, free: int) -> None:
    """Refuse where fewer bytes are free on the disk of this folder."""
    whole = folder.absolute()
    present = next(each for each in (whole, *whole.parents) if each.exists())
    if shutil.disk_usage(present).free < free:
        raise StorageNearlyFull(retry_after=_LATER)
