"""The national hour: signing through the lane, through the framework, and as a textbook has it.

Real HTTP on 127.0.0.1, the phones in a process of their own, the rounds of the worker beside it.
"""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter
from typing import Any, Final

import httpx
from rich.table import Table

from app.certificates.rules.codes import CodeKind
from app.certificates.service.codes import CodeMaker
from app.core.cluster import OWNER
from tests.bench.country import Roster, call_up
from tests.bench.crowd import Address
from tests.bench.load import HOST
from tests.bench.serving import Web, environment, folder, resident, serving, show, web
from tests.cli.service import Service

COUNTRY: Final = 5_600_000
PATH: Final = "/api/v1/signatures"
_SHARE: Final = {(False, False): 0.1, (True, False): 0.2, (True, True): 0.6}
"""Of the seconds: for the textbook, twice, for the framework's route, and for the lane."""
_PAUSE: Final = 0.02


@dataclass(frozen=True)
class Ground:
    """Where the bench takes place: the tickets in a file, the code of who signs first, and how many
    tickets are used."""

    roster: Roster
    file: Path
    code: str
    used: list[int] = field(default_factory=lambda: [0])

    def sign(self, port: int, path: str, seconds: float, connections: int) -> dict[str, Any]:
        """Let phones sign for so long in a process of their own; return what they measured."""
        first = str(self.used[0])
        said = [str(port), str(self.file), "--first", first, "--seconds", str(seconds)]
        load = [sys.executable, "-m", "tests.bench.signers", *said, "--path", path]
        done = subprocess.run(  # noqa: S603  our own program
            [*load, "--connections", str(connections)], check=True, stdout=subprocess.PIPE
        )
        taken: dict[str, Any] = json.loads(done.stdout)
        self.used[0] += taken["used"]
        return taken


@contextmanager
def prepared(number: int) -> Iterator[tuple[Service, Ground]]:
    """A service with a roster of so many, and their tickets."""
    with folder() as data, serving(data) as service:
        key = (data / "master.key").read_text().strip()
        owner = Address(service.server.url(OWNER), key)

        async def fill() -> Ground:
            keys = await owner.keyring()
            roster = await call_up(service, keys, number)
            file = data / "tickets"
            file.write_bytes(b"".join(roster.tickets(keys)))
            return Ground(roster, file, CodeMaker(keys).write(CodeKind.SIGNATURE, 0))

        yield service, asyncio.run(fill())


def bench(number: int, seconds: float, connections: int) -> None:
    """Sign for so many seconds with a roster of so many, all variants in turns."""
    with prepared(number) as (service, ground):
        variables = environment(service)
        plain = variables | {"NETRA_SIGNING_LANE": "false"}
        with web("signing", variables) as lane, web("signing", plain) as framework:
            turns = Turns(ground, seconds, connections)
            turns.take("framework, batched", framework, PATH)
            turns.take("textbook, one transaction each", framework, "/textbook")
            watched = Watched(lane, ground)
            with watched.while_they_sign():
                turns.take("lane, batched", lane, PATH)
            turns.take("textbook, one transaction each", framework, "/textbook")
            turns.tell()
            watched.tell()


def bench_country(connections: int) -> None:
    """Everybody signs, from the first to the last, through the lane."""
    with prepared(COUNTRY) as (service, ground), web("signing", environment(service)) as lane:
        watched, turns = Watched(lane, ground), Turns(ground, 100 * COUNTRY, connections)
        with watched.while_they_sign():
            turns.take("lane, the whole country", lane, PATH)
        turns.tell()
        watched.tell()


@dataclass
class Turns:
    """What each variant did with its seconds; one of the textbook before and one after."""

    ground: Ground
    seconds: float
    connections: int
    taken: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def take(self, name: str, served: Web, path: str) -> None:
        textbook = path != PATH
        # More would only wait for each other, and for a connection of the pool.
        connections = min(self.connections, 16) if textbook else self.connections
        part = self.seconds * _SHARE[path == PATH, "lane" in name]
        taken = self.ground.sign(served.port, path, part, connections)
        self.taken.setdefault(name, []).append(taken)

    def tell(self) -> None:
        table = Table("", "signatures/s", "slowest s", "p50 ms", "p99 ms", "ratio", "answers")
        least = min(median(each["rate"] for each in kept) for kept in self.taken.values())
        for name, kept in self.taken.items():
            first = kept[-1]
            rate = median(each["rate"] for each in kept)
            figures = (rate, first["slowest_second"], first["p50"], first["p99"])
            answers = ", ".join(f"{each}: {n}" for each, n in first["statuses"].items())
            table.add_row(
                name, *(f"{each:.1f}" for each in figures), f"{rate / least:.1f}", answers
            )
        show.print(table)


@dataclass
class Watched:
    """The web process of the lane while it is signed there: its memory, and who reads beside it."""

    web: Web
    ground: Ground
    memory: list[int] = field(default_factory=list)
    latencies: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)

    @contextmanager
    def while_they_sign(self) -> Iterator[None]:
        done = Event()
        watching = Thread(target=self._watch, args=[done])
        watching.start()
        yield
        done.set()
        watching.join()

    def _watch(self, done: Event) -> None:
        paths = {
            "tally": f"/api/v1/declarations/{self.ground.roster.declaration_id}/tally",
            "verify": f"/api/v1/verify/{self.ground.code}",
            "verify page": f"/verify/{self.ground.code}",
        }
        tags = dict.fromkeys(paths, "")
        with httpx.Client(base_url=f"http://{HOST}:{self.web.port}", timeout=60) as client:
            while not done.wait(_PAUSE):
                for name, path in paths.items():
                    tags[name] = self._ask(client, name, path, tags[name])
                self.memory.append(resident(self.web.pid))

    def _ask(self, client: httpx.Client, name: str, path: str, tag: str) -> str:
        began = perf_counter()
        answer = client.get(path, headers={"If-None-Match": tag} if tag else {})
        self.latencies.setdefault(name, []).append(1_000 * (perf_counter() - began))
        self.statuses[answer.status_code] += 1
        return str(answer.headers.get("etag", ""))

    def tell(self) -> None:
        for name, latencies in self.latencies.items():
            kept = sorted(latencies)
            most = kept[int(len(kept) * 0.99)]
            show.print(f"{name} meanwhile: p50 {median(kept):.1f} ms, p99 {most:.1f} ms (aim: 20)")
        show.print(f"answers {dict(self.statuses)}")
        parts = [self.memory[len(self.memory) * each // 5] for each in range(5)]
        show.print(f"memory of the web process, MiB: {parts} and {self.memory[-1]} at the end")
