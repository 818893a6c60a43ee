from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, Fault, Invalid
from app.core.once import Done
from app.core.paging import Found, Slice
from app.core.texts import Text
from app.correspondence.files.sealing import open_text, seal_text
from app.correspondence.models import Message
from app.correspondence.repository.messages import MessageRepository
from app.correspondence.repository.subjects import SubjectRepository
from app.correspondence.rules import messages as rules
from app.correspondence.rules.messages import Side
from app.correspondence.schemas.messages import MessageIn, MessageOut, SentOut, UnreadOut
from app.correspondence.service.conversation import show, write
from app.correspondence.service.notices import NoticeService
from app.receipts.rules import ReceiptKind

UNKNOWN_MESSAGE: Final = Fault(
    "/up_to", "unknown-message", Text("Pesan ini tidak ada.", "There is no such message.")
)


class ReporterService:
    """What the holder of a receipt can say and read; nobody asks for a name."""

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

    async def put(self, message_id: UUID, form: MessageIn) -> Done[SentOut]:
        """Send it exactly once, however often the phone asks for it."""
        # Held, so that two phones with one receipt share one allowance.
        subject = await self.subjects.get(self.actor.subject, lock=True)
        before = await self.messages.get(subject, message_id)
        if before is not None:
            return self._repeat(before, form)
        since = self.now - rules.DAY
        rules.check_share(await self.messages.sent_since(subject, Side.REPORTER, since), self.now)
        sealed = seal_text(form.text, message_id, self.keys)
        message = write(subject, self.kind, message_id, sealed, self.now)
        if not await self.messages.add(message):
            raise ConflictingBody
        await self.journal.record("message.sent_by_reporter", subject)
        return Done(SentOut(id=message.id, sent_at=message.sent_at), first=True)

    async def find(self, wanted: Slice) -> Found[MessageOut]:
        subject = await self.subjects.get(self.actor.subject)
        found = await self.messages.find(subject, wanted)
        shown = await show(found.items, self.messages, self.keys)
        return Found(shown, found.next_cursor, found.total)

    async def see(self, up_to: UUID | None) -> UnreadOut:
        """Mark what was read, so that the next news is told again.

        It is not journalled: the desk reads the history, and when a reporter sits before a screen
        is not for anybody to know.
        """
        subject = await self.subjects.get(self.actor.subject)
        await self.notices.hold(subject)
        if up_to is not None:
            last = await self.messages.get(subject, up_to)
            if last is None:
                raise Invalid(UNKNOWN_MESSAGE)
            await self.messages.mark_read(subject, Side.OFFICE, last, self.now)
        left = await self.messages.unread(subject.id, Side.OFFICE)
        await self.notices.has_read(subject, is_all=left == 0)
        return UnreadOut(unread_messages=left)

    def _repeat(self, before: Message, form: MessageIn) -> Done[SentOut]:
        is_same = before.side is Side.REPORTER and open_text(before, self.keys) == form.text
        if not is_same:
            raise ConflictingBody
        return Done(SentOut(id=before.id, sent_at=before.sent_at), first=False)
