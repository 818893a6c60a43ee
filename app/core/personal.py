"""What in a text points at one person, however it is written."""

import re
from typing import Final

# Digits in groups or not: 16 (NIK), 18 (NIP), or a mobile number; amounts and dates are shorter.
_PERSONAL: Final = re.compile(
    r"(?<!\d)\d(?:[ .-]?\d){15}(?:[ .-]?\d{2})?(?!\d)"
    r"|(?<!\w)(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,11}(?!\d)"
    r"|[^\s@]+@[^\s@]+\.[^\s@]"
)


def names_somebody(text: str) -> bool:
    """Whether a NIK, NIP, telephone number or e-mail address stands in it."""
    return _PERSONAL.search(text) is not None
