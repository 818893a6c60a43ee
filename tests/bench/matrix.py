"""The figures of prevention over the largest province: by region, by office, and what is owed.

Each district, kelurahan and desa of East Java was addressed by several circulars, invited to
meetings and put on rosters, as a campaign leaves it; then the three lists are asked for over HTTP.
"""

import asyncio
import statistics
from pathlib import Path
from time import perf_counter
from typing import Final

import asyncpg
import httpx
from rich.table import Table

from app.core.cluster import APPLICATION, OWNER
from app.core.database import open_engine, open_sessions
from tests.bench.crowd import Address
from tests.bench.load import HOST
from tests.bench.serving import environment, folder, serving, show, web
from tests.cli.service import Service
from tests.declarations.declaring import Headers
from tests.people import officer

AIM: Final = 1.0
_TIMES: Final = 7

ASKED: Final = {
    "38 regencies": "/prevention/regions?region=35",
    "first 200 districts": "/prevention/regions?region=35&level=district&limit=200",
    "first 200 offices": "/prevention/offices?region=35&limit=200",
    "its offices, counted": "/prevention/offices?region=35&limit=1&count=exact",
    "offices of a regency": "/prevention/offices?region=35.09&limit=200",
    "first 200 owed": "/prevention/owed?region=35&limit=200",
    "owed by one office": "/prevention/owed?region=35.09.01&office=Kantor%201%2035.09.01",
}

_ROWS: Final = """SELECT (SELECT count(*) FROM circular_addressee)
    + (SELECT count(*) FROM invitation) + (SELECT count(*) FROM check_in)
    + (SELECT count(*) FROM event_follow_up) + (SELECT count(*) FROM coverage)"""
FILL: Final = Path(__file__).with_suffix(".sql")


def bench() -> None:
    with folder() as data, serving(data, "--no-worker") as service:
        address = Address(service.server.url(OWNER), (data / "master.key").read_text().strip())
        rows = asyncio.run(_fill(address))
        with web("whole", environment(service)) as whole:
            taken = asyncio.run(_ask(service, address, whole.port))
    report(rows, taken)


async def _fill(address: Address) -> int:
    connection = await asyncpg.connect(address.plain)
    await connection.execute(FILL.read_text())
    await connection.execute("ANALYZE")
    rows: int = await connection.fetchval(_ROWS)
    await connection.close()
    return rows


async def _ask(service: Service, address: Address, port: int) -> dict[str, list[float]]:
    headers = await _sign_in(service, address)
    taken: dict[str, list[float]] = {}
    base = f"http://{HOST}:{port}/api/v1"
    async with httpx.AsyncClient(base_url=base, headers=headers, timeout=600) as client:
        for name, path in ASKED.items():
            taken[name] = []
            for _ in range(_TIMES):
                began = perf_counter()
                answer = await client.get(path)
                taken[name].append(perf_counter() - began)
                assert answer.is_success, answer.text
                assert answer.json()["items"], name
    return taken


async def _sign_in(service: Service, address: Address) -> Headers:
    engine = open_engine(service.server.url(APPLICATION))
    office = {"role": "prevention_staff", "office_code": "bawaslu-35"}
    headers = await officer(open_sessions(engine), await address.keyring(), **office)
    await engine.dispose()
    return headers


def report(rows: int, taken: dict[str, list[float]]) -> None:
    table = Table(f"{rows:,} rows of one province", "median ms", "slowest ms")
    for name, each in taken.items():
        median, slowest = statistics.median(each) * 1000, max(each) * 1000
        table.add_row(name, f"{median:,.0f}", f"{slowest:,.0f}")
    show.print(table)
    show.print(f"aim: the matrix of a province within {AIM:.0f} s")
