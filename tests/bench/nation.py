"""The signatures of a whole country under one declaration, invented in bulk."""

from typing import Any, Final
from uuid import UUID

import asyncpg

from tests.bench.crowd import Address

_STEP: Final = 200_000
_NOTHING: Final = "decode(repeat('00', 150), 'hex')"

# By its number each of fifty is another case: 0 signed once more, half a country away; 2 stands on
# a sheet for the target 3; 4 has a clock that is wrong; 6 was taken off the roster; 10 to 14 came
# by the open link; the others are targets who have signed.
_OTHER: Final = "(n + $6::bigint / 2 + 1) % $6::bigint"
_ID: Final = "('01932b5e-7c00-7000-8000-' || lpad(to_hex({n}), 12, '0'))::uuid"
_BY_LINK: Final = "n % 50 = 2 OR n % 50 BETWEEN 10 AND 14"
_PLACED: Final = """
      FROM generate_series($2::bigint, $3::bigint - 1) AS n,
           LATERAL (SELECT ($4::int[])[n * cardinality($4::int[]) / $6::bigint + 1] AS id,
                           ($5::text[])[n * cardinality($4::int[]) / $6::bigint + 1] AS code)
                AS place
"""
_SIGNATURES: Final = f"""
    INSERT INTO signature (region_id, id, declaration_id, region_code, "group", role, method,
                           key_id, person_key, captured_at, recorded_at, leaf_index, state,
                           "check", stands_for)
    SELECT place.id, {_ID.format(n="n")}, $1, place.code, 'asn_pns', 'signatory',
           CASE WHEN n % 50 = 2 THEN 'wet' ELSE 'click' END, $7::uuid,
           substr(sha256(('key' || CASE WHEN n % 50 = 0 THEN {_OTHER} ELSE n END)::bytea), 1, 16),
           CASE WHEN n % 50 = 4 THEN now() - interval '1 year' END, now(), n, 'valid',
           CASE WHEN n % 50 = 2 THEN 'confirmed' WHEN n % 50 BETWEEN 10 AND 14 THEN 'waiting'
                ELSE 'not_needed' END,
           CASE WHEN n % 50 = 2 THEN {_ID.format(n="n + 1")} END
    {_PLACED}
"""
_TARGETS: Final = f"""
    INSERT INTO target (region_id, id, declaration_id, region_code, office, "group", role, key_id,
                        person_key, salt, person_hash, sealed, needs_name)
    SELECT place.id, {_ID.format(n="n")}, $1, place.code, 'Dinas Rekaan ' || n % 40, 'asn_pns',
           'signatory', $7::uuid, substr(sha256(('key' || n)::bytea), 1, 16), NULL,
           sha256(n::text::bytea), {_NOTHING}, false
    {_PLACED} WHERE NOT ({_BY_LINK} OR n % 50 = 6)
"""
_SIGNERS: Final = f"""
    INSERT INTO signer (region_id, signature_id, region_code, sealed, for_target)
    SELECT place.id, {_ID.format(n="n")}, place.code, {_NOTHING}, false
    {_PLACED} WHERE ({_BY_LINK}) AND $1::uuid IS NOT NULL AND $7::uuid IS NOT NULL
"""
# Only the leaves that a later one repeats are there.
_LEAVES: Final = f"""
    INSERT INTO ledger_leaf (log, index, data, region_id, subject_id)
    SELECT 'declarations', n,
           ('netra-leaf/1 signed ' || $1::uuid || ' ' || $8::text || ' ' || place.code
            || ' asn_pns signatory ' || $8::text)::bytea,
           place.id, {_ID.format(n="n")}
    {_PLACED} WHERE n % 50 IN (0, 1, 2, 3, 4, 6) AND $7::uuid IS NOT NULL
"""
_HASH: Final = 43
_INTO: Final = (_SIGNATURES, _TARGETS, _SIGNERS, _LEAVES)


async def regencies(url: str) -> list[tuple[int, str]]:
    """The placements and codes of all regencies and cities."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        "SELECT placement_id, code FROM region WHERE level = 'regency' ORDER BY code"
    )
    await connection.close()
    return [(row[0], row[1]) for row in rows]


async def fill(address: Address, declaration: dict[str, Any], number: int) -> None:
    """Let so many sign, regency after regency; `number` is a multiple of 100."""
    ids, codes = zip(*await regencies(address.plain), strict=True)
    key = (await address.keyring()).index_key()
    connection = await asyncpg.connect(address.plain)
    for first in range(0, number, _STEP):
        last = min(first + _STEP, number)
        common = (UUID(declaration["id"]), first, last, list(ids), list(codes), number, key)
        for statement in _INTO:
            more = ("A" * _HASH,) if statement is _LEAVES else ()
            await connection.execute(statement, *common, *more)
    await connection.execute(
        "INSERT INTO ledger_log (name, size) VALUES ('declarations', $1)"
        " ON CONFLICT (name) DO UPDATE SET size = $1",
        number,
    )
    for table in ("signature", "target", "signer", "ledger_leaf"):
        await connection.execute(f"VACUUM ANALYZE {table}")
    await connection.close()
