"""A real service: files over real HTTP, copies by the real worker, and what it all takes."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient, RemoteProtocolError
from sqlalchemy import func, select

from app.evidence.models import EvidenceOpening
from tests.evidence import samples
from tests.evidence.holding import REASON, Case, case
from tests.evidence.sending import photo
from tests.evidence.test_copies import VIDEO, damage
from tests.proofs.live import Live, running

MEGABYTE = 2**20
FLAT = 32 * MEGABYTE
"""What a process may grow by over files of many times that size: buffers, and nothing whole."""


@pytest.fixture(scope="module")
async def live() -> AsyncIterator[Live]:
    async with running() as live:
        yield live


@pytest.fixture
async def line(live: Live) -> AsyncIterator[AsyncClient]:
    async with live.client() as client:
        yield client


def peak(pid: int) -> int:
    """The most memory that this process ever had, in bytes."""
    said = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert said
    return int(said[1]) * 1_024


async def settled(there: Case) -> str:
    """How the copy came out."""
    async with asyncio.timeout(120):
        while True:
            copy = (await there.listed())["working_copy"]
            if copy["outcome"] != "waiting":
                return str(copy["failure"] or copy["outcome"])
            await asyncio.sleep(0.2)


async def test_no_file_makes_the_worker_grow(live: Live, line: AsyncClient) -> None:
    worker = live.service.child("app.cli.worker")
    first = await case(line, live.sessions, live.keys, samples.photograph())
    await settled(first)
    before = peak(worker)

    # All of them first: the worker looks for new files every five seconds.
    sent = [
        await case(line, live.sessions, live.keys, content)
        for content in (
            samples.encoded(samples.picture((6_000, 5_000)), "JPEG", quality=95),
            samples.noisy_document(60 * MEGABYTE),
            samples.document_bomb(10 << 30),
            samples.enormous_png(),
            samples.RECURSIVE_DOCUMENT,
            samples.DEEP_DOCUMENT,
        )
    ]
    outcomes = [await settled(each) for each in sent]

    assert outcomes == ["done", "done", "too_large", "too_large", "broken", "broken"]
    assert peak(worker) - before < FLAT


async def test_the_opening_is_on_record_when_the_first_byte_comes(
    live: Live, line: AsyncClient
) -> None:
    content = VIDEO + photo(64 * MEGABYTE)
    there = await case(line, live.sessions, live.keys, content)
    web = live.service.child("app.cli.web")
    before = peak(web)

    async with line.stream(
        "POST", f"{there.path}/openings", json=REASON, headers=there.member
    ) as answer:
        pieces = answer.aiter_bytes()
        came = await anext(pieces)
        async with live.sessions.begin() as session:
            recorded = await session.scalar(select(func.count()).select_from(EvidenceOpening))
        came += b"".join([piece async for piece in pieces])

    assert recorded == 1
    assert came == content
    assert peak(web) - before < FLAT


async def test_a_file_that_is_damaged_further_on_does_not_arrive_whole(
    live: Live, line: AsyncClient
) -> None:
    there = await case(line, live.sessions, live.keys, VIDEO + photo(2 * MEGABYTE))
    sealed = live.service.home / "evidence" / "sealed" / there.evidence_id[-2:]
    damage(sealed / there.evidence_id)

    with pytest.raises(RemoteProtocolError):
        await there.open()

    assert len(await there.openings()) == 1
