"""The invalidation rules over the signatures of one declaration: preview, approval, reversal.

Through the real service over HTTP, beside a plain count of the same signatures. While a rule is
applied and taken back, somebody asks for the log again and again, as who signs would. Then a roster
of 100,000 rows is imported.
"""

import asyncio
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import asyncpg
import httpx
from rich.table import Table

from app.core.actors import Role
from app.core.cluster import APPLICATION, OWNER
from app.core.database import open_engine, open_sessions
from app.declarations.rules.changes import SOUGHT
from app.declarations.rules.rosters import LIMITS
from app.declarations.service.importing import RosterImporter
from app.web.clock import present
from tests.bench.crowd import Address
from tests.bench.load import HOST
from tests.bench.nation import fill, regencies
from tests.bench.serving import environment, folder, serving, show, web
from tests.cli.service import Service
from tests.declarations.declaring import Headers, opened
from tests.people import officer

LIMIT: Final = 30.0
_COUNTS: Final = 5
_PAUSE: Final = 0.005
_COUNT: Final = "SELECT count(*) FROM signature WHERE declaration_id = $1 AND state = 'valid'"
_HOLD: Final = "SELECT size FROM ledger_log WHERE name = 'declarations' FOR UPDATE"


@dataclass
class Taken:
    """Seconds of one rule; `waits` are those of who asked for the log meanwhile."""

    preview: float
    found: int
    approvals: list[float] = field(default_factory=list)
    reversals: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


@dataclass
class Desk:
    """An officer of the nation, with one declaration."""

    service: Service
    address: Address
    headers: Headers
    client: httpx.AsyncClient
    declaration: dict[str, Any]

    async def post(self, path: str, form: Any = None) -> tuple[float, Any]:
        began = perf_counter()
        path = f"/declarations/{self.declaration['id']}/invalidations{path}"
        answer = await self.client.post(path, json=form, headers=self.headers)
        taken = perf_counter() - began
        assert answer.is_success, answer.text
        return taken, answer.json()

    async def try_out(self, rule: str) -> Taken:
        """Preview a rule, apply it wholly and take it back."""
        seconds, seen = await self.post("", {"rule": rule})
        taken = Taken(seconds, seen["found"])
        async with self._asking_for_the_log(taken.waits):
            await self._until(f"/{seen['id']}/approval", "applied_at", taken.approvals)
            await self._until(f"/{seen['id']}/reversal", "reversed_at", taken.reversals)
        return taken

    async def _until(self, path: str, end: str, taken: list[float]) -> None:
        said: dict[str, Any] = {end: None}
        while said[end] is None:
            seconds, said = await self.post(path)
            taken.append(seconds)

    @asynccontextmanager
    async def _asking_for_the_log(self, waits: list[float]) -> AsyncIterator[None]:
        connection = await asyncpg.connect(self.address.plain)

        async def ask() -> None:
            while True:
                began = perf_counter()
                await connection.execute(_HOLD)
                waits.append(perf_counter() - began)
                await asyncio.sleep(_PAUSE)

        asking = asyncio.create_task(ask())
        try:
            yield
        finally:
            asking.cancel()
            await asyncio.wait([asking])
            await connection.close()

    async def count(self) -> float:
        """Seconds of a plain count, by median."""
        connection = await asyncpg.connect(self.address.plain)
        taken = []
        for _ in range(_COUNTS):
            began = perf_counter()
            await connection.fetchval(_COUNT, self.declaration["id"])
            taken.append(perf_counter() - began)
        await connection.close()
        return statistics.median(taken)

    async def enlist(self) -> tuple[float, int]:
        """Import as many rows as one table may hold; the seconds are those of the worker alone."""
        codes = [code for _, code in await regencies(self.address.plain)]
        table = ["name;position;office;group;role;represents;region_code;nip"]
        for number in range(LIMITS.rows):
            office, code = f"Dinas Rekaan {number % 40}", codes[number % len(codes)]
            table.append(f"Contoh Rekaan {number};Staf;{office};PNS;penanda tangan;;{code};")
        sent = await self.client.post(
            f"/declarations/{self.declaration['id']}/roster-imports",
            content="\r\n".join([*table, ""]).encode(),
            headers=self.headers | {"Content-Type": "text/csv"},
        )
        assert sent.is_success, sent.text
        engine = open_engine(self.service.server.url(APPLICATION))
        began = perf_counter()
        await RosterImporter(open_sessions(engine), await self.address.keyring(), present).next()
        taken = perf_counter() - began
        await engine.dispose()
        path = f"/declarations/{self.declaration['id']}/roster-imports/{sent.json()['id']}"
        report = (await self.client.get(path, headers=self.headers)).json()
        assert report["state"] == "imported", report
        return taken, report["good_rows"]


def bench(rows: int) -> None:
    """Fill one declaration, try out every rule, then import a roster."""
    with folder() as data, serving(data, "--no-worker") as service:
        address = Address(service.server.url(OWNER), (data / "master.key").read_text().strip())
        with web("whole", environment(service)) as whole:
            asyncio.run(_bench(service, address, whole.port, rows))


async def _bench(service: Service, address: Address, port: int, rows: int) -> None:
    headers = await _sign_in(service, address)
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}/api/v1", timeout=600) as client:
        declaration = await opened(client, headers, region_code="00")
        began = perf_counter()
        await fill(address, declaration, rows)
        show.print(f"{rows:,} signatures in {perf_counter() - began:.0f} s")
        desk = Desk(service, address, headers, client, declaration)
        plain, taken = await desk.count(), {}
        for rule in sorted(SOUGHT):
            # A session is over before all of them are through.
            desk.headers = await _sign_in(service, address)
            taken[rule.value] = await desk.try_out(rule)
        report(rows, plain, taken)
        desk.headers = await _sign_in(service, address)
        seconds, listed = await desk.enlist()
    show.print(f"roster: {listed:,} rows in {seconds:.1f} s, {listed / seconds:,.0f} rows/s")


async def _sign_in(service: Service, address: Address) -> Headers:
    engine = open_engine(service.server.url(APPLICATION))
    office = {"role": Role.PREVENTION_STAFF, "office_code": "bawaslu-00"}
    headers = await officer(open_sessions(engine), await address.keyring(), **office)
    await engine.dispose()
    return headers


def report(rows: int, plain: float, taken: dict[str, Taken]) -> None:
    heads = ("found", "preview s", "ratio", "approvals", "s in all", "reversals", "s in all")
    table = Table(f"{rows:,} signatures", *heads, "longest wait s")
    for rule, each in taken.items():
        table.add_row(
            rule,
            f"{each.found:,}",
            f"{each.preview:.2f}",
            f"{each.preview / plain:.1f}",
            f"{len(each.approvals)}",
            f"{sum(each.approvals):.1f}",
            f"{len(each.reversals)}",
            f"{sum(each.reversals):.1f}",
            f"{max(each.waits):.2f}",
        )
    show.print(table)
    show.print(f"a plain count takes {plain:.2f} s; aim: no preview above {LIMIT:.0f} s")
