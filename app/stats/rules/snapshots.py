"""By which number a figure can be asked again as it was."""

from app.core.errors import Fault, Invalid
from app.core.texts import Text


def check(wanted: int, first: int, last: int, pointer: str = "/snapshot") -> None:
    """Refuse a snapshot that has not been yet, or of before the figures were made anew."""
    if not first <= wanted <= last:
        raise Invalid(
            Fault(
                pointer,
                "no-such-snapshot",
                Text(
                    f"Potret yang dapat diminta lagi bernomor {first} sampai {last}.",
                    f"Snapshots that can be asked again are numbered {first} to {last}.",
                ),
            )
        )
