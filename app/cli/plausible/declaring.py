"""Declarations, who should sign them, who has, and the leaves that tell of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from app.cli.plausible.chance import Chance, Deck
from app.cli.plausible.ground import Home, Text
from app.cli.plausible.sheets import Sheets
from app.core.crypto import Keyring
from app.declarations.files import SIGNER, hash_signer, person_in
from app.declarations.rules.kinds import (
    Check,
    Group,
    Kind,
    Method,
    SignatoryRole,
    SignatureState,
    Status,
)
from app.declarations.rules.persons import SALT_BYTES, commitment
from app.declarations.schemas.signatures import SignerOut
from app.ledger.rules.acts import Act, ActLeaf, write_act
from app.ledger.rules.logs import LogName

ABSENT: Final = 12
"""Of so many on a roster one has not signed."""

_DAYS: Final = 240
"""So long before the day of the vote the first was held, and the last some days before it."""
_LAST: Final = 20
_SIGNING: Final = 6 * 3_600
_OFFICES: Final = 8
# 1 November 2025: 3.60 million PNS and 1.99 million PPPK.
_GROUPS: Final = {Group.ASN_PNS: 36, Group.ASN_PPPK: 20}
_POSTS: Final = ("Pelaksana", "Guru", "Analis", "Camat", "Kepala Seksi")


class Signed(NamedTuple):
    """A declaration to be invented: which of how many of its election, how many should sign it,
    and the index of its first leaf."""

    election_code: str
    voting_on: date
    number: int
    of: int
    targets: int
    first_leaf: int

    @property
    def held_on(self) -> date:
        before = _DAYS - (_DAYS - _LAST) * self.number // self.of
        return self.voting_on - timedelta(days=before)


def signatures_of(targets: int) -> int:
    """How many of so many on a roster have signed."""
    return targets - targets // ABSENT


class DeclaringWriter:
    """Writes declarations as if everybody had signed by a click, sealed, salted and committed to
    as the service does it; the worker publishes and counts the leaves."""

    def __init__(self, sheets: Sheets, chance: Chance, keys: Keyring, text: Text) -> None:
        self.sheets = sheets
        self.chance = chance
        self.keys = keys
        self.key_id = keys.index_key()
        self.text = text
        self.groups = Deck(_GROUPS, chance)

    def write(self, home: Home, wanted: Signed) -> None:
        opened = datetime.combine(wanted.held_on, time(1), UTC)
        id = self.chance.id_at(opened)
        self._declaration(id, home, wanted, opened)
        leaf, offices = wanted.first_leaf, Counter[str]()
        for number in range(wanted.targets):
            office = f"Dinas Rekaan {number % _OFFICES + 1}"
            offices[office] += 1
            at = opened + timedelta(seconds=number * _SIGNING // wanted.targets)
            signed = number % ABSENT != ABSENT - 1
            person = SignerOut(
                name=f"Contoh Rekaan {number}",
                position=_POSTS[number % len(_POSTS)],
                office=office,
                employee_number=None,
                represents=None,
            )
            self._target(Place(id, home), person, at, leaf if signed else None)
            leaf += signed
        self._cover(id, home, offices)

    def _declaration(self, id: UUID, home: Home, wanted: Signed, opened: datetime) -> None:
        self.sheets.add(
            "declaration",
            *(id, home.office_id, home.office_name, home.region_id, home.code),
            *(wanted.election_code, self.text.id, Kind.PLEDGE, "Ikrar netralitas (rekaan)"),
            *("Balai Contoh", "[]", wanted.held_on, "Sekretaris Daerah", "[]", "[]"),
            *(self.text.content_hash, False, Status.HELD, opened, 1),
        )

    def _target(self, place: "Place", person: SignerOut, at: datetime, leaf: int | None) -> None:
        id, salt = self.chance.id_at(at), self.chance.randbytes(SALT_BYTES)
        group, home = self.groups.deal(), place.home
        hashed = hash_signer(person, salt)
        key = self.keys.blind(SIGNER, person_in(person))
        where = (home.region_id, id, place.declaration_id, home.code)
        role = SignatoryRole.SIGNATORY
        sealed = self.keys.seal(person.model_dump_json().encode(), id)
        who = (person.office, group, role, self.key_id, key, salt, hashed, sealed, False)
        self.sheets.add("target", *where, *who)
        if leaf is None:
            return
        how = (group, role, Method.CLICK, self.key_id, key, at, at, leaf)
        self.sheets.add("signature", *where, *how, SignatureState.VALID, Check.NOT_NEEDED)
        committed = commitment(id, hashed, Method.CLICK, at, at)
        self._leaf(place, (id, group, committed), leaf)

    def _leaf(self, place: "Place", signed: tuple[UUID, Group, bytes], leaf: int) -> None:
        id, group, committed = signed
        act = ActLeaf(
            act=Act.SIGNED,
            declaration=place.declaration_id,
            text=bytes.fromhex(self.text.content_hash),
            region=place.home.code,
            group=group,
            role=SignatoryRole.SIGNATORY,
            commitment=committed,
        )
        row = (LogName.DECLARATIONS, leaf, write_act(act), place.home.region_id, id)
        self.sheets.add("ledger_leaf", *row)

    def _cover(self, id: UUID, home: Home, offices: Counter[str]) -> None:
        """How many should sign: by office, and under no name in all."""
        for office, number in {"": offices.total(), **offices}.items():
            self.sheets.add("coverage", home.region_id, id, home.code, office, number, 0)


class Place(NamedTuple):
    """Where somebody is listed."""

    declaration_id: UUID
    home: Home


def declaring(homes: Sequence[Home]) -> list[Home]:
    """The regencies and cities: leaves of the log name no province."""
    return [home for home in homes if "." in home.code]
