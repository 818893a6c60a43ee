"""Where the keyring comes from: the master key outside the database, data keys inside."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from time import monotonic
from typing import Final

import structlog
from sqlalchemy import Float, cast, extract, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import KeyPurpose, Keyring, MasterKey, WrappedKey
from app.core.database import Sessions
from app.core.models import DataKey
from app.core.settings import Settings

log = structlog.get_logger()

TRUSTED: Final = 2.5
"""So many refreshes long a process writes under the keys that it read: a new key is announced
three refreshes before it is used, so no process goes on under the old one without knowing."""
_RETRY: Final = 1.0
_STILL_HELD: Final = timedelta(minutes=10)


def read_master_key(settings: Settings) -> MasterKey:
    if settings.master_key is not None:
        return MasterKey.from_base64(settings.master_key.get_secret_value())
    settings.key_file.parent.mkdir(parents=True, exist_ok=True)
    return MasterKey.from_file(settings.key_file)


async def open_keyring(sessions: Sessions, master: MasterKey) -> Keyring:
    """Unwrap every data key, making the first of each purpose where there is none."""
    async with sessions.begin() as session:
        keys = await read_keys(session)
        missing = set(KeyPurpose) - {key.purpose for key in keys}
        for purpose in sorted(missing):
            await add_key(session, master.make(purpose))
        return Keyring(master, await read_keys(session) if missing else keys)


@asynccontextmanager
async def kept_keyring(sessions: Sessions, settings: Settings) -> AsyncIterator[Keyring]:
    """The keyring of a process that goes on: it follows the keys as they are announced, come into
    use and retire."""
    keys = await open_keyring(sessions, read_master_key(settings))
    following = asyncio.create_task(_follow(keys, sessions, settings))
    try:
        yield keys
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


async def _follow(keys: Keyring, sessions: Sessions, settings: Settings) -> None:
    """Read the keys again and again, and at once when a value names one that is not loaded."""
    wanted, loop = asyncio.Event(), asyncio.get_running_loop()
    keys.on_outdated = lambda: loop.call_soon_threadsafe(wanted.set)
    while True:
        wanted.clear()
        try:
            await _renew(keys, sessions, settings)
        except Exception as trouble:
            # The process must not go on for ever under the keys it has: it tries until it can.
            log.warning("keys_not_read", kind=type(trouble).__name__)
            await asyncio.sleep(_RETRY)
            continue
        with suppress(TimeoutError):
            async with asyncio.timeout(settings.key_refresh):
                await wanted.wait()


async def _renew(keys: Keyring, sessions: Sessions, settings: Settings) -> None:
    began = monotonic()
    async with sessions.begin() as session:
        found = await read_keys(session)
    # The master key is read only for a key that is new here: it may lie elsewhere by now.
    keys.load(
        found,
        lambda key: read_master_key(settings).unwrap(key),
        began + TRUSTED * settings.key_refresh,
    )


async def add_key(session: AsyncSession, key: WrappedKey) -> None:
    row = insert(DataKey).values(
        id=key.id,
        purpose=key.purpose,
        generation=key.generation,
        wrapped=key.wrapped,
        in_use_from=func.clock_timestamp() + timedelta(seconds=key.starts_in),
    )
    await session.execute(row.on_conflict_do_nothing())


async def read_keys(session: AsyncSession) -> list[WrappedKey]:
    """Every key that opens something: those just retired as well, which a process may still hold
    for what it read a moment ago."""
    columns = (DataKey.id, DataKey.purpose, DataKey.wrapped, DataKey.generation)
    starts_in = extract("epoch", DataKey.in_use_from - func.clock_timestamp())
    query = select(*columns, cast(starts_in, Float), DataKey.emptied_at.is_not(None))
    live = DataKey.retired_at.is_(None)
    just_retired = DataKey.retired_at > func.now() - _STILL_HELD
    rows = await session.execute(query.where(or_(live, just_retired)))
    return [WrappedKey(*row) for row in rows]
