from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.correspondence.files.letters import compose
from app.correspondence.files.sealing import open_email
from app.correspondence.models import Notice
from app.correspondence.repository.notices import DueNoticeRepository, NoticeRepository
from app.correspondence.repository.subjects import Subject
from app.correspondence.rules import notices as rules
from app.correspondence.rules.notices import NoticeState, Outcome
from app.correspondence.service.notices import Zones
from app.correspondence.service.outbox import InHand


class SendingService:
    """Takes the notices that are due one by one, and writes down what became of each."""

    def __init__(self, session: AsyncSession, now: datetime, keys: Keyring, sender: str) -> None:
        self.session = session
        self.notices = DueNoticeRepository(session)
        self.zones = Zones(session)
        self.journal = Journal(session, SYSTEM, now)
        self.keys = keys
        self.sender = sender
        self.now = now

    async def take(self) -> InHand | None:
        """Take the next that may go out at this moment, for as long as the lease lasts."""
        while (notice := await self.notices.next_due(self.now)) is not None:
            # It may have become due while nobody worked, and now be night.
            notice.due_at = rules.due_at(self.now, await self.zones.of(notice.region_code))
            if notice.due_at > self.now:
                continue
            about = NoticeRepository(self.session, notice.kind)
            contact = await about.contact(notice.subject_id)
            if contact is None:
                await about.drop(notice.subject_id)
                continue
            notice.tries += 1
            notice.due_at = self.now + rules.LEASE
            email = open_email(contact, self.keys)
            return InHand(notice.id, compose(email, contact.language, self.sender, self.now))
        return None

    async def settle(self, letter_id: UUID, outcome: Outcome) -> None:
        """Write down what became of it, unless the reporter has read meanwhile."""
        notice = await self.notices.get(letter_id)
        if notice is None or notice.state is not NoticeState.PENDING:
            return
        zone = await self.zones.of(notice.region_code)
        settled = rules.settle(outcome, notice.tries, self.now, zone)
        if isinstance(settled, rules.Again):
            notice.due_at, notice.tries = settled.due_at, settled.tries
        else:
            await self._end(notice, settled)

    async def _end(self, notice: Notice, state: NoticeState) -> None:
        notice.state = state
        subject = Subject(notice.subject_id, notice.region_id, notice.region_code)
        await self.journal.record(f"notice.{state}", subject)
