from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.models.contact import WithdrawalReason
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.repository.supplements import SupplementRepository
from app.complaints.rules import contact as rules
from app.complaints.schemas.contact import WithdrawalIn
from app.complaints.schemas.filing import ReceiptOut
from app.complaints.service.receipt import FollowingService
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id


class WithdrawalService:
    """How a reporter takes a complaint back."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.supplements = SupplementRepository(session)
        self.following = FollowingService(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def withdraw(self, form: WithdrawalIn) -> ReceiptOut:
        complaint = await self.complaints.get(self.actor.subject, lock=True)
        rules.check_withdrawable(complaint.kind)
        complaint.withdrawn_at = rules.withdraw(complaint.withdrawn_at, self.now)
        if form.reason is not None:
            id = new_id()
            sealed = self.keys.seal(form.reason.encode(), id)
            reason = WithdrawalReason(id=id, complaint_id=complaint.id, sealed=sealed)
            self.supplements.add_reason(reason)
        await self.journal.record("complaint.withdrawn", complaint)
        return await self.following.follow(complaint.id)
