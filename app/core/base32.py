"""Codes that people copy by hand: Crockford's base32, with its check symbol modulo 37.

https://www.crockford.com/base32.html
"""

from typing import Final

# No I, L, O and U among the digits; five more symbols for the check alone.
DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS: Final = DIGITS + "*~$=U"
_READ_AS: Final = str.maketrans("OIL", "011", "- ")
_BITS: Final = 5


class WrongCode(ValueError):
    """It is not such a code: a wrong length, a foreign letter, or a wrong check symbol."""


def write_digits(number: int, length: int) -> str:
    """Write a number in so many digits; ValueError where it needs more."""
    if number >> _BITS * length:
        raise ValueError("The number has more digits than this.")
    places = reversed(range(length))
    return "".join(DIGITS[number >> _BITS * place & len(DIGITS) - 1] for place in places)


def read_number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(DIGITS) + DIGITS.index(digit)
    return number


def check_symbol(digits: str) -> str:
    """What follows the digits, so that one wrong symbol, or two exchanged, never go unseen."""
    return _CHECKS[read_number(digits) % len(_CHECKS)]


def read_digits(written: str, length: int) -> str:
    """The digits without their check symbol: typed in any case, with or without hyphens and
    spaces, with O for 0, and I or L for 1; else WrongCode."""
    plain = written.upper().translate(_READ_AS)
    digits, check = plain[:length], plain[length:]
    if len(digits) != length or not set(digits) <= set(DIGITS) or check != check_symbol(digits):
        raise WrongCode
    return digits


def grouped(symbols: str, size: int) -> str:
    """Parted by hyphens into groups of so many symbols."""
    return "-".join(symbols[start : start + size] for start in range(0, len(symbols), size))
