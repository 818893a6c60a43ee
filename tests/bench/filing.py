"""Filing beside a no-op of the same application, and what a start costs."""

import asyncio
import json
import time
from pathlib import Path
from statistics import median

from rich.table import Table

from app.core.ids import new_id
from tests.bench.load import Measured, get, measure, put
from tests.bench.serving import Web, environment, folder, resident, serving, show, web
from tests.cli.service import Service
from tests.complaints.filing import complaint

ROUNDS = 5
SECONDS = 3.0
CONNECTIONS = 16


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


def start(data: Path) -> float:
    """Seconds from the command until it says that it is ready."""
    began = time.perf_counter()
    with serving(data):
        return time.perf_counter() - began


def compare(service: Service) -> None:
    variables = environment(service)
    with web("alone", variables) as alone, web("whole", variables) as whole:
        before = resident(whole.pid)
        names = ("no-op alone", "no-op, all routes (aim: 0.75)", "filing (aim: 0.05)")
        report(names, rounds(alone, whole))
        show.print(f"web process: {before} MiB at start, {resident(whole.pid)} MiB after the load")


def bench() -> None:
    with folder() as data:
        first, again = start(data), sorted(start(data) for _ in range(3))
        show.print(f"start to ready: first {first:.1f} s, then {again[1]:.1f} s (aim: below 5 s)")
        with serving(data, "--no-worker") as service:
            compare(service)
