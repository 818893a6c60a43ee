from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.once import insert_once
from app.core.paging import Found, Slice, newest_first
from app.core.places import Placed
from app.correspondence.models import Message
from app.correspondence.rules.messages import Side
from app.offices.models import Office
from app.receipts.rules import ReceiptKind


class MessageRepository:
    """The messages about subjects of one kind, which whoever asks has been shown to see."""

    def __init__(self, session: AsyncSession, kind: ReceiptKind) -> None:
        self.session = session
        self.kind = kind

    async def add(self, message: Message) -> bool:
        """Add it under its id; False where the id is taken."""
        return await insert_once(self.session, message)

    async def get(self, subject: Placed, message_id: UUID) -> Message | None:
        return await self.session.scalar(
            select(Message).where(self._about(subject.id), Message.id == message_id)
        )

    async def find(self, subject: Placed, wanted: Slice) -> Found[Message]:
        by = (Message.sent_at, Message.id)
        return await newest_first(
            self.session, select(Message).where(self._about(subject.id)), by, wanted
        )

    async def sent_since(self, subject: Placed, side: Side, since: datetime) -> Sequence[datetime]:
        query = select(Message.sent_at).where(
            self._about(subject.id), Message.side == side, Message.sent_at > since
        )
        return (await self.session.scalars(query)).all()

    async def mark_read(self, subject: Placed, side: Side, last: Message, now: datetime) -> int:
        """Mark what this side wrote up to this message; return how many were unread.

        Each row is turned once, whoever else marks at the same instant: the numbers add up.
        """
        done = await self.session.scalars(
            update(Message)
            .where(
                self._about(subject.id),
                Message.side == side,
                Message.read_at.is_(None),
                tuple_(Message.sent_at, Message.id) <= (last.sent_at, last.id),
            )
            .values(read_at=now)
            .returning(Message.id)
            .execution_options(synchronize_session=False)
        )
        return len(done.all())

    async def unread(self, subject_id: UUID, side: Side) -> int:
        query = select(func.count()).where(
            self._about(subject_id), Message.side == side, Message.read_at.is_(None)
        )
        return await self.session.scalar(query) or 0

    async def office_names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        query = select(Office.id, Office.name).where(Office.id.in_(ids))
        return dict((await self.session.execute(query)).all())

    def _about(self, subject_id: UUID) -> ColumnElement[bool]:
        return and_(Message.subject_id == subject_id, Message.kind == self.kind)
