"""The worker process: what must not hold up a request."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

import uvloop

from app.cli.connection import connected
from app.cli.gate import pass_gate
from app.core.settings import Settings
from app.main import run_worker


def work(data: Path | None) -> None:
    """Work until told to end, then finish what is in hand."""
    pass_gate()
    with connected(data) as settings:
        uvloop.run(_work(settings))


async def _work(settings: Settings) -> None:
    task = asyncio.ensure_future(run_worker(settings))
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


if __name__ == "__main__":
    work(None)
