from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from obstore.store import ObjectStore
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import Unavailable
from app.core.places import Subject
from app.evidence.files.checker import CheckFailed, read_roots, signatures_in
from app.evidence.files.frames import Damaged
from app.evidence.files.store import EvidenceStore
from app.evidence.models import DocumentCheck, Evidence
from app.evidence.repository.checks import CheckRepository
from app.evidence.rules.documents import (
    LARGEST_CHECKED,
    MOST_ATTEMPTS,
    DocumentState,
    FoundSignature,
    state_of,
)
from app.evidence.schemas.checks import DocumentCheckOut, DocumentSignatureOut

_SIGNATURES = TypeAdapter(list[DocumentSignatureOut])


@dataclass(frozen=True)
class Claim:
    """An attempt at one check, which no other worker makes meanwhile."""

    check_id: UUID
    attempts: int
    evidence: Evidence


class CheckService:
    """Checks signed documents, one after another; no unit of work is open meanwhile."""

    def __init__(
        self,
        sessions: Sessions,
        keys: Keyring,
        objects: ObjectStore,
        clock: Callable[[], datetime],
        roots: bytes | None = None,
    ) -> None:
        self.sessions = sessions
        self.keys = keys
        self.store = EvidenceStore(objects, keys)
        self.clock = clock
        self.roots = read_roots() if roots is None else roots

    async def check(self) -> bool:
        """Check the next document that waits; False where none does."""
        claim = await self._claim()
        if claim is None:
            return False
        try:
            found = await self._attempt(claim.evidence)
        except CheckFailed:
            if claim.attempts < MOST_ATTEMPTS:
                return True
            found = None
        except Unavailable:
            # It says nothing of the document: it is tried again when the lease is over.
            await self._record(claim, DocumentState.WAITING, [])
            raise
        state = DocumentState.UNREADABLE if found is None else state_of(found)
        await self._record(claim, state, found or [])
        return True

    async def _claim(self) -> Claim | None:
        async with self.sessions.begin() as session:
            waiting = await CheckRepository(session).next_waiting(self.clock())
            if waiting is None:
                return None
            check, evidence = waiting
            check.claimed_at = self.clock()
            check.attempts += 1
        return Claim(check.id, check.attempts, evidence)

    async def _attempt(self, evidence: Evidence) -> list[FoundSignature] | None:
        if evidence.size > LARGEST_CHECKED:
            return None
        try:
            return await signatures_in(self.store.open(evidence), self.roots)
        except Damaged:
            return None

    async def _record(
        self, claim: Claim, state: DocumentState, found: list[FoundSignature]
    ) -> None:
        evidence, now = claim.evidence, self.clock()
        async with self.sessions.begin() as session:
            check = await CheckRepository(session).claimed(claim.check_id, claim.attempts)
            if check is None:  # it took so long that another worker has begun again
                return
            if state is DocumentState.WAITING:
                check.attempts -= 1
                return
            told = [DocumentSignatureOut.model_validate(each) for each in found]
            check.state, check.checked_at = state, now
            check.sealed = self.keys.seal(_SIGNATURES.dump_json(told), check.id)
            subject = Subject(evidence.subject_id, evidence.region_id, evidence.region_code)
            await Journal(session, SYSTEM, now).record(
                "document.checked", subject, evidence_id=str(evidence.id), state=state
            )


async def forget_signatories(session: AsyncSession, evidence_id: UUID, keys: Keyring) -> None:
    """Keep what was found of the signatures in a document, and no longer who gave them: which of
    them is the person that is erased, nobody can tell."""
    checks = await CheckRepository(session).of_each([evidence_id])
    for check in checks.values():
        if check.sealed is not None:
            told = _SIGNATURES.validate_json(keys.open(check.sealed, check.id))
            nameless = [each.model_copy(update={"subject": ""}) for each in told]
            check.sealed = keys.seal(_SIGNATURES.dump_json(nameless), check.id)


def told_of(check: DocumentCheck | None, keys: Keyring) -> DocumentCheckOut | None:
    """What is known of a document by its check; nothing of a file that is no PDF."""
    if check is None:
        return None
    sealed = keys.open(check.sealed, check.id) if check.sealed else b"[]"
    return DocumentCheckOut(
        state=check.state,
        checked_at=check.checked_at,
        signatures=_SIGNATURES.validate_json(sealed),
    )
