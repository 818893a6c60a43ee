import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from obstore.store import ObjectStore

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import Unavailable
from app.core.ids import new_id
from app.core.places import Subject
from app.evidence.files.cleaner import CleanCopy, CleaningFailed, cleaning
from app.evidence.files.frames import Damaged, Sealer
from app.evidence.files.metadata import Metadata
from app.evidence.files.staging import Staged, held, staged_ids
from app.evidence.files.store import EvidenceStore
from app.evidence.models import Evidence, WorkingCopy
from app.evidence.repository.copies import CopyRepository
from app.evidence.rules import copies as rules
from app.evidence.rules.copies import CopyFailure, CopyOutcome, Removed

_KEY: Final = 32
_BATCH: Final = 262_144


@dataclass(frozen=True)
class Claim:
    """An attempt at one copy, which no other worker makes meanwhile."""

    copy_id: UUID
    attempts: int
    evidence: Evidence


@dataclass(frozen=True)
class Result:
    """What came of an attempt; without a failure, a sealed copy that lies in the store."""

    outcome: CopyOutcome
    failure: CopyFailure | None = None
    size: int | None = None
    sealed: bytes | None = None
    sealed_key: bytes | None = None
    removed: Mapping[Removed, int] | None = None


class CopyService:
    """Makes working copies, one after another; no unit of work is open while the cleaner works."""

    def __init__(
        self,
        sessions: Sessions,
        keys: Keyring,
        objects: ObjectStore,
        folder: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self.sessions = sessions
        self.keys = keys
        self.store = EvidenceStore(objects, keys)
        self.folder = folder
        self.clock = clock

    async def make(self) -> bool:
        """Make the next copy that waits; False where none does."""
        claim = await self._claim()
        if claim is None:
            return False
        try:
            result = await self._attempt(claim)
        except Unavailable:
            # It says nothing of the file: the attempt does not count, and the round ends.
            await self._give_back(claim)
            raise
        await self._record(claim, result)
        return True

    async def sweep(self) -> None:
        """Delete what attempts left behind whose worker died; what is being made is held."""
        for copy_id in await asyncio.to_thread(staged_ids, self.folder):
            with suppress(BlockingIOError), held(self.folder, copy_id) as staged:
                await asyncio.to_thread(staged.remove)

    async def _claim(self) -> Claim | None:
        async with self.sessions.begin() as session:
            found = await CopyRepository(session).next_waiting(self.clock())
            if found is None:
                return None
            copy, evidence = found
            copy.id, copy.claimed_at = new_id(), self.clock()
            copy.attempts += 1
        return Claim(copy.id, copy.attempts, evidence)

    async def _give_back(self, claim: Claim) -> None:
        async with self.sessions.begin() as session:
            copy = await CopyRepository(session).claimed(claim.copy_id)
            if copy is not None:
                copy.attempts -= 1

    async def _attempt(self, claim: Claim) -> Result:
        if not rules.can_be_cleaned(claim.evidence.media_type):
            return Result(CopyOutcome.NOT_AVAILABLE)
        if claim.attempts > rules.MOST_ATTEMPTS:
            return Result(CopyOutcome.FAILED, CopyFailure.INTERRUPTED)
        if claim.evidence.size > rules.LARGEST:
            return Result(CopyOutcome.FAILED, CopyFailure.TOO_LARGE)
        try:
            return await self._cleaned(claim)
        except CleaningFailed as failed:
            failure = failed.failure
        except Damaged:
            failure = CopyFailure.DAMAGED
        over = rules.is_over(failure, claim.attempts)
        return Result(CopyOutcome.FAILED if over else CopyOutcome.WAITING, failure)

    async def _cleaned(self, claim: Claim) -> Result:
        evidence, key = claim.evidence, secrets.token_bytes(_KEY)
        async with (
            cleaning(evidence.media_type, self.store.open(evidence)) as copy,
            self._staging(claim.copy_id) as staged,
        ):
            digest = await _seal(copy, staged, Sealer(key, claim.copy_id))
            await self.store.put(claim.copy_id, staged.path)
        return Result(
            CopyOutcome.DONE,
            size=copy.size,
            sealed=Metadata(sha256=digest).seal(claim.copy_id, self.keys),
            sealed_key=self.keys.seal(key, claim.copy_id),
            removed=copy.removed,
        )

    @asynccontextmanager
    async def _staging(self, copy_id: UUID) -> AsyncIterator[Staged]:
        """The file in which a copy gathers, sealed; it is gone afterwards, whatever happens."""
        with held(self.folder, copy_id) as staged:
            try:
                yield staged
            finally:
                await asyncio.to_thread(staged.remove)

    async def _record(self, claim: Claim, result: Result) -> None:
        evidence, now = claim.evidence, self.clock()
        async with self.sessions.begin() as session:
            copy = await CopyRepository(session).claimed(claim.copy_id)
            if copy is None:  # it took so long that another worker has begun again
                return
            _fill(copy, result, evidence.media_type, now)
            if result.outcome is CopyOutcome.WAITING:
                return
            subject = Subject(evidence.subject_id, evidence.region_id, evidence.region_code)
            await Journal(session, SYSTEM, now).record(
                "evidence.copied", subject, evidence_id=str(evidence.id), outcome=result.outcome
            )


async def _seal(copy: CleanCopy, staged: Staged, sealer: Sealer) -> str:
    """Seal the copy as it comes, and return its SHA-256."""
    digest, position = hashlib.sha256(), 0
    async for piece in _in_batches(copy.content):
        digest.update(piece)
        await asyncio.to_thread(staged.append, sealer, piece, position)
        position += len(piece)
    await asyncio.to_thread(staged.sync)
    return digest.hexdigest()


async def _in_batches(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    gathered = bytearray()
    async for piece in content:
        gathered += piece
        if len(gathered) >= _BATCH:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def _fill(copy: WorkingCopy, result: Result, media_type: str, now: datetime) -> None:
    copy.outcome, copy.failure = result.outcome, result.failure
    copy.sealed, copy.sealed_key, copy.size = result.sealed, result.sealed_key, result.size
    copy.media_type = media_type if result.outcome is CopyOutcome.DONE else None
    copy.removed = {str(kind): count for kind, count in (result.removed or {}).items()}
    copy.made_at = None if result.outcome is CopyOutcome.WAITING else now
