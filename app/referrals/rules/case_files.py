"""What a case file holds of the journal, and who may take one out."""

from typing import Final

from app.cases.rules.allowed import OBJECTIONS, Objection
from app.core.errors import NotAllowed

EXPORTED: Final = "case.exported"


def is_deed(action: str) -> bool:
    """Whether something was done with the case: that it was read or taken out is no part of it,
    so that the same case gives the same file however often it is asked for."""
    return action != EXPORTED and "read" not in action.replace(".", "_").split("_")


def check_holder(*, is_holder: bool) -> None:
    """The file goes out of the hands of the office that holds the case, and of no other."""
    if not is_holder:
        raise NotAllowed(OBJECTIONS[Objection.NOT_HOLDER])
