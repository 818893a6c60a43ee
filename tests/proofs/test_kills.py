"""Killed outright while phones are filing: nothing acknowledged is lost, and nothing is half."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from httpx import AsyncClient, TransportError

from tests.complaints.filing import complaint
from tests.proofs.books import assert_kept_once, assert_nothing_is_half
from tests.proofs.live import Live, running
from tests.proofs.phones import Filed, Phone

PHONES = 8
# The promise of the service to its operators, not a measure of its speed.
BACK_SECONDS = 5
GIVEN_UP_SECONDS = 60
FILING_SECONDS = 0.5


@dataclass
class Crowd:
    """Phones that file one complaint after the other until they are told to stop."""

    phones: list[Phone]
    filed: list[Filed] = field(default_factory=list)
    stopped: bool = False

    async def file(self, phone: Phone) -> None:
        while not self.stopped:
            self.filed.append(await phone.file(body=complaint()))

    @property
    def met(self) -> Counter[str]:
        return sum((phone.met for phone in self.phones), Counter[str]())


@pytest.fixture(scope="module")
async def doomed() -> AsyncIterator[Live]:
    """A service of our own, which the other proofs do not depend on."""
    async with running() as live:
        yield live


@asynccontextmanager
async def crowd(live: Live) -> AsyncIterator[Crowd]:
    """A crowd at work; it has heard all its answers when this ends."""
    async with live.client() as client:
        crowd = Crowd([Phone(client) for _ in range(PHONES)])
        at_work = [asyncio.create_task(crowd.file(phone)) for phone in crowd.phones]
        try:
            yield crowd
        finally:
            crowd.stopped = True
            await asyncio.gather(*at_work)


async def killed_and_back(live: Live, program: str) -> float:
    """Kill one child of the service; return the seconds until it answers with another one."""
    killed, began = live.service.child(program), time.monotonic()
    os.kill(killed, signal.SIGKILL)
    async with live.client() as client:
        while live.service.children(program) in ([], [killed]) or not await is_ready(client):
            assert time.monotonic() - began < GIVEN_UP_SECONDS
            await asyncio.sleep(0.02)
    return time.monotonic() - began


async def is_ready(client: AsyncClient) -> bool:
    try:
        return (await client.get("/../../readyz")).is_success
    except TransportError:
        return False


async def test_a_database_killed_ten_times_under_load_loses_nothing_acknowledged(
    doomed: Live,
) -> None:
    outages = []

    async with crowd(doomed) as phones:
        for _ in range(10):
            await asyncio.sleep(FILING_SECONDS)
            outages.append(await killed_and_back(doomed, "postgres"))

    assert max(outages) < BACK_SECONDS
    assert set(phones.met) <= {"201", "200", "503", "no answer"}
    assert phones.met["503"] > 0
    await assert_all_is_there(doomed, phones.filed)


@pytest.mark.parametrize("program", ["app.cli.web", "app.cli.worker"])
async def test_a_web_process_or_worker_killed_under_load_loses_nothing_acknowledged(
    doomed: Live, program: str
) -> None:
    async with crowd(doomed) as phones:
        await asyncio.sleep(FILING_SECONDS)
        outage = await killed_and_back(doomed, program)
        await asyncio.sleep(FILING_SECONDS)

    assert outage < BACK_SECONDS
    assert set(phones.met) <= {"201", "200", "no answer"}
    await assert_all_is_there(doomed, phones.filed)


async def assert_all_is_there(live: Live, filed: list[Filed]) -> None:
    await assert_kept_once(live, *filed)
    await assert_nothing_is_half(live)
    async with live.client() as client:
        followed = await Phone(client).follow_all(filed)
    assert [each["id"] for each in followed] == [str(each.id) for each in filed]
