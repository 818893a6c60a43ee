"""What every sheet that people open in a spreadsheet has to heed."""

from typing import Final

# OWASP, CSV injection: a spreadsheet takes a cell that begins like this for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_formula(value: str) -> bool:
    """Whether a spreadsheet would take this cell for a formula."""
    return value.startswith(_FORMULA)


def formula_safe(value: str | int) -> str | int:
    """A leading apostrophe makes a spreadsheet read a text as text."""
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
