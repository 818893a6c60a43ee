from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.core.places import Placed
from app.correspondence.files.sealing import seal_text
from app.correspondence.repository.messages import MessageRepository
from app.correspondence.repository.subjects import SubjectRepository
from app.correspondence.rules.messages import Side
from app.correspondence.schemas.messages import DeskMessageOut, MessageIn, UnreadOut
from app.correspondence.service.conversation import show, write
from app.correspondence.service.notices import NoticeService
from app.correspondence.service.reporter import UNKNOWN_MESSAGE
from app.receipts.rules import ReceiptKind


class DeskService:
    """What an officer can write to a reporter, and read: always in the name of the office."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        keys: Keyring,
        kind: ReceiptKind = ReceiptKind.COMPLAINT,
    ) -> None:
        self.subjects = SubjectRepository(session, actor, kind)
        self.messages = MessageRepository(session, kind)
        self.notices = NoticeService(session, now, kind)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.kind = kind
        self.keys = keys
        self.now = now

    async def write(self, subject_id: UUID, form: MessageIn) -> DeskMessageOut:
        return await self.write_about(await self.subjects.get(subject_id), form)

    async def write_about(self, subject: Placed, form: MessageIn) -> DeskMessageOut:
        """Write about what the floor above has shown to be this office's to write about."""
        id = new_id()
        sealed = seal_text(form.text, id, self.keys)
        message = write(subject, self.kind, id, sealed, self.now)
        message.side = Side.OFFICE
        message.office_id = self.actor.office_id
        message.officer_id = self.actor.id
        await self.messages.add(message)
        await self.journal.record("message.sent_by_office", subject)
        await self.notices.queue(subject)
        [shown] = await show([message], self.messages, self.keys)
        return DeskMessageOut(**dict(shown), officer_id=message.officer_id)

    async def find(self, subject_id: UUID, wanted: Slice) -> Found[DeskMessageOut]:
        """Read them without marking any; that they were opened is an act in the journal."""
        subject = await self.subjects.get(subject_id)
        found = await self.messages.find(subject, wanted)
        shown = await show(found.items, self.messages, self.keys)
        items = [
            DeskMessageOut(**dict(each), officer_id=message.officer_id)
            for each, message in zip(shown, found.items, strict=True)
        ]
        await self.journal.record("message.opened", subject)
        return Found(items, found.next_cursor, found.total)

    async def mark_read(self, subject_id: UUID, up_to: UUID) -> UnreadOut:
        """Mark what an officer of the office has read, for everybody at the desk."""
        subject = await self.subjects.get(subject_id)
        last = await self.messages.get(subject, up_to)
        if last is None:
            raise Invalid(UNKNOWN_MESSAGE)
        count = await self.messages.mark_read(subject, Side.REPORTER, last, self.now)
        if count:
            await self.journal.record("message.read_by_office", subject, count=count)
        left = await self.messages.unread(subject.id, Side.REPORTER)
        return UnreadOut(unread_messages=left)
