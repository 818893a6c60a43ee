"""What files can be added to, and by whom."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.actors import Actor, ActorKind, Permission


class SubjectKind(StrEnum):
    """Beside complaints, whose receipts say where they belong."""

    DECLARATION = "declaration"
    EVENT = "event"
    CIRCULAR = "circular"
    INVITATION = "invitation"
    FOLLOW_UP = "follow_up"
    CIRCULAR_ADDRESSEE = "circular_addressee"
    """An office that a circular was addressed to, for what proves that it did what it had to."""


_BY: Final[Mapping[SubjectKind, Permission]] = {
    SubjectKind.DECLARATION: Permission.MANAGE_DECLARATIONS,
    SubjectKind.EVENT: Permission.MANAGE_EVENTS,
    SubjectKind.CIRCULAR: Permission.MANAGE_CIRCULARS,
    # Offices that are merely invited, of whatever agency, hand in letters of duty.
    SubjectKind.INVITATION: Permission.READ_EVENTS,
    SubjectKind.FOLLOW_UP: Permission.REPORT_FOLLOW_UPS,
    SubjectKind.CIRCULAR_ADDRESSEE: Permission.READ_CIRCULARS,
}

GRANTED_ONLY: Final = frozenset({SubjectKind.CIRCULAR_ADDRESSEE})
"""What an office alone adds to: not those in whose area it lies."""


def may_add_to_complaints(actor: Actor) -> bool:
    """Reporters to their own report, and officers of the desks that handle reports."""
    return actor.kind is ActorKind.RECEIPT or actor.may(Permission.HANDLE_COMPLAINTS)


def kinds_open_to(actor: Actor) -> list[SubjectKind]:
    """The other kinds of things to which an actor may add files."""
    return [kind for kind, permission in _BY.items() if actor.may(permission)]
