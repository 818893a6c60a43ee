"""A load of keep-alive connections, each with one request in flight, against 127.0.0.1 only."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

LENGTH = b"content-length:"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Measured:
    """Requests a second, and the latency in milliseconds that half and 99 % stayed below."""

    rate: float
    p50: float
    p99: float
    statuses: frozenset[int]


async def measure(
    port: int, request: Callable[[], bytes], *, connections: int, seconds: float
) -> Measured:
    """Send requests for some seconds and count the answers."""
    latencies: list[float] = []
    statuses: set[int] = set()
    end = perf_counter() + seconds

    async def ask() -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        while (began := perf_counter()) < end:
            writer.write(request())
            statuses.add(await read_answer(reader))
            latencies.append(perf_counter() - began)
        writer.close()

    began = perf_counter()
    await asyncio.gather(*(ask() for _ in range(connections)))
    latencies.sort()
    return Measured(
        rate=len(latencies) / (perf_counter() - began),
        p50=1_000 * latencies[len(latencies) // 2],
        p99=1_000 * latencies[int(len(latencies) * 0.99)],
        statuses=frozenset(statuses),
    )


async def read_answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    # A 304 has no body, and says no length.
    lines = (line for line in head.lower().split(b"\r\n") if line.startswith(LENGTH))
    await reader.readexactly(int(next(lines, b"0").removeprefix(LENGTH)))
    return int(head[9:12])


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()


def put(path: str, body: bytes) -> bytes:
    head = f"PUT {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
