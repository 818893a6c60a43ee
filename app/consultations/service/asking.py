import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.consultations.files.sealing import SealedQuestion, seal_question
from app.consultations.models.questions import Consultation
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.rules.questions import NEXT_STEPS, ConsultationState
from app.consultations.schemas.asking import (
    AnsweringOfficeOut,
    ConsultationIn,
    QuestionFiledOut,
    QuestionPromiseOut,
)
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, DomainError, Fault, Invalid
from app.core.forms import TextOut
from app.core.once import Done
from app.core.texts import Text
from app.offices.repository import Handling, OfficeRepository
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService

_UNKNOWN_REGION: Final = Fault(
    "/region_code",
    "unknown-region",
    Text("Kode wilayah ini tidak ada.", "There is no region with this code."),
)


class AskingService:
    """How a question is asked by somebody known by nothing but a receipt."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.consultations = ConsultationRepository(session, actor)
        self.offices = OfficeRepository(session)
        self.receipts = ReceiptService(session, keys, now)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def ask(self, consultation_id: UUID, form: ConsultationIn) -> Done[QuestionFiledOut]:
        """Ask it exactly once; whoever repeats it gets the first answer, receipt and all."""
        secret = bytes.fromhex(form.receipt_secret or secrets.token_hex(16))
        handling = await self.offices.handling(form.region_code)
        if handling is None:
            return await self._repeat(consultation_id, form, secret, Invalid(_UNKNOWN_REGION))
        consultation = self._consultation(consultation_id, form, handling)
        holder = AnsweringOfficeOut(id=handling.office_id, name=handling.office_name)
        promise = promise_of(consultation, holder)
        written = self.receipts.write(
            ReceiptKind.CONSULTATION,
            consultation,
            secret,
            form.canonical(),
            promise.model_dump(mode="json"),
        )
        asked = SealedQuestion(question=form.question, name=form.name)
        question = seal_question(asked, consultation_id, self.keys)
        if not await self.consultations.add(written.receipt, consultation, question):
            return await self._repeat(consultation_id, form, secret, ConflictingBody())
        await self.journal.record("consultation.filed", consultation, asker=consultation.asker)
        return Done(QuestionFiledOut(receipt_code=written.code, **dict(promise)), first=True)

    def _consultation(self, id: UUID, form: ConsultationIn, handling: Handling) -> Consultation:
        return Consultation(
            id=id,
            region_id=handling.region_id,
            region_code=form.region_code,
            office_id=handling.office_id,
            asker=form.asker,
            state=ConsultationState.SUBMITTED,
            asked_at=self.now,
        )

    async def _repeat(
        self, id: UUID, form: ConsultationIn, secret: bytes, otherwise: DomainError
    ) -> Done[QuestionFiledOut]:
        """Give the first answer again, also where today's reference data would refuse it."""
        try:
            code, answer = await self.receipts.replay(
                ReceiptKind.CONSULTATION, id, secret, form.canonical()
            )
        except ConflictingBody:
            raise otherwise from None
        return Done(QuestionFiledOut(receipt_code=code, **answer), first=False)


def promise_of(consultation: Consultation, holder: AnsweringOfficeOut) -> QuestionPromiseOut:
    return QuestionPromiseOut(
        id=consultation.id,
        state=consultation.own_state,
        asked_at=consultation.asked_at,
        holder=holder,
        next_step=TextOut.model_validate(NEXT_STEPS[consultation.own_state]),
    )
