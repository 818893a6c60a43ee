from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.schemas.filing import FiledOut
from app.complaints.service.filing import FilingService
from app.consultations.service.turning import TurningService
from app.core.actors import PUBLIC, Actor
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid
from app.core.once import Done
from app.core.texts import Text
from app.prevention.schemas.turning import (
    ComplaintDraftOut,
    ComplaintOfQuestionIn,
    DraftedEventOut,
)
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService

_KNOWN_SECRET: Final = Fault(
    "/receipt_secret",
    "secret-of-the-question",
    Text(
        "Pakai rahasia baru: dengan rahasia pertanyaan, keduanya terlihat dari satu pengirim.",
        "Make a new secret: with that of the question, both would be seen to have one sender.",
    ),
)


class ComplaintOfQuestionService:
    """How the author of a question makes a complaint of it: both happen, or neither."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.questions = TurningService(session, actor, now, keys)
        # For nobody: the desk of complaints reads in the journal who filed.
        self.filing = FilingService(session, PUBLIC, now, keys)
        self.receipts = ReceiptService(session, keys, now)
        self.actor = actor

    async def read(self) -> ComplaintDraftOut:
        """Fill in what the question has; whether and what is filed is for its author to say."""
        own = await self.questions.read()
        return ComplaintDraftOut(
            event=DraftedEventOut(region_code=own.region_code, account=own.question),
            asked_at=own.asked_at,
            turned_into=own.turned_into,
        )

    async def turn(self, form: ComplaintOfQuestionIn) -> Done[FiledOut]:
        """File the complaint and end the question; a repeat gets the first answer again."""
        await self._check_secret(form)
        # First, because it holds the question: of two at once, the second finds it turned.
        await self.questions.turn(form.complaint_id)
        return await self.filing.file(form.complaint_id, form)

    async def _check_secret(self, form: ComplaintOfQuestionIn) -> None:
        secret = bytes.fromhex(form.receipt_secret)
        kind = ReceiptKind.CONSULTATION
        if await self.receipts.came_with(kind, self.actor.subject, secret):
            raise Invalid(_KNOWN_SECRET)
