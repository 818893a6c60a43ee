"""The roster of a whole country, invented in bulk, and the tickets of everybody on it."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

import asyncpg

from app.core.crypto import Keyring
from app.core.ids import new_id
from app.declarations.files import read_texts
from app.declarations.rules.kinds import Group, Kind, SignatoryRole, Status
from app.declarations.rules.tickets import Ticket, write_ticket

_FIRST: Final = UUID("01932b5e-7c00-7000-8000-000000000000").int
_STEP: Final = 100_000

_DECLARATION: Final = """
    INSERT INTO declaration (id, office_id, office_name, region_id, region_code, election_code,
                             event_id, pledge_text_id, kind, title, place, local_points, held_on,
                             led_by, legal_basis, text_hash, status, created_at, version)
    SELECT $1, office.id, office.name, office.region_id, office.region_code, NULL,
           NULL, $2, $3, 'Ikrar Nasional Rekaan', 'Jakarta', '[]', '2024-09-30',
           'Ketua Rekaan', $6::text::jsonb, $4, $5, now(), 1
      FROM office WHERE office.code = 'bawaslu-00'
"""
# Persons are invented by their number: nothing here opens, and nothing of it is asked to.
_TARGETS: Final = """
    INSERT INTO target (region_id, id, declaration_id, region_code, office, "group", role, key_id,
                        person_key, salt, person_hash, sealed)
    SELECT place.id, ('01932b5e-7c00-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1,
           place.code, 'Dinas Rekaan ' || n % 40, $4, $5, $6,
           substr(sha256(('key' || n)::bytea), 1, 16), substr(sha256(('salt' || n)::bytea), 1, 16),
           sha256(n::text::bytea), decode(repeat('00', 150), 'hex')
      FROM generate_series($2::bigint, $3::bigint - 1) AS n,
           LATERAL (SELECT ($7::int[])[n * $9 / $10 + 1] AS id,
                           ($8::text[])[n * $9 / $10 + 1] AS code) AS place
"""


@dataclass(frozen=True)
class Roster:
    """Who should sign one national declaration: `number` targets, regency after regency."""

    declaration_id: UUID
    number: int
    region_ids: Sequence[int]

    def ticket(self, number: int) -> Ticket:
        region_id = self.region_ids[number * len(self.region_ids) // self.number]
        return Ticket(region_id, UUID(int=_FIRST + number))

    def tickets(self, keys: Keyring, seed: int = 1) -> list[bytes]:
        """Everybody's ticket, in the order in which they happen to sign."""
        mac = partial(keys.sign_receipt, keys.first_receipt_key())
        order = list(range(self.number))
        random.Random(seed).shuffle(order)  # noqa: S311  an order, no secret
        return [write_ticket(self.ticket(each), mac).encode() for each in order]


async def call_up(url: str, keys: Keyring, number: int) -> Roster:
    """Open a declaration of the nation, with so many targets; `url` is the owner's."""
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1))
    places = await connection.fetch(
        "SELECT placement_id, code FROM region WHERE level = 'regency' ORDER BY code"
    )
    ids, codes = [each[0] for each in places], [each[1] for each in places]
    declaration, text = new_id(), read_texts()[0]
    said = (text.id, Kind.PLEDGE.value, text.content_hash, Status.OPEN.value, json.dumps([]))
    await connection.execute(_DECLARATION, declaration, *said)
    kinds = (Group.ASN_PNS.value, SignatoryRole.SIGNATORY.value, keys.index_key())
    for first in range(0, number, _STEP):
        some = (declaration, first, min(first + _STEP, number), *kinds)
        await connection.execute(_TARGETS, *some, ids, codes, len(ids), number)
    await connection.execute("VACUUM ANALYZE target")
    await connection.close()
    return Roster(declaration, number, ids)
