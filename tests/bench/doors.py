"""The doors of a national meeting: check-ins by the batch, and the presence list of 1,200.

Real HTTP on 127.0.0.1: forty phones over eight connections, each batch new scans by ticket, every
size of batch in turns. The list is read beside the event itself, through the same door.
"""

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from statistics import median
from time import perf_counter
from typing import Any, Final, NamedTuple
from uuid import UUID

from httpx import AsyncClient
from rich.table import Table

from app.core.actors import Role
from app.core.cluster import APPLICATION, OWNER
from app.core.crypto import Keyring
from app.core.database import open_engine
from tests.bench.asking import Line, Taken, p99, report
from tests.bench.crowd import Address
from tests.bench.load import HOST, read_answer
from tests.bench.serving import Web, environment, folder, processor, serving, show, web
from tests.cli.service import Service
from tests.people import officer
from tests.rakor.committed import Office, office_of
from tests.rakor.doors import Phone
from tests.rakor.gathering import BEFORE, OPENING, convene, meet, phones_of, tickets_of
from tests.rakor.meeting import told

PHONES: Final = 40
CONNECTIONS: Final = 8
ROUNDS: Final = 4
SCANS: Final = {1: 400, 20: 3_000, 100: 6_000, 500: 6_000}
"""How many scans a turn takes, by the size of its batches."""
MORE: Final = 110
"""Beside two of each region, so that 1,200 are invited."""
TURNS, WARM_UP, SEED = 120, 10, 2024
_SENT: Final = (ROUNDS + 1) * sum(SCANS.values())


class Question(NamedTuple):
    name: str
    office: str
    path: str


@dataclass(frozen=True)
class Meeting:
    """One that begins: its path, its phones, and a ticket for each of the invited."""

    id: UUID
    phones: list[Phone]
    tickets: dict[str, str]

    @property
    def path(self) -> str:
        return f"/api/v1/events/{self.id}"

    def batches(self, scans: int, size: int) -> Iterator[bytes]:
        """New scans, phone after phone, as they cross the wire."""
        tickets, phones = cycle(self.tickets.values()), cycle(self.phones)
        for number in range(scans // size):
            phone, at = next(phones), OPENING + timedelta(seconds=number)
            items = [phone.note(at, ticket=each) for each in islice(tickets, size)]
            yield self._post(phone, {"items": items})

    def _post(self, phone: Phone, body: dict[str, Any]) -> bytes:
        sent = json.dumps(body).encode()
        lines = [
            f"POST {self.path}/check-ins/batch HTTP/1.1",
            f"Host: {HOST}",
            f"Authorization: {phone.headers['Authorization']}",
            "Content-Type: application/json",
            f"Content-Length: {len(sent)}",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + sent


def bench() -> None:
    with folder() as data, serving(data, "--no-worker") as service:
        owner = Address(service.server.url(OWNER), (data / "master.key").read_text().strip())
        keys = asyncio.run(owner.keyring())
        with web("whole", environment(service)) as served:
            asyncio.run(_measure(service, served, keys))


async def _measure(service: Service, served: Web, keys: Keyring) -> None:
    engine = open_engine(service.server.url(APPLICATION))
    nation = await office_of(engine, "bawaslu-00", keys)
    head = {"role": Role.PREVENTION_STAFF, "office_code": "bawaslu-00"}
    headers = await officer(nation.sessions, keys, **head)
    async with AsyncClient(base_url=f"http://{HOST}:{served.port}/api/v1", timeout=60) as crowd:
        meeting = await _convened(nation, crowd)
        await _come(meeting)
        line = Line(*await asyncio.open_connection(HOST, served.port))
        report(await _ask(line, meeting, headers))
        await _weigh(line, served, meeting, headers)
        meeting = await _convened(nation, crowd)
        await _check_in(meeting, served.port)
        counted = await crowd.get(f"/events/{meeting.id}/check-ins?count=exact", headers=headers)
        show.print(f"check-ins recorded: {told(counted, 200)['total']} of {_SENT} sent")
    await engine.dispose()


async def _convened(nation: Office, crowd: AsyncClient) -> Meeting:
    id = await convene(nation)
    office = {"office_name": "Pemerintah Rekaan", "region_code": "31.72"}
    more = [office | {"post": f"Kepala Dinas {number}"} for number in range(MORE)]
    await nation.invite(id, *more, now=BEFORE)
    phones = await phones_of(nation, id, crowd, [timedelta(0)] * PHONES)
    return Meeting(id, phones, await tickets_of(nation, id))


async def _come(meeting: Meeting) -> None:
    """Everybody comes once, some twice, some leave; each phone delivers what it saw."""
    seen = meet(random.Random(SEED), meeting.phones, meeting.tickets)  # noqa: S311
    for phone in meeting.phones:
        told(await phone.deliver(*[item for each, item in seen.scans if each is phone]), 200)


async def _ask(line: Line, meeting: Meeting, headers: dict[str, str]) -> dict[Question, Taken]:
    asked = [
        Question("presence list of 1,200 (aim: 50 ms)", "nation", f"{meeting.path}/attendance"),
        Question("quorum of 1,200", "nation", f"{meeting.path}/quorum"),
        Question("check-ins, newest", "nation", f"{meeting.path}/check-ins"),
    ]
    taken = {question: Taken([], []) for question in asked}
    for turn in range(TURNS + WARM_UP):
        for question in asked:
            took = await line.ask(question.path, None, headers)
            key = await line.ask(meeting.path, None, headers)
            if turn >= WARM_UP:
                taken[question].question.append(took)
                taken[question].key.append(key)
    return taken


async def _weigh(line: Line, served: Web, meeting: Meeting, headers: dict[str, str]) -> None:
    """What the list costs the web process itself, however busy the machine is."""
    before = processor(served.pid)
    for _ in range(TURNS):
        await line.ask(f"{meeting.path}/attendance", None, headers)
    spent = (processor(served.pid) - before) / TURNS
    show.print(f"presence list of 1,200: {spent:.1f} ms of processor in the web process")


async def _check_in(meeting: Meeting, port: int) -> None:
    rates: dict[int, list[float]] = {size: [] for size in SCANS}
    latencies: dict[int, list[float]] = {size: [] for size in SCANS}
    for turn in range(ROUNDS + 1):
        for size, scans in SCANS.items():
            batches = list(meeting.batches(scans, size))
            began = perf_counter()
            taken = await _deliver(batches, port)
            if turn:  # the first one warms up
                rates[size].append(scans / (perf_counter() - began))
                latencies[size] += taken
    table = Table("scans in a batch", "scans/s (aim: 500)", "p50 ms", "p99 ms", "of one by one")
    for size, kept in rates.items():
        ratio = median(kept) / median(rates[1])
        figures = (median(kept), median(latencies[size]), p99(latencies[size]), ratio)
        table.add_row(str(size), *(f"{each:.1f}" for each in figures))
    show.print(table)


async def _deliver(batches: list[bytes], port: int) -> list[float]:
    taken: list[float] = []

    async def deliver() -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        while batches:
            began = perf_counter()
            writer.write(batches.pop())
            status = await read_answer(reader)
            assert status == 200, status
            taken.append(1_000 * (perf_counter() - began))
        writer.close()

    await asyncio.gather(*[deliver() for _ in range(CONNECTIONS)])
    return taken
