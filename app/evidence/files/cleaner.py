"""Runs the cleaner on one file: plain bytes only pass through pipes, and nothing of it is kept."""

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, Field

from app.evidence.files.confined import PIECE, Confined, end, feed, start
from app.evidence.rules.copies import LARGEST_COPY, CopyFailure, Removed

PATIENCE: Final = 90.0
"""Seconds by the clock on the wall for one file, reading and writing included."""


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


@asynccontextmanager
async def cleaning(
    media_type: str, plain: AsyncIterator[bytes], patience: float = PATIENCE
) -> AsyncIterator[CleanCopy]:
    """Give the file to a cleaner of its own, and the copy to the caller while it comes."""
    cleaner = await start("app.evidence.files.cleaning", media_type)
    try:
        async with asyncio.timeout(patience):
            await feed(cleaner, plain)
            said = await _hear(cleaner)
            yield CleanCopy(said.size, said.removed, _copy_from(cleaner, said.size))
    except TimeoutError as late:
        raise CleaningFailed(CopyFailure.TIMEOUT) from late
    finally:
        await end(cleaner)


async def _hear(cleaner: Confined) -> _Said:
    try:
        said = _Said.model_validate_json(await cleaner.out.readline())
    except ValueError as silent:
        raise CleaningFailed(await _end_of(cleaner)) from silent
    if said.failure is not None:
        raise CleaningFailed(said.failure)
    return said


async def _copy_from(cleaner: Confined, size: int) -> AsyncIterator[bytes]:
    while size:
        piece = await cleaner.out.read(min(size, PIECE))
        if not piece:
            raise CleaningFailed(await _end_of(cleaner))
        size -= len(piece)
        yield piece


async def _end_of(cleaner: Confined) -> CopyFailure:
    """What became of a cleaner that says no more; only the system kills, short of memory."""
    ended = await cleaner.process.wait()
    if ended == -signal.SIGXCPU:
        return CopyFailure.TIMEOUT
    return CopyFailure.INTERRUPTED if ended == -signal.SIGKILL else CopyFailure.BROKEN
