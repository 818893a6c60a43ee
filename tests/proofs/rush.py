"""A rush of phones that sign by tickets until each has an answer, while processes are killed."""

import asyncio
import json
import os
import signal
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select

from app.declarations.models.declarations import Signature
from app.ledger.models import LedgerLeaf, LedgerLog
from app.ledger.rules.acts import Act, read_act
from app.ledger.rules.logs import LogName
from tests.bench.country import Roster, call_up
from tests.bench.load import HOST
from tests.bench.signers import TICKET, length_of
from tests.proofs.live import PATIENCE, Live

Line: TypeAlias = tuple[StreamReader, StreamWriter]

PAUSE: Final = 0.1
LENGTH: Final = len(b'{"ticket":""}') + TICKET
HEAD: Final = (
    f"POST /api/v1/signatures HTTP/1.1\r\nHost: {HOST}\r\n"
    f"Content-Type: application/json\r\nContent-Length: {LENGTH}\r\n\r\n"
).encode()
_PART: Final = 50_000


@dataclass
class Rush:
    """Those who sign, and what they were told: by ticket, the answer that acknowledged it."""

    live: Live
    port: int
    tickets: list[bytes]
    told: dict[bytes, dict[str, Any]] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)

    async def sign(self, phones: int) -> None:
        """Let so many phones sign side by side, until nobody is left."""
        waiting = iter(self.tickets)
        await asyncio.gather(*(self._phone(waiting) for _ in range(phones)))

    async def _phone(self, waiting: Iterator[bytes]) -> None:
        line: Line | None = None
        for ticket in waiting:
            while ticket not in self.told:
                try:
                    line = line or await asyncio.open_connection(HOST, self.port)
                    await self._ask(ticket, *line)
                except (OSError, asyncio.IncompleteReadError):
                    self.met["no answer"] += 1
                    _hang_up(line)
                    line = None
                if ticket not in self.told:
                    await asyncio.sleep(PAUSE)
        _hang_up(line)

    async def _ask(self, ticket: bytes, reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(HEAD + b'{"ticket":"%s"}' % ticket)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(length_of(head))
        self.met[head[9:12].decode()] += 1
        if head[9:10] == b"2":
            self.told[ticket] = json.loads(body)

    async def reached(self, part: float) -> None:
        """Wait until this part of all has signed."""
        wanted = part * len(self.tickets)
        while not len(self.told) >= wanted:  # noqa: ASYNC110  many set it, and none needs to know
            await asyncio.sleep(0.02)


def _hang_up(line: Line | None) -> None:
    if line is not None:
        line[1].close()


async def gathered(live: Live, number: int) -> tuple[Roster, Rush]:
    """A roster of so many, and all of them about to sign."""
    roster = await call_up(live.service, live.keys, number)
    port = urlsplit(live.service.url).port or 0
    return roster, Rush(live, port, roster.tickets(live.keys))


async def kill_amid(rush: Rush, programs: Sequence[str]) -> None:
    """Kill each of these processes outright, one after the other, while phones sign."""
    for place, program in enumerate(programs, 1):
        await rush.reached(place / (len(programs) + 1))
        os.kill(rush.live.service.child(program), signal.SIGKILL)


async def assert_each_once(rush: Rush, roster: Roster) -> None:
    """What was acknowledged is in the log exactly once, where the answer said; nothing else is;
    and a recount of the leaves is what the tables hold and what the tally says."""
    signed = await _leaves(rush.live)
    assert {UUID(each["id"]): each["leaf_index"] for each in rush.told.values()} == {
        subject: index for index, subject, _ in signed
    }
    assert len(signed) == len(rush.told) == roster.number
    acts = [read_act(data) for _, _, data in signed]
    assert {(each.act, each.declaration) for each in acts} == {(Act.SIGNED, roster.declaration_id)}
    await _assert_counted(rush.live, roster, Counter(each.region for each in acts))


async def _leaves(live: Live) -> list[tuple[int, UUID, bytes]]:
    """All of the log, without a gap and as long as it says."""
    found: list[tuple[int, UUID, bytes]] = []
    columns = (LedgerLeaf.index, LedgerLeaf.subject_id, LedgerLeaf.data)
    query = select(*columns).where(LedgerLeaf.log == LogName.DECLARATIONS)
    async with live.sessions.begin() as session:
        size = (await session.get_one(LedgerLog, LogName.DECLARATIONS)).size
        for first in range(0, size, _PART):
            part = LedgerLeaf.index.between(first, first + _PART - 1)
            rows = await session.execute(query.where(part).order_by(LedgerLeaf.index))
            found += [(index, subject, data) for index, subject, data in rows]
    assert [index for index, _, _ in found] == list(range(size))
    return found


async def _assert_counted(live: Live, roster: Roster, recount: Counter[str]) -> None:
    query = select(Signature.region_code, Signature.id)
    async with live.sessions.begin() as session:
        rows = (await session.execute(query, execution_options={"fan_out": True})).all()
    assert Counter(code[:5] for code, _ in rows) == recount
    async with live.client() as client:
        for _ in range(PATIENCE):
            answer = await client.get(f"/declarations/{roster.declaration_id}/tally")
            if answer.json()["signatures"] == roster.number:
                break
            # It is as of a tree head, which the worker publishes within a few seconds.
            await asyncio.sleep(1)
    said = {each["region_code"]: each["signatures"] for each in answer.json()["regions"]}
    assert said == dict(recount)
