"""`netra keys rotate` beside a running service, as an operator starts it and as it is killed."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.keys import open_keyring
from app.core.models import DataKey
from app.core.sealed import count_sealed, sealed_columns
from app.web.clock import present
from tests.cli.service import NETRA, START_SECONDS
from tests.proofs.live import Live

OFTEN = {"NETRA_KEY_REFRESH": "1"}
"""Every process reads the keys each second, so that a new one need not be announced for long."""


async def rotate(live: Live, *options: str) -> "asyncio.subprocess.Process":
    return await asyncio.create_subprocess_exec(
        NETRA,
        "keys",
        "rotate",
        *options,
        "--data",
        live.service.home,
        env={**os.environ, **OFTEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


async def rotated(live: Live, *options: str) -> str:
    """Rotate to the end; return what was said."""
    process = await rotate(live, *options)
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def killed_halfway(live: Live, column: str) -> None:
    """Begin a rotation, and kill it outright where it has done a part of this column."""
    process = await rotate(live)
    async with asyncio.timeout(START_SECONDS):
        while not await is_halfway(live, column):
            assert process.returncode is None
            await asyncio.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    assert await is_halfway(live, column)


async def is_halfway(live: Live, column: str) -> bool:
    where = next(each for each in sealed_columns() if each.name == column)
    async with live.sessions.begin() as session:
        return len(await count_sealed(session, where)) > 1


async def keys_of(live: Live, purpose: KeyPurpose) -> Sequence[DataKey]:
    async with live.sessions.begin() as session:
        query = select(DataKey).where(DataKey.purpose == purpose).order_by(DataKey.generation)
        return (await session.scalars(query)).all()


async def in_use(live: Live, purpose: KeyPurpose, after: UUID) -> None:
    """Wait until a newer key than this one is in use."""
    async with asyncio.timeout(START_SECONDS):
        while (await keys_of(live, purpose))[-1].id == after:  # noqa: ASYNC110  in another process
            await asyncio.sleep(0.1)
        newest = (await keys_of(live, purpose))[-1]
        await asyncio.sleep((newest.in_use_from - present()).total_seconds())


async def keyring(live: Live) -> Keyring:
    """The keys as a process gets them that starts now."""
    path: Path = live.service.home / "master.key"
    return await open_keyring(live.sessions, MasterKey.from_file(path))
