import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import Fault, Invalid, KindRefused
from app.core.forms import TextOut
from app.core.ids import new_id
from app.core.places import Subject
from app.core.texts import Text
from app.evidence.files.frames import Sealer
from app.evidence.files.metadata import CONTENT, Metadata, open_metadata
from app.evidence.files.staging import Staged
from app.evidence.models import Evidence, Upload
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.repository.uploads import UploadRepository
from app.evidence.rules import uploads as rules
from app.evidence.rules.copies import notice_about
from app.evidence.rules.media_types import differs
from app.evidence.rules.subjects import SubjectKind
from app.evidence.rules.uploads import Chunk, OffsetMismatch, Sealed, UploadEnded, UploadState
from app.evidence.schemas.uploads import UploadIn, UploadOut
from app.evidence.service.depot import Depot
from app.evidence.service.progress import Progress
from app.evidence.service.reception import Reception

_KEY: Final = 32

COMPLAINT_MISSING: Final = Fault(
    "/header/upload-metadata/complaint_id",
    "missing",
    Text("Wajib diisi petugas.", "This is required of officers."),
)


class UploadService:
    """Everything that a sender can do with an upload.

    It works in short units of work: no connection to the database is held while bytes arrive.
    """

    def __init__(
        self,
        depot: Depot,
        sessions: Sessions,
        actor: Actor,
        keys: Keyring,
        clock: Callable[[], datetime],
    ) -> None:
        self.depot = depot
        self.sessions = sessions
        self.actor = actor
        self.keys = keys
        self.clock = clock
        self.progress = Progress(depot, sessions, actor, keys, clock)

    async def begin(self, form: UploadIn, length: int, chunk: Chunk | None) -> Upload:
        """Begin an upload, or go on with that of the same file; its first bytes may come along."""
        self.depot.require_room()
        upload = await self._find_or_add(form, length)
        if chunk is None or upload.received > 0:
            return upload
        return await self.receive(upload.id, chunk)

    async def check(self, upload_id: UUID) -> UploadOut:
        """How far it has come; a body that stalled ends first, so that its bytes are counted."""
        await self._find(upload_id)
        await self.depot.clear(upload_id)
        return await self.read(upload_id)

    async def receive(self, upload_id: UUID, chunk: Chunk) -> Upload:
        """Take in the next chunk; the last one completes the evidence, also when it is repeated."""
        upload = await self._find(upload_id)
        if upload.state is UploadState.OPEN:
            self.depot.require_room()
            async with self.depot.hold(upload_id) as staged:
                # Only under the lock of its file does the row say what will stay true.
                upload = await self._find(upload_id)
                if upload.state is UploadState.OPEN:
                    return await self._receive(upload, staged, chunk)
                await asyncio.to_thread(staged.remove)
        rules.require_next(chunk, upload.received, upload.length)
        return upload

    async def read(self, upload_id: UUID) -> UploadOut:
        """What became of it: the final answer, as often as anybody asks."""
        await self._find(upload_id)
        async with self.sessions.begin() as session:
            upload = await UploadRepository(session, self.actor).get(upload_id)
            evidence = await EvidenceRepository(session, self.actor).with_id(upload_id)
        sealed = evidence.sealed if evidence else upload.sealed
        if sealed is None:
            raise UploadEnded
        return _told(upload, evidence, open_metadata(sealed, upload_id, self.keys))

    async def cancel(self, upload_id: UUID) -> None:
        """Give up an unfinished upload and delete what came of it; evidence stays."""
        await self._find(upload_id)
        async with self.depot.hold(upload_id) as staged:
            upload = await self._find(upload_id)
            if upload.state is UploadState.FINISHED:
                await asyncio.to_thread(staged.remove)
                raise Sealed
            await self.progress.end(upload_id, staged)

    async def _find_or_add(self, form: UploadIn, length: int) -> Upload:
        now = self.clock()
        async with self.sessions.begin() as session:
            uploads = UploadRepository(session, self.actor)
            place = await self._place(uploads, form)
            indexes = self.keys.blinds(CONTENT, form.sha256)
            same = await uploads.same(place.id, indexes, length, now)
            if same is not None:
                return same
            claimed = await uploads.claimed(place.id, now)
            rules.admit(length, claimed, self.depot.limits)
            upload = self._new(form, length, place, now)
            uploads.add(upload)
        return upload

    async def _place(self, uploads: UploadRepository, form: UploadIn) -> Subject:
        for kind, id in (
            (SubjectKind.DECLARATION, form.declaration_id),
            (SubjectKind.EVENT, form.event_id),
            (SubjectKind.CIRCULAR, form.circular_id),
            (SubjectKind.INVITATION, form.invitation_id),
            (SubjectKind.CIRCULAR_ADDRESSEE, form.circular_addressee_id),
            (SubjectKind.FOLLOW_UP, form.follow_up_id),
        ):
            if id is not None:
                return await uploads.place_of(kind, id)
        return await uploads.place(self._subject(form))

    def _subject(self, form: UploadIn) -> UUID:
        """The complaint that an officer names; a receipt names its own."""
        subject_id = form.complaint_id or self.actor.subject_id
        if subject_id is None:
            raise Invalid(COMPLAINT_MISSING)
        return subject_id

    def _new(self, form: UploadIn, length: int, place: Subject, now: datetime) -> Upload:
        id = new_id()
        return Upload(
            id=id,
            subject_id=place.id,
            region_id=place.region_id,
            region_code=place.region_code,
            actor_kind=self.actor.kind,
            actor_id=self.actor.id,
            length=length,
            key_id=self.keys.index_key(),
            content_index=self.keys.blind(CONTENT, form.sha256),
            sealed=_metadata(form).seal(id, self.keys),
            sealed_key=self.keys.seal(secrets.token_bytes(_KEY), id),
            created_at=now,
            expires_at=rules.expiry(now),
        )

    async def _find(self, upload_id: UUID) -> Upload:
        async with self.sessions.begin() as session:
            upload = await UploadRepository(session, self.actor).get(upload_id)
        rules.require_alive(upload.state, upload.expires_at, self.clock())
        return upload

    async def _receive(self, upload: Upload, staged: Staged, chunk: Chunk) -> Upload:
        rules.require_next(chunk, upload.received, upload.length)
        if not await asyncio.to_thread(staged.cut, upload.stored):
            # Less is there than was acknowledged: a disk was lost, so all of it is sent again.
            await self.progress.keep(upload.id, 0, 0)
            raise OffsetMismatch
        keep = partial(self.progress.keep, upload.id)
        sealer = Sealer(self.progress.key_of(upload), upload.id)
        reception = Reception(upload, staged, sealer, keep)
        try:
            with self.depot.receiving(upload.id, reception):
                await reception.take(chunk, self.depot.require_room)
            if reception.is_complete:
                return await self.progress.finish(upload, staged)
        except KindRefused:
            await self.progress.end(upload.id, staged)
            raise
        return await self._find(upload.id)


def _metadata(form: UploadIn) -> Metadata:
    return Metadata(
        sha256=form.sha256,
        file_name=form.filename,
        declared_type=form.filetype,
        captured_at=form.captured_at,
    )


def _told(upload: Upload, evidence: Evidence | None, said: Metadata) -> UploadOut:
    found = evidence.media_type if evidence else None
    notice = notice_about(found or said.declared_type)
    return UploadOut(
        id=upload.id,
        state=upload.state,
        length=upload.length,
        received=upload.received,
        sha256=said.sha256,
        file_name=said.file_name,
        declared_type=said.declared_type,
        media_type=found,
        declared_type_differs=differs(said.declared_type, found) if found else None,
        captured_at=said.captured_at,
        received_at=evidence.received_at if evidence else None,
        notice=TextOut(id=notice.id, en=notice.en) if notice else None,
        evidence_id=evidence.id if evidence else None,
        expires_at=None if evidence else upload.expires_at,
    )
