from datetime import datetime
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.room import CaptureRepository
from app.declarations.schemas.captures import PaperFilter, PaperRow
from app.evidence.files.metadata import open_metadata
from app.evidence.models import DocumentCheck, Evidence, WorkingCopy
from app.evidence.repository.checks import CheckRepository
from app.evidence.repository.copies import CopyRepository
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.schemas.custody import OpeningIn
from app.evidence.service.checks import told_of
from app.evidence.service.custody import CustodyService, Download


class PaperService:
    """The scans and signed documents of a declaration, as the organiser sees them."""

    def __init__(self, session: AsyncSession, actor: Actor, _: datetime, keys: Keyring) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.evidence = EvidenceRepository(session, actor)
        self.checks = CheckRepository(session)
        self.copies = CopyRepository(session)
        self.captures = CaptureRepository(session)
        self.keys = keys

    async def find(self, declaration_id: UUID, wanted: PaperFilter) -> Found[PaperRow]:
        declaration = await self.declarations.get(declaration_id)
        found = await self.evidence.page(declaration.id, wanted)
        counts = await self.captures.on_papers([each.id for each in found.items])
        checks = await self.checks.of_each([each.id for each in found.items])
        copies = await self.copies.of_each([each.id for each in found.items])
        rows = [
            self._row(each, counts.get(each.id, 0), checks.get(each.id), copies.get(each.id))
            for each in found.items
        ]
        return Found(rows, found.next_cursor, found.total)

    def _row(
        self,
        evidence: Evidence,
        signatures: int,
        check: DocumentCheck | None,
        copy: WorkingCopy | None,
    ) -> PaperRow:
        said = open_metadata(evidence.sealed, evidence.id, self.keys)
        return PaperRow(
            evidence_id=evidence.id,
            file_name=said.file_name,
            media_type=evidence.media_type,
            size=evidence.size,
            sha256=said.sha256,
            received_at=evidence.received_at,
            working_copy=copy.outcome if copy else None,
            signatures=signatures,
            check=told_of(check, self.keys),
        )


class PaperCopyService:
    """These files themselves: the working copies, and the originals with a reason."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        keys: Keyring,
        objects: ObjectStore,
    ) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.custody = CustodyService(session, actor, now, keys, objects)

    async def open(self, declaration_id: UUID, evidence_id: UUID) -> Download:
        declaration = await self.declarations.get(declaration_id)
        return await self.custody.open_copy(declaration, evidence_id)

    async def open_original(
        self, declaration_id: UUID, evidence_id: UUID, form: OpeningIn
    ) -> Download:
        declaration = await self.declarations.get(declaration_id)
        return await self.custody.open(declaration, evidence_id, form)
