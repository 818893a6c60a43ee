import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from app.core import objections
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.places import area_of, lies_in
from app.core.tables import RowFault
from app.declarations import files
from app.declarations.models.declarations import Declaration, Target
from app.declarations.rules import roster_rows
from app.declarations.rules.persons import SALT_BYTES
from app.declarations.rules.roster_rows import RosterRow
from app.declarations.schemas.signatures import SignerOut

Person: TypeAlias = tuple[int, bytes]
"""Where somebody is listed, and the blind index of who it is."""


class Enroller:
    """Makes targets of rows: the person sealed, salted and hashed as whoever signs later is."""

    def __init__(self, declaration: Declaration, keys: Keyring) -> None:
        self.declaration = declaration
        self.area = area_of(declaration.region_code)
        self.keys = keys
        self.key_id = keys.index_key()

    def faults_in(
        self, rows: Sequence[RosterRow], placements: Mapping[str, int], seen: set[Person]
    ) -> list[RowFault]:
        """What is wrong with the places of rows, and which of them were seen before."""
        faults = []
        for row in rows:
            fault = self._misplaced(row, placements)
            if fault is None:
                person = placements[row.region_code], self._key_of(_person(row))
                fault = RowFault(row.line, None, roster_rows.TWICE) if person in seen else None
                seen.add(person)
            if fault is not None:
                faults.append(fault)
        return faults

    def enrol_all(self, rows: Sequence[RosterRow], placements: Mapping[str, int]) -> list[Target]:
        return [self.enrol(row, placements[row.region_code]) for row in rows]

    def enrol(self, row: RosterRow, region_id: int) -> Target:
        person, salt, id = _person(row), secrets.token_bytes(SALT_BYTES), new_id()
        return Target(
            region_id=region_id,
            id=id,
            declaration_id=self.declaration.id,
            region_code=row.region_code,
            office=row.office,
            group=row.group,
            role=row.role,
            key_id=self.key_id,
            person_key=self._key_of(person),
            salt=salt,
            person_hash=files.hash_signer(person, salt),
            sealed=self.keys.seal(person.model_dump_json().encode(), id),
            needs_name=not person.name,
        )

    def marks_of(self, rows: Collection[RosterRow]) -> list[set[bytes]]:
        """Of each row, its person under every index key that has rows."""
        return [set(self.keys.blinds(files.SIGNER, files.person_in(_person(row)))) for row in rows]

    def _key_of(self, person: SignerOut) -> bytes:
        return self.keys.blind(files.SIGNER, files.person_in(person))

    def _misplaced(self, row: RosterRow, placements: Mapping[str, int]) -> RowFault | None:
        if row.region_code not in placements:
            return RowFault(row.line, "region_code", objections.UNKNOWN_REGION)
        if not lies_in(row.region_code, self.area):
            return RowFault(row.line, "region_code", roster_rows.OUTSIDE)
        return None


def _person(row: RosterRow) -> SignerOut:
    return SignerOut(
        name=row.name,
        position=row.position,
        office=row.office,
        employee_number=row.employee_number,
        represents=row.represents,
    )


def marks_of(target: Target, keys: Keyring) -> list[bytes]:
    """Its person under every index key that has rows; nothing once the person was erased."""
    signer = signer_of(target, keys)
    return keys.blinds(files.SIGNER, files.person_in(signer)) if signer is not None else []


def signer_of(target: Target, keys: Keyring) -> SignerOut | None:
    """Who it is; nobody once the person was erased."""
    return files.open_signer(target.sealed, target.id, keys) if target.salt is not None else None
