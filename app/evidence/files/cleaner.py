"""Runs the cleaner on one file: plain bytes only pass through pipes, and nothing of it is kept."""

import asyncio
import os
import signal
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, cast

from pydantic import BaseModel, Field

import app
from app.evidence.rules.copies import LARGEST_COPY, CopyFailure, Removed

PATIENCE: Final = 90.0
"""Seconds by the clock on the wall for one file, reading and writing included."""

_ROOT: Final = Path(app.__file__).parent.parent
_PIECE: Final = 64 * 1024


class CleaningFailed(Exception):
    """The cleaner refused the file, or did not live to say so."""

    def __init__(self, failure: CopyFailure) -> None:
        self.failure = failure
        super().__init__(failure)


@dataclass(frozen=True)
class CleanCopy:
    """A copy on its way out of the cleaner; it is whole when `content` ends without raising."""

    size: int
    removed: Mapping[Removed, int]
    content: AsyncIterator[bytes]


class _Said(BaseModel):
    """The cleaner's one line; it has met hostile bytes, so what it says is checked."""

    size: int = Field(0, ge=0, le=LARGEST_COPY)
    removed: dict[Removed, Annotated[int, Field(ge=0, le=2**40)]] = Field(default_factory=dict)
    failure: CopyFailure | None = None


@dataclass(frozen=True)
class _Cleaner:
    process: Process
    into: StreamWriter
    out: StreamReader


@asynccontextmanager
async def cleaning(
    media_type: str, plain: AsyncIterator[bytes], patience: float = PATIENCE
) -> AsyncIterator[CleanCopy]:
    """Give the file to a cleaner of its own, and the copy to the caller while it comes."""
    cleaner = await _start(media_type)
    try:
        async with asyncio.timeout(patience):
            await _feed(cleaner, plain)
            said = await _hear(cleaner)
            yield CleanCopy(said.size, said.removed, _copy_from(cleaner, said.size))
    except TimeoutError as late:
        raise CleaningFailed(CopyFailure.TIMEOUT) from late
    finally:
        await _end(cleaner)


async def _start(media_type: str) -> _Cleaner:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-E", "-s", "-B", "-m", "app.evidence.files.cleaning", media_type),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={},
        cwd=_ROOT,
        limit=_PIECE,
        start_new_session=True,
    )
    return _Cleaner(process, cast(StreamWriter, process.stdin), cast(StreamReader, process.stdout))


async def _end(cleaner: _Cleaner) -> None:
    # Its own `kill` may take the exit code away from whoever waits for it.
    if cleaner.process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(cleaner.process.pid, signal.SIGKILL)
    # What nobody read any more holds the pipe open, and who waits would wait for ever.
    while await cleaner.out.read(_PIECE):
        pass
    await cleaner.process.wait()


async def _feed(cleaner: _Cleaner, plain: AsyncIterator[bytes]) -> None:
    """Write all of it; a cleaner that has seen enough closes its end, and says why."""
    with suppress(BrokenPipeError, ConnectionResetError):
        async for piece in plain:
            cleaner.into.write(piece)
            await cleaner.into.drain()
    cleaner.into.close()


async def _hear(cleaner: _Cleaner) -> _Said:
    try:
        said = _Said.model_validate_json(await cleaner.out.readline())
    except ValueError as silent:
        raise CleaningFailed(await _end_of(cleaner)) from silent
    if said.failure is not None:
        raise CleaningFailed(said.failure)
    return said


async def _copy_from(cleaner: _Cleaner, size: int) -> AsyncIterator[bytes]:
    while size:
        piece = await cleaner.out.read(min(size, _PIECE))
        if not piece:
            raise CleaningFailed(await _end_of(cleaner))
        size -= len(piece)
        yield piece


async def _end_of(cleaner: _Cleaner) -> CopyFailure:
    """What became of a cleaner that says no more; only the system kills, short of memory."""
    ended = await cleaner.process.wait()
    if ended == -signal.SIGXCPU:
        return CopyFailure.TIMEOUT
    return CopyFailure.INTERRUPTED if ended == -signal.SIGKILL else CopyFailure.BROKEN
