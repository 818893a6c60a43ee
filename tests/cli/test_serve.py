"""The service as an operator runs it: stopped and killed in every way."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app.core.cluster import OWNER
from app.core.processes import processes_in, wait_until
from tests.cli.service import BACK_SECONDS, START_SECONDS, Service, Start


@asynccontextmanager
async def held_up(service: Service) -> AsyncIterator[None]:
    """Whoever asks whether the service is ready has to wait as long as this lasts."""
    engine = create_async_engine(service.server.url(OWNER))
    async with engine.begin() as connection:
        await connection.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
        yield
    await engine.dispose()


async def is_waiting(service: Service) -> bool:
    engine = create_async_engine(service.server.url(OWNER))
    async with engine.connect() as connection:
        waiting = await connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))
    await engine.dispose()
    return bool(waiting)


async def ask_slowly(service: Service) -> "asyncio.Task[httpx.Response]":
    """Send a request that is held up, and return once it waits inside the database."""
    client = httpx.AsyncClient(timeout=START_SECONDS)

    async def ask_once() -> httpx.Response:
        async with client:
            return await client.get(f"{service.url}/readyz")

    request = asyncio.create_task(ask_once())
    async with asyncio.timeout(BACK_SECONDS):
        while not await is_waiting(service):  # noqa: ASYNC110  it happens in another process
            await asyncio.sleep(0.05)
    return request


def test_a_second_start_of_the_same_folder_answers(start: Start) -> None:
    first = start()
    first.wait()
    first.stop()

    second = start()
    second.wait()

    assert second.answers()


async def test_a_stop_finishes_the_request_in_flight(service: Service) -> None:
    async with held_up(service):
        request = await ask_slowly(service)
        service.send(signal.SIGTERM)
        await asyncio.sleep(1)

    assert (await request).status_code == 200
    assert service.process.wait(START_SECONDS) == 0
    assert not processes_in(service.server.cluster.files, "postgres")


async def test_a_second_ctrl_c_does_not_wait_for_requests(service: Service) -> None:
    async with held_up(service):
        request = await ask_slowly(service)
        service.send(signal.SIGINT)
        await asyncio.sleep(0.5)
        began = time.monotonic()
        service.send(signal.SIGINT)

        with pytest.raises(httpx.TransportError):
            await request
    assert service.process.wait(START_SECONDS) == 0
    assert time.monotonic() - began < 5


def kill(service: Service, program: str) -> None:
    """Kill it outright, and wait until another has taken its place and the service answers."""
    killed = service.child(program)
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: service.children(program) not in ([], [killed]), BACK_SECONDS)
    assert wait_until(service.answers, BACK_SECONDS)


@pytest.mark.parametrize("program", ["app.cli.web", "app.cli.worker", "postgres"])
def test_what_is_killed_is_back_in_five_seconds(lasting: Service, program: str) -> None:
    kill(lasting, program)


def test_a_database_killed_again_and_again_is_back_each_time(lasting: Service) -> None:
    for _ in range(4):
        kill(lasting, "postgres")


def test_without_its_database_the_service_asks_to_come_again(lasting: Service) -> None:
    os.kill(lasting.child("postgres"), signal.SIGKILL)
    end = time.monotonic() + BACK_SECONDS

    answers = [httpx.get(f"{lasting.url}/readyz")]
    while answers[-1].status_code != 200 and time.monotonic() < end:
        answers.append(httpx.get(f"{lasting.url}/readyz"))

    assert {answer.status_code for answer in answers} == {200, 503}
    assert all(answer.is_success or "Retry-After" in answer.headers for answer in answers)


def test_a_killed_service_leaves_nothing_behind_and_starts_again(start: Start) -> None:
    killed = start()
    killed.wait()
    children = [killed.child(each) for each in ("app.cli.web", "app.cli.worker", "postgres")]

    killed.send(signal.SIGKILL)

    assert wait_until(lambda: not any(map(is_alive, children)), 10)
    again = start()
    again.wait()
    assert again.answers()


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/exe").exists()


def test_workers_share_the_port(start: Start) -> None:
    service = start("--workers", "2", "--no-worker")

    service.wait()

    assert len(service.children("app.cli.web")) == 2
    assert service.children("app.cli.worker") == []
    assert all(service.answers() for _ in range(20))
