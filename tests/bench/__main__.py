"""`make bench`: filing beside a no-op of the same application, and what a start costs.

One web process; the load comes from this process on the same machine, so absolute figures are
aims and the ratios are what counts. Every pair is measured in turns, A B A B.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from statistics import median
from tempfile import TemporaryDirectory

import httpx
from rich.console import Console
from rich.table import Table

from app.core.cluster import APPLICATION
from app.core.ids import new_id
from tests.bench.load import Measured, get, measure, put
from tests.cli.service import Service
from tests.complaints.filing import complaint

ROUNDS = 5
SECONDS = 3.0
CONNECTIONS = 16
show = Console(width=100)


@dataclass(frozen=True)
class Web:
    """One web process of uvicorn, with the options that `netra serve` gives it."""

    port: int
    pid: int


@contextmanager
def web(factory: str, environment: dict[str, str]) -> Iterator[Web]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--factory", "--port", str(port), "--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen(  # noqa: S603  our own programs
        [sys.executable, "-m", "uvicorn", f"tests.bench.apps:{factory}", *options],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        while not answers(port):
            time.sleep(0.1)
        yield Web(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def answers(port: int) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"http://127.0.0.1:{port}/noop").is_success
    return False


def resident(pid: int) -> int:
    """Resident memory of a process, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def file_one() -> bytes:
    return put(f"/api/v1/complaints/{new_id()}", json.dumps(complaint()).encode())


def nothing() -> bytes:
    return get("/noop")


def rounds(alone: Web, whole: Web) -> tuple[list[Measured], list[Measured], list[Measured]]:
    def run(port: int, request: object) -> Measured:
        load = measure(port, request, connections=CONNECTIONS, seconds=SECONDS)  # type: ignore[arg-type]
        return asyncio.run(load)

    taken: tuple[list[Measured], list[Measured], list[Measured]] = ([], [], [])
    for each in range(ROUNDS + 1):
        turn = run(alone.port, nothing), run(whole.port, nothing), run(whole.port, file_one)
        for kept, measured in zip(taken, turn, strict=True):
            if each:  # the first turn warms up
                kept.append(measured)
    return taken


def report(names: tuple[str, ...], taken: tuple[list[Measured], ...]) -> None:
    table = Table("", "requests/s", "p50 ms", "p99 ms", "of the no-op alone", "statuses")
    for name, kept in zip(names, taken, strict=True):
        ratios = [one.rate / other.rate for one, other in zip(kept, taken[0], strict=True)]
        statuses = frozenset[int]().union(*(each.statuses for each in kept))
        table.add_row(
            name,
            f"{median(each.rate for each in kept):.0f}",
            f"{median(each.p50 for each in kept):.1f}",
            f"{median(each.p99 for each in kept):.1f}",
            f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
            ", ".join(map(str, sorted(statuses))),
        )
    show.print(table)


@contextmanager
def serving(data: Path, *options: str) -> Iterator[Service]:
    service = Service(data, *options)
    try:
        service.wait()
        yield service
    finally:
        service.send(signal.SIGTERM)
        service.process.wait(60)


def start(data: Path) -> float:
    """Seconds from the command until it says that it is ready."""
    began = time.perf_counter()
    with serving(data):
        return time.perf_counter() - began


def compare(service: Service) -> None:
    environment = {
        "DATABASE_URL": service.server.url(APPLICATION),
        "NETRA_DATA": str(service.server.home),
        "NETRA_ANONYMOUS_RATE": "100000000",
        "NETRA_INTAKE_RATE": "100000000",
        "NETRA_LOG_LEVEL": "info",
    }
    with web("alone", environment) as alone, web("whole", environment) as whole:
        before = resident(whole.pid)
        names = ("no-op alone", "no-op, all routes (aim: 0.75)", "filing (aim: 0.05)")
        report(names, rounds(alone, whole))
        show.print(f"web process: {before} MiB at start, {resident(whole.pid)} MiB after the load")


def main() -> None:
    with TemporaryDirectory(prefix="netra-") as folder:
        data = Path(folder)
        data.chmod(0o711)
        first, again = start(data), sorted(start(data) for _ in range(3))
        show.print(f"start to ready: first {first:.1f} s, then {again[1]:.1f} s (aim: below 5 s)")
        with serving(data, "--no-worker") as service:
            compare(service)


if __name__ == "__main__":
    main()
