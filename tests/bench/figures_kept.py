"""What an answer costs that has not changed, and what keeping the figures costs beside the acts."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple

from httpx import AsyncClient

from app.core.database import open_engine, open_sessions
from app.core.ids import new_id
from app.stats.service.folding import Folding
from app.web.clock import present
from tests.bench.cases import REGENCY, case_of, number_office, walks
from tests.bench.crowd import Address
from tests.bench.filing import file_one, nothing
from tests.bench.load import HOST, measure
from tests.bench.serving import Web, processor, show
from tests.people import officer

ROUNDS: Final = 5
SECONDS: Final = 3.0
CONNECTIONS: Final = 16
WALKED: Final = 60
FILED_SECONDS: Final = 10.0
STATS: Final = "/api/v1/stats"


async def weigh_answers(port: int, address: Address) -> None:
    """304 beside a no-op, in turns: of a live figure, and of a published table."""
    engine = open_engine(address.url)
    head = await officer(
        open_sessions(engine), await address.keyring(), role="member", office_code="bawaslu-00"
    )
    await engine.dispose()
    for path in (f"{STATS}/table?unit=case&by=outcome", f"{STATS}/public/provinces?unit=complaint"):
        tag = await _tag(port, path, head)
        if not tag:
            show.print(f"{path}: no ETag")
            continue
        # What everybody may read is asked without a credential, as everybody does.
        who = {} if "/public/" in path else head
        asking = _again(path, who | {"If-None-Match": tag})
        ratios = []
        for _ in range(ROUNDS):
            none = await measure(port, nothing, connections=CONNECTIONS, seconds=SECONDS)
            same = await measure(port, asking, connections=CONNECTIONS, seconds=SECONDS)
            assert same.statuses == {304}, same.statuses
            ratios.append(same.rate / none.rate)
        rate = f"{same.rate:.0f} answers of 304 a second"
        show.print(f"{path}: {rate}, {median(ratios):.2f} of the no-op (aim: at least 0.8)")


async def _tag(port: int, path: str, head: dict[str, str]) -> str:
    async with AsyncClient(base_url=f"http://{HOST}:{port}", headers=head, timeout=60) as client:
        answer = await client.get(path)
        assert answer.status_code == 200, answer.text
        return str(answer.headers.get("etag", ""))


def _again(path: str, head: dict[str, str]) -> Callable[[], bytes]:
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", *(f"{k}: {v}" for k, v in head.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    return lambda: request


class Spent(NamedTuple):
    """Processor time in milliseconds: of the database, and of whoever speaks to it."""

    database: float
    ours: float

    @property
    def whole(self) -> float:
        return self.database + self.ours


async def weigh_upkeep(web: Web, address: Address, postmaster: int) -> None:
    """Fold after every round of acts, as the worker does, and compare what both have used."""
    engine = open_engine(address.url)
    sessions = open_sessions(engine)
    folding = Folding(sessions)
    await number_office(sessions)
    head = await officer(
        sessions, await address.keyring(), role="member", office_code=f"bawaslu-{REGENCY}"
    )
    await folding.fold(present())
    for name, act in (("complaints filed", _file), ("cases carried to the end", _walk)):
        before = Spent(database(postmaster), processor(web.pid))
        await act(web.port, head)
        between = Spent(database(postmaster), processor(web.pid))
        mine, began = processor(os.getpid()), perf_counter()
        folded = await folding.fold(present())
        took = perf_counter() - began
        after = Spent(database(postmaster), processor(os.getpid()) - mine)
        acting = Spent(between.database - before.database, between.ours - before.ours)
        keeping = Spent(after.database - between.database, after.ours)
        share = keeping.whole / acting.whole
        show.print(
            f"{name}: acts {acting.whole:.0f} ms of processor, folding {folded} subjects"
            f" {keeping.whole:.0f} ms ({took:.1f} s): {share:.2f} of the acts (aim: at most 0.15)"
        )
    await engine.dispose()


async def _file(port: int, _: dict[str, str]) -> None:
    await measure(port, file_one, connections=CONNECTIONS, seconds=FILED_SECONDS)


async def _walk(port: int, head: dict[str, str]) -> None:
    """Carry reports from the phone to the announcement."""
    async with AsyncClient(base_url=f"http://{HOST}:{port}/api/v1", timeout=60) as client:
        for _ in range(WALKED):
            complaint_id = str(new_id())
            body = json.loads(file_one().partition(b"\r\n\r\n")[2])
            body["event"]["region_code"] = REGENCY
            (await client.put(f"/complaints/{complaint_id}", json=body)).raise_for_status()
            taken = await client.post(f"/complaints/{complaint_id}/review", headers=head)
            taken.raise_for_status()
            case_id = await case_of(port, complaint_id, head)
            for walk in walks():
                path = f"/cases/{case_id}/{walk.path}"
                step = await client.request(walk.method, path, json=walk.body, headers=head)
                step.raise_for_status()


def database(postmaster: int) -> float:
    """Milliseconds of processor that the server has used, with all its children, ended ones too."""
    said = Path(f"/proc/{postmaster}/stat").read_text().rpartition(") ")[2].split()
    ended = 1_000 * (int(said[13]) + int(said[14])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return ended + processor(postmaster) + sum(processor(int(each)) for each in children)
