"""Servers that a test starts and kills by itself, beside the one the suite shares."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app.core.cluster import OWNER
from app.core.postgres import EmbeddedServer


@contextmanager
def data_folder() -> Iterator[Path]:
    """A folder that the server's own user can enter; pytest's belong to the tester alone."""
    folder = Path(tempfile.mkdtemp(prefix="netra-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def ask(server: EmbeddedServer, statement: str, role: str = OWNER) -> Any:
    """Run one statement in a transaction of its own, and return its first value."""

    async def run() -> Any:
        engine = create_async_engine(server.url(role))
        try:
            async with engine.begin() as connection:
                result = await connection.execute(text(statement))
                return result.scalar() if result.returns_rows else None
        finally:
            await engine.dispose()

    return asyncio.run(run())
