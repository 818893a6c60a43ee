"""New data keys, everything written anew under them, and the old ones destroyed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import KeyPurpose, Keyring, MasterKey, WrappedKey
from app.core.database import Sessions
from app.core.keys import add_key, open_keyring, read_keys
from app.core.reference import Progress
from app.core.resealing import Resealer
from app.core.retirement import empty_keys, retire_seal_keys
from app.core.sealed import sealed_columns

# Any number that nobody else takes: one at a time decides which keys there are.
LOCK: Final = 5_638_002
ANNOUNCED: Final = 3.0
"""So many refreshes before it is used a key is announced, see app.core.keys.TRUSTED."""
_TICK: Final = 0.2
_MORE_ROUNDS: Final = 2
_REWRITTEN: Final = (KeyPurpose.SEAL, KeyPurpose.INDEX)
Bars: TypeAlias = Callable[[str], Progress]

RUNNING = """
SELECT virtualtransaction FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'virtualxid' AND granted AND datname = current_database()
AND pid <> pg_backend_pid() AND usename = coalesce(CAST(:role AS name), usename)
"""


@dataclass(frozen=True)
class Blinded:
    """Rows found by a blind index, which their domain writes anew under the index key in use.

    `count` says how many name another key; `renew` yields how many it did, batch after batch.
    """

    name: str
    count: Callable[[AsyncSession, UUID], Awaitable[int]]
    renew: Callable[[Sessions, Keyring], AsyncIterator[int]]


@dataclass(frozen=True)
class Outcome:
    """What a rotation came to: values under old keys and rows under old indexes that are left."""

    damaged: int
    left: int
    waiting: int
    resumed: bool = False


@dataclass(frozen=True)
class House:
    """What is rotated: `sessions` are the owner's, `role` is whose transactions are waited for,
    `refresh` are the seconds between two readings of the keys by each process."""

    sessions: Sessions
    master: MasterKey
    refresh: float
    blinded: Sequence[Blinded]
    role: str | None = None


def older(keys: Sequence[WrappedKey], purpose: KeyPurpose) -> list[UUID]:
    """The keys of this purpose before the newest, as far as something may still be under them."""
    known = sorted((key for key in keys if key.purpose is purpose), key=lambda key: key.generation)
    return [key.id for key in known[:-1] if key.wrapped and not key.is_empty]


def is_unfinished(keys: Sequence[WrappedKey]) -> bool:
    return any(older(keys, purpose) for purpose in _REWRITTEN)


class Rotation:
    """One rotation. Where it stands is told by the keys and values alone: begun again after it was
    ended anywhere, it goes on, and two beside each other do the same."""

    def __init__(self, house: House, bars: Bars) -> None:
        self.house = house
        self.sessions = house.sessions
        self.bars = bars

    async def carry_out(self) -> Outcome:
        resumed = await self._begin()
        await self._settle()
        keys = await open_keyring(self.sessions, self.house.master)
        outcome = await self._round(keys)
        for _ in range(_MORE_ROUNDS):
            if outcome.left > outcome.damaged or outcome.waiting:
                outcome = await self._round(keys)
        return replace(outcome, resumed=resumed)

    async def _round(self, keys: Keyring) -> Outcome:
        """Write everything anew, and end the old keys unless something is under them still."""
        async with self.sessions.begin() as session:
            known = await read_keys(session)
        old = older(known, KeyPurpose.SEAL)
        damaged = await self._reseal(keys, old)
        await self._rekey(keys)
        # One of them may just be copying what it read before it was sealed anew.
        await self._wait_for_running()
        async with self.sessions.begin() as session:
            left = await retire_seal_keys(session, old, damaged)
            waiting = await self._waiting(session, keys.index_key())
            if not waiting:
                await empty_keys(session, older(known, KeyPurpose.INDEX))
        return Outcome(damaged=damaged, left=left, waiting=waiting)

    async def _begin(self) -> bool:
        """Announce a new key of each purpose, unless a rotation is unfinished."""
        await open_keyring(self.sessions, self.house.master)
        async with self.sessions.begin() as session:
            await session.execute(select(func.pg_advisory_xact_lock(LOCK)))
            keys = await read_keys(session)
            if is_unfinished(keys):
                return True
            for purpose in KeyPurpose:
                last = max(key.generation for key in keys if key.purpose is purpose)
                fresh = self.house.master.make(purpose, last + 1)
                await add_key(session, replace(fresh, starts_in=ANNOUNCED * self.house.refresh))
        return False

    async def _settle(self) -> None:
        """Wait until nothing more can come that was written under the old keys."""
        async with self.sessions.begin() as session:
            begin = max(key.starts_in for key in await read_keys(session))
        seconds, began = begin + self.house.refresh, monotonic()
        if seconds > 0:
            await self._wait(seconds, began)
        await self._wait_for_running()

    async def _wait_for_running(self) -> None:
        running = await self._running()
        while running:
            await asyncio.sleep(_TICK)
            running &= await self._running()

    async def _wait(self, seconds: float, began: float) -> None:
        progress = self.bars("menunggu semua proses · until every process knows the keys (s)")
        while (passed := monotonic() - began) < seconds:
            progress(int(passed), int(seconds))
            await asyncio.sleep(_TICK)
        progress(int(seconds), int(seconds))

    async def _running(self) -> set[str]:
        async with self.sessions.begin() as session:
            rows = await session.scalars(text(RUNNING), {"role": self.house.role})
            return set(rows)

    async def _reseal(self, keys: Keyring, old: Sequence[UUID]) -> int:
        """Return how many values cannot be opened."""
        resealer = Resealer(self.sessions, keys, old)
        for where in sealed_columns():
            if await resealer.count(where):
                await resealer.reseal(where, self.bars(where.name))
        return resealer.damaged

    async def _rekey(self, keys: Keyring) -> None:
        for each in self.house.blinded:
            async with self.sessions.begin() as session:
                whole = await each.count(session, keys.index_key())
            if whole:
                await self._renew(each, keys, whole)

    async def _renew(self, each: Blinded, keys: Keyring, whole: int) -> None:
        progress, done, began = self.bars(each.name), 0, monotonic()
        async for number in each.renew(self.sessions, keys):
            done += number
            progress(done, max(done, whole))
            # Half of the time belongs to those who are served.
            await asyncio.sleep(monotonic() - began)
            began = monotonic()

    async def _waiting(self, session: AsyncSession, key_id: UUID) -> int:
        return sum([await each.count(session, key_id) for each in self.house.blinded])
