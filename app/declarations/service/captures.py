from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.places import Subject
from app.declarations.files import open_strokes
from app.declarations.models.room import SignatureCapture, SignatureMark
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.room import CaptureRepository
from app.declarations.rules.strokes import svg_path
from app.declarations.schemas.captures import CaptureOut, DrawingOut, PaperOut
from app.evidence.files.metadata import open_metadata
from app.evidence.repository.evidence import EvidenceRepository


class CaptureService:
    """Where a signature came from, for the organiser; reading it is an act of its own."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.captures = CaptureRepository(session)
        self.evidence = EvidenceRepository(session, actor)
        self.journal = Journal(session, actor, now)
        self.keys = keys

    async def read(self, declaration_id: UUID, signature_id: UUID) -> CaptureOut:
        declaration = await self.declarations.get(declaration_id)
        signature, capture, mark = await self.captures.of(declaration.id, signature_id)
        where = Subject(signature.id, signature.region_id, signature.region_code)
        await self.journal.record("signature.capture_read", where, drawn=mark is not None)
        return CaptureOut(
            signature_id=signature.id,
            method=signature.method,
            captured_at=signature.captured_at,
            recorded_at=signature.recorded_at,
            device_id=capture.device_id if capture else None,
            sequence=capture.sequence if capture else None,
            drawing=drawing_of(mark, self.keys),
            paper=await self._paper(capture),
        )

    async def _paper(self, capture: SignatureCapture | None) -> PaperOut | None:
        if capture is None or capture.evidence_id is None or capture.page is None:
            return None
        evidence = await self.evidence.get(capture.evidence_id)
        said = open_metadata(evidence.sealed, evidence.id, self.keys)
        return PaperOut(
            evidence_id=evidence.id,
            page=capture.page,
            signature=capture.document_signature,
            sha256=said.sha256,
        )


def drawing_of(mark: SignatureMark | None, keys: Keyring) -> DrawingOut | None:
    """What was drawn as a signature, where anything was; also for its certificate."""
    if mark is None:
        return None
    strokes = open_strokes(mark.sealed, mark.id, keys)
    return DrawingOut(strokes=[list(stroke) for stroke in strokes], svg_path=svg_path(strokes))
