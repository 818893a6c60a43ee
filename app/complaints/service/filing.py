import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.files import sealing
from app.complaints.models.search import ComplaintToIndex
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.schemas.filing import (
    ComplaintIn,
    FiledOut,
    OfficeOut,
)
from app.complaints.service.assessing import Assessor
from app.complaints.service.status import promise_of
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, DomainError, Invalid
from app.core.once import Done
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService


class FilingService:
    """What a reporter can do, known by nothing but a receipt."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.assessor = Assessor(session, now)
        self.receipts = ReceiptService(session, keys, now)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def file(self, complaint_id: UUID, form: ComplaintIn) -> Done[FiledOut]:
        """File it exactly once; whoever repeats it gets the first answer, receipt and all."""
        secret = bytes.fromhex(form.receipt_secret or secrets.token_hex(16))
        try:
            handling = await self.assessor.handling(form)
            assessed = await self.assessor.assess(complaint_id, form, self.now, handling)
        except Invalid as refusal:
            return await self._repeat(complaint_id, form, secret, refusal)
        complaint = assessed.complaint
        promise = promise_of(complaint, OfficeOut(id=handling.office_id, name=handling.office_name))
        answer = promise.model_dump(mode="json")
        written = self.receipts.write(
            ReceiptKind.COMPLAINT, complaint, secret, form.canonical(), answer
        )
        parts = sealing.seal(form, complaint_id, self.keys)
        to_index = ComplaintToIndex(complaint_id=complaint_id)
        rows = (complaint, *parts, to_index, *assessed.clock)
        if not await self.complaints.add(written.receipt, *rows):
            return await self._repeat(complaint_id, form, secret, ConflictingBody())
        await self.journal.record(
            "complaint.filed", complaint, kind=complaint.kind, channel=complaint.channel
        )
        return Done(FiledOut(receipt_code=written.code, **dict(promise)), first=True)

    async def _repeat(
        self, id: UUID, form: ComplaintIn, secret: bytes, otherwise: DomainError
    ) -> Done[FiledOut]:
        """Give the first answer again, also where today's reference data would refuse it."""
        try:
            code, answer = await self.receipts.replay(
                ReceiptKind.COMPLAINT, id, secret, form.canonical()
            )
        except ConflictingBody:
            raise otherwise from None
        return Done(FiledOut(receipt_code=code, **answer), first=False)
