"""The ladders of sanctions: which there are on a day, for whom, how long they last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.cases.rules.decisions import SubjectGroup
from app.cases.rules.violations import Severity
from app.clocks.rules.norms import Confidence
from app.core.errors import Fault, Invalid
from app.core.texts import Text

SANCTION_CODE: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Ladder(StrEnum):
    """By which law a sanction is one."""

    PNS_ETHICS = "pns_ethics"
    PNS_DISCIPLINE = "pns_discipline"
    PNS_DISMISSAL = "pns_dismissal"
    PPPK = "pppk"
    VILLAGE = "village"
    NON_ASN = "non_asn"


@dataclass(frozen=True, kw_only=True)
class SanctionKind:
    """One version of a kind; `least_months` to `most_months` is how long it lasts, both None
    where it has no duration; `valid_to` is its last day."""

    code: str
    version: int
    ladder: Ladder
    severity: Severity
    name_id: str
    name_en: str
    least_months: int | None
    most_months: int | None
    groups: tuple[SubjectGroup, ...]
    instrument: str
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def may_last(self, months: int | None) -> bool:
        if self.least_months is None or self.most_months is None:
            return months is None
        return months is not None and self.least_months <= months <= self.most_months


@dataclass(frozen=True)
class Wanted:
    """A sanction as a decree names it, and whom it strikes (None where the group is not known)."""

    code: str
    months: int | None
    group: SubjectGroup | None


def chosen(kinds: Sequence[SanctionKind], wanted: Wanted, on: date, pointer: str) -> SanctionKind:
    """The kind that a decree of this day can impose; refused where there is none, where it is not
    for this person, or where it does not last so long."""
    kind = next((each for each in kinds if each.code == wanted.code and each.is_in_force(on)), None)
    if kind is None:
        raise Invalid(Fault(f"{pointer}/kind", "unknown-sanction", _UNKNOWN))
    if wanted.group is not None and wanted.group not in kind.groups:
        raise Invalid(Fault(f"{pointer}/kind", "wrong-group", _WRONG_GROUP))
    if not kind.may_last(wanted.months):
        raise Invalid(Fault(f"{pointer}/months", "wrong-duration", _duration(kind)))
    return kind


_UNKNOWN: Final = Text(
    "Jenis sanksi ini tidak ada atau tidak berlaku pada tanggal keputusan itu.",
    "There is no such kind of sanction, or it was not in force on the day of that decree.",
)
_WRONG_GROUP: Final = Text(
    "Jenis sanksi ini tidak berlaku bagi kelompok orang ini.",
    "This kind of sanction is not for persons of this group.",
)


def _duration(kind: SanctionKind) -> Text:
    if kind.least_months is None:
        return Text("Sanksi ini tidak berjangka waktu.", "This sanction has no duration.")
    if kind.least_months == kind.most_months:
        return Text(
            f"Sanksi ini berlaku {kind.least_months} bulan.",
            f"This sanction lasts {kind.least_months} months.",
        )
    return Text(
        f"Sanksi ini berlaku {kind.least_months} sampai {kind.most_months} bulan.",
        f"This sanction lasts {kind.least_months} to {kind.most_months} months.",
    )


LADDERS: Final[Mapping[StrEnum, Text]] = {
    Ladder.PNS_ETHICS: Text("Sanksi moral PNS", "Moral sanctions of civil servants"),
    Ladder.PNS_DISCIPLINE: Text("Hukuman disiplin PNS", "Discipline of civil servants"),
    Ladder.PNS_DISMISSAL: Text("Pemberhentian PNS", "Dismissal of civil servants"),
    Ladder.PPPK: Text("Sanksi PPPK", "Sanctions of contract civil servants"),
    Ladder.VILLAGE: Text("Sanksi kepala dan perangkat desa", "Sanctions of village officials"),
    Ladder.NON_ASN: Text("Sanksi pegawai non-ASN", "Sanctions of staff outside the service"),
}
