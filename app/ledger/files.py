"""What the ledger ships."""

from functools import cache
from pathlib import Path
from typing import Final

_VERIFIER: Final = Path(__file__).parent / "data" / "netra_verify.py"


@cache
def read_verifier() -> str:
    """The stand-alone program that recounts a log."""
    return _VERIFIER.read_text(encoding="utf-8")
