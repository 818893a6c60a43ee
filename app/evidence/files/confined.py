"""Starts a process that reads what strangers sent, gives it bytes, and ends it whatever happens."""

import os
import signal
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import app

PIECE: Final = 64 * 1024
_ROOT: Final = Path(app.__file__).parent.parent


@dataclass(frozen=True)
class Confined:
    """A process with three pipes and nothing else of ours."""

    process: Process
    into: StreamWriter
    out: StreamReader


async def start(module: str, *arguments: str) -> Confined:
    process = await create_subprocess_exec(
        *(sys.executable, "-E", "-s", "-B", "-m", module, *arguments),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={},
        cwd=_ROOT,
        limit=PIECE,
        start_new_session=True,
    )
    return Confined(process, cast(StreamWriter, process.stdin), cast(StreamReader, process.stdout))


async def feed(confined: Confined, plain: AsyncIterator[bytes]) -> None:
    """Write all of it; a process that has seen enough closes its end, and says why."""
    with suppress(BrokenPipeError, ConnectionResetError):
        async for piece in plain:
            confined.into.write(piece)
            await confined.into.drain()
    confined.into.close()


async def end(confined: Confined) -> None:
    # Its own `kill` may take the exit code away from whoever waits for it.
    if confined.process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(confined.process.pid, signal.SIGKILL)
    # What nobody read any more holds the pipe open, and who waits would wait for ever.
    while await confined.out.read(PIECE):
        pass
    await confined.process.wait()
