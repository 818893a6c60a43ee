"""Where the keyring comes from: the master key outside the database, data keys inside."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import KeyPurpose, Keyring, MasterKey, WrappedKey
from app.core.database import Sessions
from app.core.models import DataKey
from app.core.settings import Settings


def read_master_key(settings: Settings) -> MasterKey:
    if settings.master_key is not None:
        return MasterKey.from_base64(settings.master_key.get_secret_value())
    settings.key_file.parent.mkdir(parents=True, exist_ok=True)
    return MasterKey.from_file(settings.key_file)


async def open_keyring(sessions: Sessions, master: MasterKey) -> Keyring:
    """Unwrap every data key, making the first of each purpose where there is none."""
    async with sessions.begin() as session:
        keys = await _read(session)
        missing = set(KeyPurpose) - {key.purpose for key in keys}
        for purpose in sorted(missing):
            await _add(session, master.make(purpose))
        return Keyring(master, await _read(session) if missing else keys)


async def _add(session: AsyncSession, key: WrappedKey) -> None:
    row = insert(DataKey).values(id=key.id, purpose=key.purpose, generation=1, wrapped=key.wrapped)
    await session.execute(row.on_conflict_do_nothing())


async def _read(session: AsyncSession) -> list[WrappedKey]:
    rows = await session.execute(select(DataKey.id, DataKey.purpose, DataKey.wrapped))
    return [WrappedKey(*row) for row in rows]
