"""What the cleaner may use; whatever a hostile file makes of it, it is not more than this."""

import os
import resource
from typing import Final

ADDRESS_SPACE: Final = 1_536 * 1024 * 1024
PROCESSOR_SECONDS: Final = 60
MOST_PIXELS: Final = 120_000_000
"""Of all frames together: 480 MB decoded, and once more while it is turned upright."""
MOST_FRAMES: Final = 1_000
LARGEST_STREAM: Final = 256 * 1024 * 1024
"""Decoded bytes of one stream of a document."""
MOST_OBJECTS: Final = 1_000_000

# Standard input, output and errors: with them open nothing else can be, no file and no socket.
_DESCRIPTORS: Final = 3
_LAST: Final = 10


def confine() -> None:
    """Give up every right that cleaning does not need; call it when all is imported."""
    os.nice(_LAST)  # whoever waits for an answer goes first
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _DESCRIPTORS),
        (resource.RLIMIT_AS, ADDRESS_SPACE),
    ):
        resource.setrlimit(kind, (most, most))
    # The first limit says by its signal what happened; the second would only kill.
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
