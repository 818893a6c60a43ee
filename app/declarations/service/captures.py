from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.places import Subject
from app.declarations import files
from app.declarations.files import open_strokes
from app.declarations.models.declarations import Signature
from app.declarations.models.room import SignatureCapture, SignatureMark
from app.declarations.repository.declarations import DeclarationRepository, SignatureRepository
from app.declarations.repository.room import CaptureRepository
from app.declarations.rules.strokes import svg_path
from app.declarations.schemas.captures import (
    CaptureOut,
    DrawingOut,
    PaperCertificateOut,
    PaperOut,
)
from app.declarations.schemas.signatures import SignerOut
from app.evidence.files.metadata import open_metadata
from app.evidence.repository.checks import CheckRepository
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.service.checks import told_of


class CaptureService:
    """Where a signature came from, for the organiser; reading it is an act of its own."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.captures = CaptureRepository(session)
        self.signatures = SignatureRepository(session)
        self.evidence = EvidenceRepository(session, actor)
        self.checks = CheckRepository(session)
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
            paper=await self._paper(signature, capture),
        )

    async def _paper(
        self, signature: Signature, capture: SignatureCapture | None
    ) -> PaperOut | None:
        if capture is None or capture.evidence_id is None or capture.page is None:
            return None
        evidence = await self.evidence.get(capture.evidence_id)
        said = open_metadata(evidence.sealed, evidence.id, self.keys)
        return PaperOut(
            evidence_id=evidence.id,
            page=capture.page,
            signature=capture.document_signature,
            sha256=said.sha256,
            certificate=await self._certificate(signature, evidence.id, capture.document_signature),
        )

    async def _certificate(
        self, signature: Signature, evidence_id: UUID, number: int | None
    ) -> PaperCertificateOut | None:
        checks = await self.checks.of_each([evidence_id])
        told = told_of(checks.get(evidence_id), self.keys)
        if number is None or told is None:
            return None
        found = told.signatures[number - 1]
        return PaperCertificateOut(
            subject=found.subject,
            issuer=found.issuer,
            trusted=found.trusted,
            signer=await self._signer(signature),
        )

    async def _signer(self, signature: Signature) -> SignerOut | None:
        sealed = (await self.signatures.sealed_signers([signature])).get(signature.id)
        return None if sealed is None else files.open_signer(sealed, signature.id, self.keys)


def drawing_of(mark: SignatureMark | None, keys: Keyring) -> DrawingOut | None:
    """What was drawn as a signature, where anything was; also for its certificate."""
    if mark is None:
        return None
    strokes = open_strokes(mark.sealed, mark.id, keys)
    return DrawingOut(strokes=[list(stroke) for stroke in strokes], svg_path=svg_path(strokes))
