import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import ChecksumMismatch
from app.core.places import Subject
from app.evidence.files.frames import Sealer
from app.evidence.files.metadata import Metadata, open_metadata
from app.evidence.files.staging import Staged
from app.evidence.files.store import EvidenceStore
from app.evidence.models import DocumentCheck, Evidence, Upload, WorkingCopy
from app.evidence.repository.checks import CheckRepository
from app.evidence.repository.copies import CopyRepository
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.repository.subjects import SubjectRepository
from app.evidence.repository.uploads import UploadRepository
from app.evidence.rules import uploads as rules
from app.evidence.rules.copies import DOCUMENT
from app.evidence.rules.media_types import HEAD, decide
from app.evidence.rules.uploads import FILE_MISMATCH, UploadEnded, UploadState
from app.evidence.service.depot import Depot


class Progress:
    """How an upload comes forward, for whoever holds its file: each step is a unit of work."""

    def __init__(
        self,
        depot: Depot,
        sessions: Sessions,
        actor: Actor,
        keys: Keyring,
        clock: Callable[[], datetime],
    ) -> None:
        self.depot = depot
        self.store = EvidenceStore(depot.objects, keys)
        self.sessions = sessions
        self.actor = actor
        self.keys = keys
        self.clock = clock

    def key_of(self, upload: Upload) -> bytes:
        if upload.sealed_key is None:
            raise UploadEnded
        return self.keys.open(upload.sealed_key, upload.id)

    def metadata_of(self, upload: Upload) -> Metadata:
        if upload.sealed is None:
            raise UploadEnded
        return open_metadata(upload.sealed, upload.id, self.keys)

    async def keep(self, upload_id: UUID, received: int, stored: int) -> None:
        """Acknowledge what came, and wait for the rest as long again."""
        async with self.sessions.begin() as session:
            upload = await UploadRepository(session, self.actor).get(upload_id, lock=True)
            upload.received, upload.stored = received, stored
            upload.expires_at = rules.expiry(self.clock())

    async def end(self, upload_id: UUID, staged: Staged) -> None:
        """Forget the file and what was said of it; only that there was an upload stays for now."""
        async with self.sessions.begin() as session:
            upload = await UploadRepository(session, self.actor).get(upload_id, lock=True)
            upload.state = UploadState.ENDED
            upload.sealed = upload.sealed_key = None
        await asyncio.to_thread(staged.remove)

    async def finish(self, upload: Upload, staged: Staged) -> Upload:
        """Make a complete file evidence: read it back, put it away, record it.

        Whatever breaks in between, the last chunk was not acknowledged: whoever sends it again
        repeats all of this, and finds done what was done.
        """
        async with self.depot.finishing:
            media_type = await self._examine(upload, staged)
            await self._put_away(upload, staged)
        finished = await self._record(upload.id, media_type)
        await asyncio.to_thread(staged.remove)
        return finished

    async def _examine(self, upload: Upload, staged: Staged) -> str:
        """Return what kind of file it is, if it is the one that was announced."""
        sealer = Sealer(self.key_of(upload), upload.id)
        digest = await asyncio.to_thread(staged.digest, sealer, upload.length)
        if digest != self.metadata_of(upload).sha256:
            await self.keep(upload.id, 0, 0)
            raise ChecksumMismatch(FILE_MISMATCH)
        return decide(await asyncio.to_thread(staged.head, sealer, HEAD))

    async def _put_away(self, upload: Upload, staged: Staged) -> None:
        if await self.store.put(upload.id, staged.path):
            return
        # This was done before, by a process that was killed or by a database that was restored.
        said = self.metadata_of(upload).sha256
        if not await self.store.holds(upload.id, self.key_of(upload), upload.length, said):
            # What lies there is never replaced: the same file comes under another id.
            await self.end(upload.id, staged)
            raise UploadEnded

    async def _record(self, upload_id: UUID, media_type: str) -> Upload:
        async with self.sessions.begin() as session:
            upload = await UploadRepository(session, self.actor).get(upload_id, lock=True)
            evidence = self._evidence(upload, media_type)
            EvidenceRepository(session, self.actor).add(evidence)
            CopyRepository(session).add(WorkingCopy(evidence_id=evidence.id))
            if media_type == DOCUMENT and await SubjectRepository(session).has(evidence.subject_id):
                CheckRepository(session).add(DocumentCheck(evidence_id=evidence.id))
            upload.state, upload.received = UploadState.FINISHED, upload.length
            upload.sealed = upload.sealed_key = None
            subject = Subject(upload.subject_id, upload.region_id, upload.region_code)
            await Journal(session, self.actor, evidence.received_at).record(
                "evidence.sealed",
                subject,
                evidence_id=str(evidence.id),
                media_type=media_type,
                size=evidence.size,
                content_index=evidence.content_index.hex(),
            )
        return upload

    def _evidence(self, upload: Upload, media_type: str) -> Evidence:
        if upload.sealed is None or upload.sealed_key is None:
            raise UploadEnded
        return Evidence(
            id=upload.id,
            subject_id=upload.subject_id,
            region_id=upload.region_id,
            region_code=upload.region_code,
            media_type=media_type,
            size=upload.length,
            captured_at=self.metadata_of(upload).captured_at,
            received_at=self.clock(),
            sealed=upload.sealed,
            content_index=upload.content_index,
            sealed_key=upload.sealed_key,
        )
