"""The head and the body of an answer leave together, and nothing that is written waits for long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket
from typing import Any

import pytest
import uvicorn
from httpx import AsyncClient
from starlette.types import Receive, Scope, Send

from app.cli.joining import JoinedTransport, JoiningProtocol

MANY = 200_000


class Recorded(asyncio.Transport):
    """What would be calls into the kernel."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: Any) -> None:
        self.written.append(bytes(data))

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def below() -> Recorded:
    return Recorded()


@pytest.fixture
async def joined(below: Recorded) -> JoinedTransport:
    return JoinedTransport(below, asyncio.get_running_loop())


async def test_what_is_written_in_one_turn_leaves_at_once(
    joined: JoinedTransport, below: Recorded
) -> None:
    for turn in (b"1", b"2"):
        joined.write(b"head" + turn)
        joined.write(b"body" + turn)
        await asyncio.sleep(0)

    assert below.written == [b"head1body1", b"head2body2"]


async def test_much_of_it_is_not_kept(joined: JoinedTransport, below: Recorded) -> None:
    """Whoever writes without a pause is told by the transport below to wait."""
    for _ in range(10):
        joined.write(bytes(MANY // 10))

    assert sum(map(len, below.written)) >= MANY // 2


async def test_closing_loses_nothing(joined: JoinedTransport, below: Recorded) -> None:
    joined.write(b"the last")
    joined.close()
    await asyncio.sleep(0)

    assert (below.written, below.closed) == ([b"the last"], True)


async def test_nothing_is_written_to_whoever_has_gone(
    joined: JoinedTransport, below: Recorded
) -> None:
    joined.write(b"too late")
    below.closed = True
    await asyncio.sleep(0)

    assert below.written == []


class Slow:
    """Says something, and the rest only when it was asked for a second time."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/heard":
            self.heard.set()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        await asyncio.wait_for(self.heard.wait(), 20)
        await send({"type": "http.response.body", "body": bytes(MANY)})


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    with socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        config = uvicorn.Config(Slow(), http=JoiningProtocol, lifespan="off")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        await serving


async def test_what_was_said_arrives_before_the_rest_is_known() -> None:
    """As who listens to changes needs it."""
    async with (
        served() as address,
        AsyncClient(base_url=address, timeout=20) as client,
        client.stream("GET", "/") as answer,
    ):
        pieces = answer.aiter_bytes()
        first = await anext(pieces)
        await client.get("/heard")
        rest = [each async for each in pieces]

    assert first == b"first"
    assert sum(map(len, rest)) == MANY
