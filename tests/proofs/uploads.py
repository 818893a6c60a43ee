"""Many files by a tus client that is not ours, over a line that breaks again and again, to S3.

`python -m tests.proofs.uploads 100 20` sends 100 files of 20 MB and prints what it took.
"""

import asyncio
import hashlib
import io
import logging
import os
import random
import signal
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from rich.console import Console
from sqlalchemy import select
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader.uploader import Uploader

from app.core.actors import SYSTEM
from app.evidence.files.store import EvidenceStore
from app.evidence.models import Upload
from app.evidence.repository.evidence import EvidenceRepository
from tests.complaints.filing import Body, complaint, receipt
from tests.proofs.bucket import Bucket, bucket
from tests.proofs.line import breaking_line
from tests.proofs.live import Live, running

MEGABYTE = 1_000_000
EVERY = 200_000
"""Bytes that the line carries before it breaks."""
CHUNK = 2 * MEGABYTE
AT_ONCE = 4
ATTEMPTS = 10_000
PAUSE = 0.05
JPEG = b"\xff\xd8\xff\xe0"


@dataclass(frozen=True)
class Task:
    """How many files of how many bytes; with `kill` the web process dies in the middle."""

    files: int
    size: int
    kill: bool = False


@dataclass(frozen=True)
class Figures:
    """What it took, and what is there in the end: by the hash of each file, how often."""

    seconds: float
    breaks: int
    warm: int
    peak: int
    sent: Counter[str]
    kept: Counter[str]
    objects: int
    uploads: int


def photo(number: int, size: int) -> bytes:
    return JPEG + random.Random(number).randbytes(size - len(JPEG))  # noqa: S311  no secret


def send(url: str, headers: dict[str, str], number: int, size: int) -> str:
    """Send one file as tuspy does, begun anew as often as the line breaks; return its hash."""
    content = photo(number, size)
    digest = hashlib.sha256(content).hexdigest()
    uploader = Uploader(
        file_stream=io.BytesIO(content),
        client=TusClient(f"{url}/api/v1/uploads", headers=headers),
        metadata={"sha256": digest, "filename": f"foto-{number}.jpg", "filetype": "image/jpeg"},
        chunk_size=CHUNK,
        retries=ATTEMPTS,
        retry_delay=PAUSE,  # type: ignore[arg-type]  # tuspy sleeps for any number
    )
    while uploader.url is None:
        with suppress(TusCommunicationError):
            uploader.set_url(uploader.create_url())
    uploader.upload()
    return digest


def resident(pid: int, what: str) -> int:
    """Megabytes of memory of a process: `VmRSS` now, `VmHWM` at most so far."""
    said = Path(f"/proc/{pid}/status").read_text()
    return int(said.partition(f"{what}:")[2].split()[0]) // 1_024


async def prove(task: Task) -> Figures:
    with bucket() as opened:
        async with running(**opened.variables) as live, live.client() as client:
            filed = (await client.post("/complaints", json=complaint())).json()
            return await carry_out(task, live, opened, filed)


async def carry_out(task: Task, live: Live, opened: Bucket, filed: Body) -> Figures:
    web = live.service.child("app.cli.web")
    async with breaking_line(live.service.url, EVERY) as (url, line):
        sent = [await asyncio.to_thread(send, url, receipt(filed), 0, task.size)]
        warm, began = resident(web, "VmRSS"), time.monotonic()
        sent += await send_all(task, live, url, receipt(filed))
    seconds = time.monotonic() - began
    return Figures(
        seconds=seconds,
        breaks=line.breaks,
        warm=warm,
        peak=resident(live.service.child("app.cli.web"), "VmHWM"),
        sent=Counter(sent),
        kept=await kept(live, opened, UUID(filed["id"])),
        objects=len(opened.names()),
        uploads=await uploads_of(live),
    )


async def send_all(task: Task, live: Live, url: str, headers: dict[str, str]) -> list[str]:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(AT_ONCE) as phones:
        under_way = [
            loop.run_in_executor(phones, send, url, headers, number, task.size)
            for number in range(1, task.files)
        ]
        if task.kill:
            await under_way[task.files // 3]
            os.kill(live.service.child("app.cli.web"), signal.SIGKILL)
        return await asyncio.gather(*under_way)


async def kept(live: Live, opened: Bucket, complaint_id: UUID) -> Counter[str]:
    """Every file that is evidence, read out of the bucket and decrypted."""
    async with live.sessions.begin() as session:
        evidence = await EvidenceRepository(session, SYSTEM).of(complaint_id)
    store, digests = EvidenceStore(opened.objects(), live.keys), Counter[str]()
    for each in evidence:
        digest = hashlib.sha256()
        async for piece in store.open(each):
            digest.update(piece)
        digests[digest.hexdigest()] += 1
    return digests


async def uploads_of(live: Live) -> int:
    async with live.sessions.begin() as session:
        return len((await session.scalars(select(Upload.id))).all())


def main(files: int, megabytes: int, *, kill: bool) -> None:
    figures = asyncio.run(prove(Task(files, megabytes * MEGABYTE, kill)))
    Console().print(
        f"{files} files of {megabytes} MB in {figures.seconds:.0f} s over a line that broke"
        f" {figures.breaks} times; lost {len(figures.sent - figures.kept)}, twice"
        f" {len(figures.kept - figures.sent)}; {figures.objects} objects;"
        f" web process {figures.warm} MB after the first file, at most {figures.peak} MB"
    )


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    main(int(sys.argv[1]), int(sys.argv[2]), kill="kill" in sys.argv)
