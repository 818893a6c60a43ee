"""The browser of the machine: none is ever fetched."""

import os
import shutil
from typing import Final

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
# Whoever tests as root has no sandbox, and the memory folder of a container is small.
OPTIONS: Final = ["--no-sandbox", "--disable-dev-shm-usage"]


def browser_path() -> str:
    """The one that is named, or Debian's own."""
    named = os.environ.get("NETRA_TEST_BROWSER")
    return named or next(path for name in _NAMES if (path := shutil.which(name)))
