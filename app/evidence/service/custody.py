from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from obstore.store import ObjectStore
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.core.places import Placed
from app.evidence.files.frames import Damaged
from app.evidence.files.store import EvidenceStore, SealedFile, Stored
from app.evidence.models import Evidence, EvidenceOpening
from app.evidence.repository.copies import CopyRepository
from app.evidence.repository.custody import OpeningRepository
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.rules.custody import EvidenceDamaged, NoWorkingCopy, answerable
from app.evidence.schemas.custody import OpeningIn, OpeningOut

log = structlog.get_logger()


@dataclass(frozen=True)
class Download:
    """A file on its way to an officer; it needs no session any more."""

    name: UUID
    media_type: str
    size: int
    content: AsyncIterator[bytes]


class CustodyService:
    """What officers do with the files of evidence; each opening of an original has its reason."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        keys: Keyring,
        objects: ObjectStore,
    ) -> None:
        self.evidence = EvidenceRepository(session, actor)
        self.copies = CopyRepository(session)
        self.opened = OpeningRepository(session, actor)
        self.journal = Journal(session, actor, now)
        self.store = EvidenceStore(objects, keys)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def open(self, subject: Placed, evidence_id: UUID, form: OpeningIn) -> Download:
        """Open an original. Its first piece is read, and the opening recorded, before it leaves."""
        evidence = await self._one(subject, evidence_id)
        content = await self._begun(evidence)
        officer, id = answerable(self.actor), new_id()
        opening = EvidenceOpening(
            id=id,
            evidence_id=evidence.id,
            officer_id=officer.officer_id,
            office_id=officer.office_id,
            opened_at=self.now,
            sealed=self.keys.seal(form.reason.encode(), id),
        )
        self.opened.add(opening)
        await self.journal.record("evidence.opened", subject, evidence_id=str(evidence.id))
        return Download(evidence.id, evidence.media_type, evidence.size, content)

    async def open_copy(self, subject: Placed, evidence_id: UUID) -> Download:
        download = await self.show_copy(subject, evidence_id)
        await self.journal.record("evidence.copy_read", subject, evidence_id=str(evidence_id))
        return download

    async def show_copy(self, subject: Placed, evidence_id: UUID) -> Download:
        """A working copy that its office shows to others; nothing is recorded here."""
        evidence = await self._one(subject, evidence_id)
        copy = await self.copies.of(evidence.id)
        if copy is None or copy.sealed is None or copy.sealed_key is None or copy.size is None:
            raise NoWorkingCopy
        file = SealedFile(copy.id, copy.size, copy.sealed, copy.sealed_key)
        content = await self._begun(file)
        return Download(copy.id, copy.media_type or evidence.media_type, copy.size, content)

    async def openings(
        self, subject: Placed, evidence_id: UUID, wanted: Slice
    ) -> Found[OpeningOut]:
        found = await self.opened.of(await self._one(subject, evidence_id), wanted)
        return Found([self._told(each) for each in found.items], found.next_cursor, found.total)

    async def _one(self, subject: Placed, evidence_id: UUID) -> Evidence:
        evidence = await self.evidence.get(evidence_id)
        if evidence.subject_id != subject.id:
            raise NotFound
        return evidence

    async def _begun(self, file: Stored) -> AsyncIterator[bytes]:
        """Its content, of which the first piece is there already: what is lost is refused."""
        content = self.store.open(file)
        try:
            first = await anext(content, b"")
        except Damaged as lost:
            log.error("evidence_damaged", file_id=str(file.id))
            raise EvidenceDamaged from lost
        return _joined(first, content)

    def _told(self, opening: EvidenceOpening) -> OpeningOut:
        return OpeningOut(
            id=opening.id,
            officer_id=opening.officer_id,
            office_id=opening.office_id,
            opened_at=opening.opened_at,
            reason=self.keys.open(opening.sealed, opening.id).decode(),
        )


async def _joined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
