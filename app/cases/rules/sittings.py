"""When a plenary can decide: who sits in it, and on which day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.cases.rules.decisions import MEMBERS, has_quorum
from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text
from app.regions.rules import Level

FUTURE_DAY: Final = Fault(
    "/plenary/held_on", "future-day", Text("Hari ini belum tiba.", "This day has not come yet.")
)
BEFORE_ACT: Final = Fault(
    "/plenary/held_on",
    "before-act",
    Text("Rapat ini mendahului peristiwanya.", "This day lies before the act."),
)
WRONG_MEMBERS: Final = Fault(
    "/plenary/members",
    "wrong-members",
    Text(
        "Jumlah anggota tidak sesuai dengan tingkat kantor ini.",
        "An office of this level does not have so many members.",
    ),
)
TOO_MANY_PRESENT: Final = Fault(
    "/plenary/present",
    "too-many-present",
    Text("Yang hadir lebih banyak daripada anggota.", "More were present than are members."),
)


class NoQuorum(Conflict):
    """More than half of the members must be present."""

    code = "no-quorum"
    text = Text(
        "Rapat pleno tidak kuorum: lebih dari separuh anggota harus hadir.",
        "The plenary had no quorum: more than half of the members must be present.",
    )


@dataclass(frozen=True)
class Sitting:
    held_on: date
    members: int
    present: int


def check_sitting(sitting: Sitting, level: Level, acted_on: date, today: date) -> None:
    """Refuse a plenary of the wrong size, on an impossible day, or without a quorum."""
    fewest, most = MEMBERS.get(level, (1, 9))
    faults = {
        FUTURE_DAY: sitting.held_on > today,
        BEFORE_ACT: sitting.held_on < acted_on,
        WRONG_MEMBERS: not fewest <= sitting.members <= most,
        TOO_MANY_PRESENT: sitting.present > sitting.members,
    }
    if any(faults.values()):
        raise Invalid(*(fault for fault, applies in faults.items() if applies))
    if not has_quorum(sitting.members, sitting.present):
        raise NoQuorum
