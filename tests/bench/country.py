"""The roster of a whole country, invented in bulk, and the tickets of everybody on it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

import asyncpg
from httpx import AsyncClient

from app.core.actors import Role
from app.core.cluster import APPLICATION, OWNER
from app.core.crypto import Keyring
from app.core.database import open_engine, open_sessions
from app.declarations.rules.kinds import Group, SignatoryRole
from app.declarations.rules.tickets import Ticket, write_ticket
from tests.cli.service import Service
from tests.declarations.declaring import opened
from tests.people import officer

_FIRST: Final = UUID("01932b5e-7c00-7000-8000-000000000000").int
_STEP: Final = 100_000

# Persons are invented by their number: nothing here opens, and nothing of it is asked to.
_TARGETS: Final = """
    INSERT INTO target (region_id, id, declaration_id, region_code, office, "group", role, key_id,
                        person_key, salt, person_hash, sealed, needs_name)
    SELECT place.id, ('01932b5e-7c00-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1,
           place.code, 'Dinas Rekaan ' || n % 40, $4, $5, $6,
           substr(sha256(('key' || n)::bytea), 1, 16), substr(sha256(('salt' || n)::bytea), 1, 16),
           sha256(n::text::bytea), decode(repeat('00', 150), 'hex'), false
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


async def call_up(service: Service, keys: Keyring, number: int) -> Roster:
    """Open a declaration of the nation, with so many targets."""
    declaration_id = await _declare(service, keys)
    connection = await asyncpg.connect(service.server.url(OWNER).replace("+asyncpg", "", 1))
    places = await connection.fetch(
        "SELECT placement_id, code FROM region WHERE level = 'regency' ORDER BY code"
    )
    ids, codes = [each[0] for each in places], [each[1] for each in places]
    kinds = (Group.ASN_PNS.value, SignatoryRole.SIGNATORY.value, keys.index_key())
    for first in range(0, number, _STEP):
        some = (declaration_id, first, min(first + _STEP, number), *kinds)
        await connection.execute(_TARGETS, *some, ids, codes, len(ids), number)
    await connection.execute("VACUUM ANALYZE target")
    await connection.close()
    return Roster(declaration_id, number, ids)


async def _declare(service: Service, keys: Keyring) -> UUID:
    engine = open_engine(service.server.url(APPLICATION))
    office = {"role": Role.PREVENTION_STAFF, "office_code": "bawaslu-00"}
    headers = await officer(open_sessions(engine), keys, **office)
    await engine.dispose()
    async with AsyncClient(base_url=f"{service.url}/api/v1", timeout=60) as client:
        return UUID((await opened(client, headers, region_code="00"))["id"])
