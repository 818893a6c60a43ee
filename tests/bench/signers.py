"""Phones that sign as quickly as they are answered: `python -m tests.bench.signers`, one process.

Each connection has one request in flight, and sends its ticket again where it was told to come
back. What was measured is printed as JSON.
"""

import asyncio
import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Final, cast

import uvloop

from tests.bench.load import HOST

TICKET: Final = 43
_BODY: Final = b'{"ticket":"%s","method":"click","captured_at":"2024-09-30T03:15:00.000Z"}'
_LENGTH: Final = len(_BODY) - 2 + TICKET
_GOOD: Final = (b"200", b"201")
_PAUSE: Final = 0.2


class Crowd:
    """Everybody who signs, until the tickets or the seconds are used up."""

    def __init__(self, path: str, tickets: bytes, seconds: float) -> None:
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
        self.before = f"{head}Content-Length: {_LENGTH}\r\n\r\n".encode() + _BODY.split(b"%s")[0]
        self.after = _BODY.split(b"%s")[1]
        self.tickets = tickets
        self.next = 0
        self.begins = perf_counter()
        self.ends = self.begins + seconds
        self.statuses: Counter[str] = Counter()
        self.latencies: list[float] = []
        self.by_second: Counter[int] = Counter()

    def take(self) -> bytes:
        """The next ticket; nothing when it is time to go home."""
        start = self.next
        if start >= len(self.tickets) or perf_counter() > self.ends:
            return b""
        self.next = start + TICKET
        return self.tickets[start : self.next]

    def note(self, status: bytes, began: float) -> None:
        now = perf_counter()
        self.statuses[status.decode()] += 1
        self.latencies.append(now - began)
        self.by_second[int(now - self.begins)] += 1


class Phone(asyncio.Protocol):
    """One connection."""

    def __init__(self, crowd: Crowd, home: "asyncio.Future[None]") -> None:
        self.crowd = crowd
        self.home = home
        self.ticket = b""
        self.heard = b""
        self.began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.ticket = self.crowd.take()
        self.sign()

    def connection_lost(self, fault: Exception | None) -> None:
        if not self.home.done():
            self.crowd.statuses["no answer"] += bool(self.ticket)
            self.home.set_result(None)

    def sign(self) -> None:
        if self.ticket:
            self.began = perf_counter()
            self.transport.write(self.crowd.before + self.ticket + self.crowd.after)
        else:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        self.heard += data
        end = self.heard.find(b"\r\n\r\n")
        if end < 0 or len(self.heard) < end + 4 + length_of(self.heard[:end]):
            return
        status, self.heard = self.heard[9:12], b""
        self.crowd.note(status, self.began)
        if status in _GOOD:
            self.ticket = self.crowd.take()
            self.sign()
        else:
            asyncio.get_running_loop().call_later(_PAUSE, self.sign)


def length_of(head: bytes) -> int:
    at = head.lower().index(b"content-length: ") + len(b"content-length: ")
    return int(head[at:].split(b"\r", 1)[0])


async def sign_all(crowd: Crowd, port: int, connections: int) -> None:
    loop = asyncio.get_running_loop()
    homes = [loop.create_future() for _ in range(connections)]
    for home in homes:
        await loop.create_connection(lambda home=home: Phone(crowd, home), HOST, port)  # type: ignore[misc]
    await asyncio.gather(*homes)


def _report(crowd: Crowd) -> Iterator[tuple[str, object]]:
    taken = perf_counter() - crowd.begins
    slowest = sorted(crowd.latencies)
    yield "seconds", taken
    yield "statuses", crowd.statuses
    yield "rate", sum(crowd.statuses[each.decode()] for each in _GOOD) / taken
    for name, part in (("p50", 0.5), ("p99", 0.99), ("most", 1.0)):
        place = min(int(len(slowest) * part), len(slowest) - 1)
        yield name, 1_000 * slowest[place] if slowest else 0.0
    whole = [crowd.by_second[each] for each in range(1, int(taken))]
    yield "slowest_second", min(whole, default=0)
    yield "used", crowd.next // TICKET


def main() -> None:
    asked = ArgumentParser(prog="python -m tests.bench.signers", description=__doc__)
    asked.add_argument("port", type=int)
    asked.add_argument("tickets", type=Path, help="a file of tickets, one after the other")
    asked.add_argument("--path", default="/api/v1/signatures")
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--number", type=int, default=6_000_000)
    asked.add_argument("--connections", type=int, default=256)
    asked.add_argument("--seconds", type=float, default=10**9)
    said = asked.parse_args()
    with said.tickets.open("rb") as file:
        file.seek(said.first * TICKET)
        tickets = file.read(said.number * TICKET)
    crowd = Crowd(said.path, tickets, said.seconds)
    uvloop.run(sign_all(crowd, said.port, said.connections))
    json.dump(dict(_report(crowd)), sys.stdout)


if __name__ == "__main__":
    main()
