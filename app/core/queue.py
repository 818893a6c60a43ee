"""The job queue: pgqueuer's own tables in schema `queue`, over the direct connection."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Final

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.models import Schedule

from app.core.patience import patiently

log = structlog.get_logger()

SCHEMA: Final = "queue"
_POLL: Final = timedelta(seconds=5)
_LONGEST_REST: Final = 30.0


@dataclass(frozen=True)
class Recurring:
    """A job that the worker does again and again; `when` is a cron expression in UTC.

    It is idempotent: after a passing fault it is tried again, three times in all.
    """

    name: str
    when: str
    do: Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Steady:
    """A job that every worker does so many seconds after it began it before, or at once when it
    took longer; it is idempotent, and keeps out of the way of another worker by itself.

    `share` is how much of the time it may take: after a long round it rests the longer, up to half
    a minute. So what costs less when there is more of it does not crowd out what it follows.
    """

    name: str
    seconds: float
    do: Callable[[], Awaitable[object]]
    share: float = 1.0

    def rest_after(self, took: float) -> float:
        """Return the seconds until the next round, after one that took so many."""
        fair = took / self.share - took
        return max(self.seconds - took, min(fair, _LONGEST_REST), 0.0)


async def install(url: str) -> None:
    """Make or upgrade the queue's tables; run by the owner with every migration."""
    async with _connect(url) as connection:
        queries = Queries(AsyncpgDriver(connection))
        if await queries.schema_is_installed():
            await queries.upgrade()
        else:
            await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            await queries.install(create_schema=False)


async def work(url: str, jobs: tuple[Recurring, ...], steady: tuple[Steady, ...] = ()) -> None:
    """Do the jobs until SIGTERM; a lost database ends the process, which is then started again."""
    async with _connect(url) as connection:
        queue = PgQueuer.from_asyncpg_connection(connection)
        for job in jobs:
            queue.schedule(job.name, job.when)(_carrying_out(job))
        for signum in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(signum, queue.shutdown.set)
        connection.add_termination_listener(lambda _: queue.shutdown.set())
        rounds = [asyncio.create_task(keep_on(job, queue.shutdown)) for job in steady]
        try:
            await queue.run(dequeue_timeout=_POLL, shutdown_on_listener_failure=True)
        finally:
            queue.shutdown.set()
            await asyncio.gather(*rounds)


async def keep_on(job: Steady, shutdown: asyncio.Event) -> None:
    """The schedules of the queue look at the clock every second or two: too seldom for this."""
    while not shutdown.is_set():
        began = monotonic()
        try:
            await patiently(job.do)
        except Exception as fault:
            # The next round is another attempt, and the others go on, as jobs of the queue do.
            log.error("round_failed", job=job.name, kind=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(shutdown.wait(), job.rest_after(monotonic() - began))


def _carrying_out(job: Recurring) -> Callable[[Schedule], Awaitable[None]]:
    async def carry_out(_: Schedule) -> None:
        await patiently(job.do)

    return carry_out


@asynccontextmanager
async def _connect(url: str) -> AsyncIterator[asyncpg.Connection]:
    # The one way pgqueuer offers to name the schema of its tables.
    os.environ.setdefault("PGQUEUER_SCHEMA", SCHEMA)
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1), timeout=10)
    try:
        yield connection
    finally:
        await connection.close(timeout=5)
