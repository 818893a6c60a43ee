"""The job queue: pgqueuer's own tables in schema `queue`, over the direct connection."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.models import Schedule

from app.core.patience import patiently

SCHEMA: Final = "queue"
_POLL: Final = timedelta(seconds=5)


@dataclass(frozen=True)
class Recurring:
    """A job that the worker does again and again; `when` is a cron expression in UTC.

    It is idempotent: after a passing fault it is tried again, three times in all.
    """

    name: str
    when: str
    do: Callable[[], Awaitable[object]]


async def install(url: str) -> None:
    """Make or upgrade the queue's tables; run by the owner with every migration."""
    async with _connect(url) as connection:
        queries = Queries(AsyncpgDriver(connection))
        if await queries.schema_is_installed():
            await queries.upgrade()
        else:
            await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            await queries.install(create_schema=False)


async def work(url: str, jobs: tuple[Recurring, ...]) -> None:
    """Do the jobs until SIGTERM; a lost database ends the process, which is then started again."""
    async with _connect(url) as connection:
        queue = PgQueuer.from_asyncpg_connection(connection)
        for job in jobs:
            queue.schedule(job.name, job.when)(_carrying_out(job))
        for signum in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(signum, queue.shutdown.set)
        connection.add_termination_listener(lambda _: queue.shutdown.set())
        await queue.run(dequeue_timeout=_POLL, shutdown_on_listener_failure=True)


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
