from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.complaints.files.importing import OldCase
from app.complaints.repository.importing import ImportRepository
from app.complaints.rules.entries import oversees
from app.complaints.rules.importing import at_office, misplaced
from app.complaints.rules.objections import TWICE, UNKNOWN_ELECTION, UNKNOWN_OFFICE
from app.core import objections
from app.core.actors import Actor
from app.core.tables import RowFault
from app.offices.models import Office
from app.offices.rules import OfficeKind, office_code
from app.regions.rules import placement_code


@dataclass(frozen=True)
class PlacedCase:
    """An older case with what its codes stand for; `submitted_at` has the zone of the office."""

    case: OldCase
    office: Office
    region_id: int
    submitted_at: datetime

    @property
    def known_by(self) -> tuple[UUID, str]:
        return self.office.id, self.case.number.key


@dataclass(frozen=True)
class Directory:
    """What the codes of older cases can mean to the office that imports them."""

    actor: Actor
    placements: Mapping[str, int]
    offices: Mapping[str, Office]
    elections: Collection[str]

    def faults_in(self, case: OldCase) -> list[RowFault]:
        checks = (
            ("region_code", self._region(case)),
            ("office_code", self._office(case)),
            ("election_code", self._election(case)),
        )
        return [RowFault(case.line, column, found) for column, found in checks if found]

    def place(self, case: OldCase) -> PlacedCase:
        office = self.offices[_office_code(case)]
        zone = ZoneInfo(office.time_zone)
        submitted_at = at_office(case.submitted_at, zone)
        return PlacedCase(case, office, self.placements[case.region_code], submitted_at)

    def _region(self, case: OldCase) -> objections.Objection | None:
        if case.region_code not in self.placements:
            return objections.UNKNOWN_REGION
        return None if oversees(self.actor, case.region_code) else objections.OUTSIDE_AREA

    def _office(self, case: OldCase) -> objections.Objection | None:
        office = self.offices.get(_office_code(case))
        if case.office_code is None or (office and oversees(self.actor, office.region_code)):
            return None
        return UNKNOWN_OFFICE

    def _election(self, case: OldCase) -> objections.Objection | None:
        known = case.election_code is None or case.election_code in self.elections
        return None if known else UNKNOWN_ELECTION


async def open_directory(
    imports: ImportRepository, actor: Actor, cases: Sequence[OldCase]
) -> Directory:
    regions = {case.region_code for case in cases}
    named = {case.office_code for case in cases if case.office_code}
    return Directory(
        actor=actor,
        placements=await imports.placements(regions),
        offices=await imports.offices(regions, named),
        elections=await imports.elections(),
    )


def place_all(
    directory: Directory, cases: Sequence[OldCase], now: datetime
) -> tuple[list[PlacedCase], list[RowFault]]:
    """Place what can be placed, and name what is wrong with the rest."""
    faults = {case.line: directory.faults_in(case) for case in cases}
    placed = [directory.place(case) for case in cases if not faults[case.line]]
    return placed, [
        *(fault for found in faults.values() for fault in found),
        *(fault for each in placed for fault in _disorder(each, now)),
        *_doubles(placed),
    ]


def _disorder(placed: PlacedCase, now: datetime) -> list[RowFault]:
    case = placed.case
    found = misplaced(case.occurred_on, case.known_on, placed.submitted_at, now)
    return [RowFault(case.line, *found)] if found else []


def _doubles(placed: Sequence[PlacedCase]) -> list[RowFault]:
    """The rows whose number stands in a row before them."""
    seen: Counter[tuple[UUID, str]] = Counter()
    faults = []
    for each in placed:
        seen[each.known_by] += 1
        if seen[each.known_by] > 1:
            faults.append(RowFault(each.case.line, "legacy_number", TWICE))
    return faults


def _office_code(case: OldCase) -> str:
    """The office that is named, or the one that handles the place."""
    return case.office_code or office_code(OfficeKind.BAWASLU, placement_code(case.region_code))
