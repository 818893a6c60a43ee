"""Bad lines between phones and the service: one drops requests and answers, one breaks."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, cycle
from urllib.parse import urlsplit

END_OF_HEAD = b"\r\n\r\n"
EVERY = 3
LOSSES = ("no request", "half a request", "no answer", "half an answer")
"""How an exchange is lost: in the last two ways it was carried out all the same."""
LARGEST_READ = 65_536
HALVES_HEARD = {"": 2, "half an answer": 1}


@dataclass
class BadLine:
    """Carries one exchange after the other; it knows what it dropped, and what nobody heard."""

    host: str
    port: int
    exchanges: "count[int]" = field(default_factory=lambda: count(1))
    losses: "cycle[str]" = field(default_factory=lambda: cycle(LOSSES))
    dropped: Counter[str] = field(default_factory=Counter)
    unheard: set[bytes] = field(default_factory=set)
    """The first lines of requests that were carried out without an answer to the phone."""

    async def carry(self, phone: StreamReader, to_phone: StreamWriter) -> None:
        """Serve one connection of a phone until it ends, or until something on it is lost."""
        loss = ""
        with suppress(ConnectionError):  # the phone hung up first
            while not loss and (request := await _message(phone)):
                loss = next(self.losses) if next(self.exchanges) % EVERY == 0 else ""
                to_phone.write(await self._pass_on(request, loss))
                await to_phone.drain()
        self.dropped.update([loss] if loss else [])
        to_phone.transport.abort()

    async def _pass_on(self, request: bytes, loss: str) -> bytes:
        """Show the service its part of the request; return what the phone sees of the answer."""
        if loss == "no request":
            return b""
        service, to_service = await asyncio.open_connection(self.host, self.port)
        to_service.write(request[: len(request) // 2] if loss == "half a request" else request)
        await to_service.drain()
        answer = b"" if loss == "half a request" else await _message(service)
        to_service.transport.abort()
        if loss and answer:
            self.unheard.add(request.partition(b"\r\n")[0])
        return answer[: HALVES_HEARD.get(loss, 0) * len(answer) // 2]


async def _message(reader: StreamReader) -> bytes:
    """One request or answer with its body, or nothing where the other side is done."""
    try:
        head = await reader.readuntil(END_OF_HEAD)
    except asyncio.IncompleteReadError:
        return b""
    fields = dict(
        line.lower().split(b":", 1) for line in head.removesuffix(END_OF_HEAD).split(b"\r\n")[1:]
    )
    return head + await reader.readexactly(int(fields.get(b"content-length", 0)))


@asynccontextmanager
async def bad_line(url: str) -> AsyncIterator[tuple[str, BadLine]]:
    """Lay a bad line to this service; its own address is the first of the pair."""
    address = urlsplit(url)
    line = BadLine(address.hostname or "", address.port or 0)
    listening = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}", line


@dataclass
class BreakingLine:
    """Carries bytes both ways, and breaks after every so many that phones send, whatever they
    belong to; what was under way on that connection is lost."""

    host: str
    port: int
    every: int
    carried: int = 0
    breaks: int = 0

    async def carry(self, phone: StreamReader, to_phone: StreamWriter) -> None:
        """Serve one connection of a phone until one side ends it, or the line breaks."""
        writers = [to_phone]
        with suppress(ConnectionError):  # nobody answers, or somebody hung up
            service, to_service = await asyncio.open_connection(self.host, self.port)
            writers.append(to_service)
            there = asyncio.create_task(self._there(phone, to_service))
            back = asyncio.create_task(_carry_on(service, to_phone))
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
            for task in (there, back):
                task.cancel()
            await asyncio.gather(there, back, return_exceptions=True)
        for writer in writers:
            writer.transport.abort()

    async def _there(self, phone: StreamReader, to_service: StreamWriter) -> None:
        while data := await phone.read(LARGEST_READ):
            left = self.every - self.carried % self.every
            self.carried += min(left, len(data))
            to_service.write(data[:left])
            await to_service.drain()
            if len(data) >= left:
                self.breaks += 1
                return


async def _carry_on(service: StreamReader, to_phone: StreamWriter) -> None:
    while data := await service.read(LARGEST_READ):
        to_phone.write(data)
        await to_phone.drain()


@asynccontextmanager
async def breaking_line(url: str, every: int) -> AsyncIterator[tuple[str, BreakingLine]]:
    """Lay a line that breaks after so many bytes; its own address is the first of the pair."""
    address = urlsplit(url)
    line = BreakingLine(address.hostname or "", address.port or 0, every)
    listening = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}", line
