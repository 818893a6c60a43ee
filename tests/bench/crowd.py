"""Fills a database with invented complaints, sealed by the code that files real ones."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from multiprocessing import get_context
from struct import pack
from typing import cast
from uuid import UUID

import asyncpg
from sqlalchemy import Table, inspect

from app.complaints.files import marks, sealing
from app.complaints.models.complaints import Complaint, ComplaintContent, ComplaintPerson
from app.complaints.models.search import ComplaintMarks
from app.complaints.rules.marks import Described, Fact, Said, area_mark, facts_in
from app.complaints.rules.procedure import Channel
from app.core.crypto import Keyring, MasterKey
from app.core.database import Base, open_engine, open_sessions
from app.core.ids import new_id
from app.core.keys import open_keyring
from app.regions.rules import ancestors
from tests.bench.invented import Home, Invented, Inventor

BATCH = 5_000
KINDS: tuple[type[Base], ...] = (Complaint, ComplaintContent, ComplaintPerson, ComplaintMarks)
_KEYRINGS: "dict[Address, Keyring]" = {}


@dataclass(frozen=True)
class Address:
    """Where the crowd goes: the owner's connection, and the key that everything is sealed under."""

    url: str
    master_key: str

    @property
    def plain(self) -> str:
        return self.url.replace("+asyncpg", "", 1)

    async def keyring(self) -> Keyring:
        engine = open_engine(self.url)
        keys = await open_keyring(open_sessions(engine), MasterKey.from_base64(self.master_key))
        await engine.dispose()
        return keys


def fill(address: Address, number: int, tell: Callable[[int], None]) -> None:
    """Write so many complaints, on all cores; indexes are made when the rows are in."""
    homes = asyncio.run(_homes(address))
    indexes = asyncio.run(_drop_indexes(address))
    starts = range(0, number, BATCH)
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        batches = [pool.submit(_write, address, homes, start) for start in starts]
        for done in as_completed(batches):
            done.result()
            tell(BATCH)
    asyncio.run(_make_indexes(address, indexes))


def _write(address: Address, homes: Sequence[Home], seed: int) -> None:
    asyncio.run(_write_batch(address, homes, seed))


async def _write_batch(address: Address, homes: Sequence[Home], seed: int) -> None:
    keys = await _keyring(address)
    drawn = Inventor(homes, seed).draw(BATCH)
    rows = list(chain.from_iterable(_rows(each, keys) for each in drawn))
    connection = await asyncpg.connect(address.plain)
    await connection.set_type_codec(
        "tsvector", schema="pg_catalog", encoder=_tsvector, decoder=bytes, format="binary"
    )
    for kind in KINDS:
        table = cast(Table, inspect(kind).local_table)
        names = [column.key for column in table.columns if column.computed is None]
        await connection.copy_records_to_table(
            table.name,
            columns=names,
            records=[[getattr(row, name) for name in names] for row in rows if type(row) is kind],
        )
    await connection.close()


async def _keyring(address: Address) -> Keyring:
    """The same for all batches of a process, as the marks it remembers are."""
    if address not in _KEYRINGS:
        _KEYRINGS[address] = await address.keyring()
    return _KEYRINGS[address]


def _rows(one: Invented, keys: Keyring) -> Iterable[Base]:
    id = new_id()
    yield Complaint(
        id=id,
        region_id=one.home.region_id,
        region_code=one.form.event.region_code,
        kind=one.kind,
        channel=Channel(one.form.channel),
        status=one.status,
        office_id=one.home.office_id,
        election_code=one.form.election_code,
        occurred_on=one.form.event.occurred_on,
        known_on=one.form.event.known_on,
        submitted_at=one.submitted_at,
        officially_received_at=one.submitted_at,
        next_due_on=one.form.event.known_on,
        filed_late=False,
        reported_count=1,
    )
    yield from sealing.seal(one.form, id, keys)
    yield _marks(id, one, keys)


def _marks(id: UUID, one: Invented, keys: Keyring) -> ComplaintMarks:
    event = one.form.event
    persons = [
        Described(each.name, each.position, each.office, each.phone, each.employee_number)
        for each in one.form.reported_persons
    ]
    facts = facts_in(Said(event.place, [event.what, event.account], persons), marks.STOP_WORDS)
    around = [event.region_code, *ancestors(event.region_code)]
    return ComplaintMarks(
        id=id,
        key_id=keys.index_key(),
        region_code=event.region_code,
        submitted_at=one.submitted_at,
        occurred_on=event.occurred_on,
        marks=[*map(area_mark, around), *sorted({_mark(fact, keys) for fact in facts})],
        plain_words=" ".join([one.kind, *around, event.what]),
    )


@lru_cache(maxsize=200_000)
def _mark(fact: Fact, keys: Keyring) -> int:
    return marks.mark_of(fact, keys)


def _tsvector(words: str) -> bytes:
    """As PostgreSQL receives it: how many, then each word with the number of its positions."""
    lexemes = sorted({word.encode() for word in words.split()})
    return pack("!i", len(lexemes)) + b"".join(word + bytes(3) for word in lexemes)


async def _homes(address: Address) -> list[Home]:
    query = """
        SELECT office.region_id, office.region_code, office.id,
               array_agg(region.code) AS districts
          FROM office JOIN region ON region.code LIKE office.region_code || '.%'
         WHERE office.kind = 'bawaslu' AND office.level = 'regency' AND region.level = 'district'
         GROUP BY office.region_id, office.region_code, office.id
         ORDER BY office.region_code
    """
    connection = await asyncpg.connect(address.plain)
    rows = await connection.fetch(query)
    await connection.close()
    return [Home(r["region_id"], r["region_code"], r["districts"], r["id"]) for r in rows]


async def _drop_indexes(address: Address) -> list[str]:
    """Drop what only slows the writing down; return how to make it again."""
    query = """
        SELECT pg_get_indexdef(indexrelid) AS made, indexrelid::regclass::text AS name
          FROM pg_index
         WHERE NOT indisprimary AND indrelid = ANY($1::text[]::regclass[])
    """
    tables = [cast(Table, inspect(kind).local_table).name for kind in KINDS]
    connection = await asyncpg.connect(address.plain)
    rows = await connection.fetch(query, tables)
    for row in rows:
        await connection.execute(f"DROP INDEX {row['name']}")
    await connection.close()
    return [row["made"] for row in rows]


async def _make_indexes(address: Address, definitions: Sequence[str]) -> None:
    connection = await asyncpg.connect(address.plain)
    await connection.execute("SET maintenance_work_mem = '1GB'")
    for definition in definitions:
        await connection.execute(definition)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
