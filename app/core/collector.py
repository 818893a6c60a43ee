"""Python's collector of cycles, told what a server knows of its own memory."""

import gc
from typing import Final

_EACH: Final = 100_000
"""Objects more than before; a batch of signatures has 10,000 for a moment, none in a cycle."""


def collect_seldom() -> None:
    """Never look again at what is loaded by now, and look for cycles only when much has been kept.

    Measured while thousands sign: left alone at 10,000, looking took 10 % of the web process.
    """
    gc.freeze()
    gc.set_threshold(_EACH, 20, 20)
    gc.enable()
