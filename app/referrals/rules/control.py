"""What BKN does where the staffing authority is silent: reprimand, block, unblock."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.core.errors import Conflict
from app.core.texts import Text


class ControlKind(StrEnum):
    REPRIMAND = "reprimand"
    BLOCK = "block"
    UNBLOCK = "unblock"


class NotBlocked(Conflict):
    code = "not-blocked"
    text = Text(
        "Data orang ini tidak sedang diblokir.", "The record of this person is not blocked."
    )


class AlreadyBlocked(Conflict):
    code = "already-blocked"
    text = Text("Data orang ini sudah diblokir.", "The record of this person is blocked already.")


class StillInTime(Conflict):
    code = "still-in-time"
    text = Text(
        "PPK masih dalam jangka waktunya, atau sudah memutuskan.",
        "The staffing authority is still in time, or has decided.",
    )


def is_blocked(past: Sequence[ControlKind]) -> bool:
    """Whether a record is blocked after these actions, oldest first."""
    changes = [each for each in past if each is not ControlKind.REPRIMAND]
    return bool(changes) and changes[-1] is ControlKind.BLOCK


def check_control(kind: ControlKind, past: Sequence[ControlKind], *, response_missed: bool) -> None:
    """Refuse an action that nothing gives cause for (Perpres 116/2022; BKN 1/2023)."""
    if kind is ControlKind.UNBLOCK:
        if not is_blocked(past):
            raise NotBlocked
        return
    if not response_missed:
        raise StillInTime
    if kind is ControlKind.BLOCK and is_blocked(past):
        raise AlreadyBlocked


CONTROLS: Final[Mapping[StrEnum, Text]] = {
    ControlKind.REPRIMAND: Text("Teguran", "Reprimand"),
    ControlKind.BLOCK: Text("Pemblokiran data kepegawaian", "Block of the record"),
    ControlKind.UNBLOCK: Text("Pembukaan blokir", "Unblock of the record"),
}
