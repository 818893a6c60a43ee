"""Whom a clarification hears, and what is recorded of it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.core.errors import Conflict, RuleBroken
from app.core.texts import Text


class Party(StrEnum):
    REPORTER = "reporter"
    FINDER = "finder"
    REPORTED = "reported"
    WITNESS = "witness"
    EXPERT = "expert"


PARTIES: Final[Mapping[StrEnum, Text]] = {
    Party.REPORTER: Text("Pelapor", "Reporter"),
    Party.FINDER: Text("Penemu", "Finder"),
    Party.REPORTED: Text("Terlapor", "Reported person"),
    Party.WITNESS: Text("Saksi", "Witness"),
    Party.EXPERT: Text("Ahli", "Expert"),
}

_NEEDS_ID: Final = Text(
    "Terlapor disebut dengan person_id dari perkara ini, tanpa nama.",
    "A reported person is named by a person_id of this case, without a name.",
)
_NEEDS_NAME: Final = Text(
    "Saksi dan ahli disebut dengan nama, tanpa person_id.",
    "A witness or expert is named by name, without a person_id.",
)
_UNNAMED: Final = Text(
    "Identitas pelapor tetap tertutup; jangan sebutkan nama atau person_id.",
    "The reporter's identity stays closed; give neither name nor person_id.",
)
_NOT_BY_ID: Final = Text(
    "person_id hanya untuk terlapor.", "A person_id is for a reported person only."
)
_MINUTES_NEEDED: Final = Text(
    "Yang hadir: sebutkan waktu, nomor berita acara, dan isinya.",
    "For who attended, give the time, the number of the minutes and their text.",
)
_NOT_HELD: Final = Text(
    "Yang tidak hadir tidak mempunyai waktu klarifikasi.",
    "For who did not attend there is no time at which it was held.",
)


class ClarificationRecorded(Conflict):
    """What became of an invitation is recorded once."""

    code = "clarification-recorded"
    text = Text("Klarifikasi ini sudah dicatat.", "This clarification was recorded before.")


def check_invited(party: Party, *, by_id: bool, by_name: bool) -> None:
    """Refuse an invitation that names its party otherwise than it can be."""
    refusals = {
        Party.REPORTED: (not by_id or by_name, _NEEDS_ID),
        Party.REPORTER: (by_id or by_name, _UNNAMED),
        Party.FINDER: (by_id, _NOT_BY_ID),
        Party.WITNESS: (by_id or not by_name, _NEEDS_NAME),
        Party.EXPERT: (by_id or not by_name, _NEEDS_NAME),
    }
    is_wrong, text = refusals[party]
    if is_wrong:
        raise RuleBroken("invited-otherwise", text)


def check_minutes(attended: bool, there: Sequence[bool]) -> None:
    """`there`: whether the time, the number and the text of the minutes were given."""
    if attended and not all(there):
        raise RuleBroken("minutes-needed", _MINUTES_NEEDED)
    if not attended and there[0]:
        raise RuleBroken("not-held", _NOT_HELD)
