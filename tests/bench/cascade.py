"""A circular to every village of the country: how long it takes to send it, what that costs the
process, and its rates, beside a read of the circular itself.

Through the real service over HTTP. One office in three has acknowledged and one in ten reported
when the rates are asked for: of the whole country, of one province, and by one province.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, Final

import asyncpg
import httpx
from rich.progress import track
from rich.table import Table

from app.core.actors import Role
from app.core.cluster import APPLICATION, OWNER
from app.core.database import open_engine, open_sessions
from tests.bench.asking import Line, p99
from tests.bench.crowd import Address
from tests.bench.load import HOST
from tests.bench.serving import environment, folder, resident, serving, show, web
from tests.cli.service import Service
from tests.declarations.declaring import Headers
from tests.people import office_id, officer

LIMIT: Final = 300.0
"""Seconds in which all offices have to be addressed."""
RATES: Final = 100.0
"""Milliseconds in which the rates have to be there."""
TURNS: Final = 60
WARM_UP: Final = 5
_PAUSE: Final = 0.05

_VILLAGES: Final = ("urban_village_head", "village_head")
_HEARD: Final = """
    UPDATE circular_addressee
       SET acknowledged_at = CASE WHEN n % 3 = 0 THEN now() END,
           acknowledged_by = CASE WHEN n % 3 = 0 THEN 'public' END,
           done = CASE WHEN n % 10 = 0 THEN 1 ELSE 0 END,
           next_due_on = CASE WHEN n % 3 = 0 THEN next_due_on + 7 ELSE next_due_on END
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM circular_addressee) AS one
     WHERE one.id = circular_addressee.id
"""


def bench() -> None:
    """Send one circular to all villages, then ask for its rates."""
    with folder() as data, serving(data, "--no-worker") as service:
        address = Address(service.server.url(OWNER), (data / "master.key").read_text().strip())
        with web("whole", environment(service)) as whole:
            asyncio.run(_bench(service, address, whole.port, whole.pid))


async def _bench(service: Service, address: Address, port: int, pid: int) -> None:
    nation = await _sign_in(service, address, "bawaslu-00")
    base = f"http://{HOST}:{port}/api/v1"
    async with httpx.AsyncClient(base_url=base, headers=nation, timeout=600) as client:
        circular = await _draft(client, service)
        before = resident(pid)
        async with _watching(pid) as most:
            began = perf_counter()
            answer = await client.post(f"/circulars/{circular['id']}/issuance")
            seconds = perf_counter() - began
        assert answer.is_success, answer.text
        path = f"/circulars/{circular['id']}"
        sent = (await client.get(f"{path}/reach")).json()["total"]["addressed"]
        show.print(
            f"{sent:,} offices addressed in {seconds:.1f} s (aim: {LIMIT:.0f} s); the process grew"
            f" from {before} to {max(most)} MiB"
        )
        await _hear(address)
        province = await _sign_in(service, address, "bawaslu-73")
        asked = {
            "nation": (f"/api/v1{path}/reach", nation),
            "province": (f"/api/v1{path}/reach", province),
            "nation, of 73": (f"/api/v1{path}/reach?region=73", nation),
        }
        _report(await _ask(port, asked, f"/api/v1{path}", nation))


async def _draft(client: httpx.AsyncClient, service: Service) -> dict[str, Any]:
    engine = open_engine(service.server.url(APPLICATION))
    office = await office_id(open_sessions(engine), "bawaslu-00")
    await engine.dispose()
    body = {
        "office_id": str(office),
        "signer": {"post": "Ketua", "name": "Pejabat Rekaan"},
        "number": "1/REKAAN/2024",
        "dated_on": "2024-09-17",
        "subject": "Netralitas aparatur",
        "body": "Setiap aparatur netral.",
        "addressees": [{"category": each, "region_code": "00"} for each in _VILLAGES],
        "obligations": [{"what": "Membacakan ikrar.", "due_on": "2024-10-15"}],
        "acknowledge_by": "2024-09-24",
    }
    drafted = await client.post("/circulars", json=body)
    assert drafted.is_success, drafted.text
    return dict(drafted.json())


@asynccontextmanager
async def _watching(pid: int) -> AsyncIterator[list[int]]:
    """The resident memory of the process, again and again."""
    seen = [resident(pid)]

    async def look() -> None:
        while True:
            seen.append(resident(pid))
            await asyncio.sleep(_PAUSE)

    looking = asyncio.create_task(look())
    try:
        yield seen
    finally:
        looking.cancel()
        await asyncio.wait([looking])


async def _hear(address: Address) -> None:
    """Let a part of the country answer, and the database tidy up as it would by itself."""
    connection = await asyncpg.connect(address.plain)
    await connection.execute(_HEARD)
    await connection.execute("VACUUM ANALYZE circular_addressee")
    await connection.close()


async def _ask(
    port: int, asked: dict[str, tuple[str, Headers]], key: str, nation: Headers
) -> dict[str, list[float]]:
    line = Line(*await asyncio.open_connection(HOST, port))
    taken: dict[str, list[float]] = {name: [] for name in (*asked, "the circular")}
    for turn in track(range(TURNS + WARM_UP), "asking", console=show):
        for name, (path, headers) in asked.items():
            took = await line.ask(path, None, headers)
            read = await line.ask(key, None, nation)
            if turn >= WARM_UP:
                taken[name].append(took)
                taken["the circular"].append(read)
    return taken


async def _sign_in(service: Service, address: Address, office: str) -> Headers:
    engine = open_engine(service.server.url(APPLICATION))
    role = Role.PREVENTION_STAFF
    keys = await address.keyring()
    headers = await officer(open_sessions(engine), keys, role=role, office_code=office)
    await engine.dispose()
    return headers


def _report(taken: dict[str, list[float]]) -> None:
    table = Table("rates", "p50 ms", "p99 ms")
    for name, each in taken.items():
        table.add_row(name, f"{sorted(each)[len(each) // 2]:.1f}", f"{p99(each):.1f}")
    show.print(table)
    show.print(f"aim: the rates of all in {RATES:.0f} ms")
