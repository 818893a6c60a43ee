from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import Placed
from app.correspondence.models import Contact, Notice
from app.correspondence.rules.notices import NoticeState
from app.receipts.rules import ReceiptKind


class NoticeRepository:
    """The addresses that were left about subjects of one kind, and the one notice to each."""

    def __init__(self, session: AsyncSession, kind: ReceiptKind) -> None:
        self.session = session
        self.kind = kind

    async def contact(self, subject_id: UUID, *, lock: bool = False) -> Contact | None:
        query = select(Contact).where(self._left_for(subject_id))
        return await self.session.scalar(query.with_for_update() if lock else query)

    async def replace_contact(self, subject: Placed, contact: Contact | None) -> None:
        await self.session.execute(delete(Contact).where(self._left_for(subject.id)))
        if contact is not None:
            self.session.add(contact)

    async def add(self, notice: Notice) -> None:
        """Queue it, unless one is there already that the reporter has not read."""
        values = {column.key: getattr(notice, column.key) for column in Notice.__table__.columns}
        await self.session.execute(insert(Notice).values(values).on_conflict_do_nothing())

    async def of(self, subject_id: UUID) -> Notice | None:
        return await self.session.scalar(select(Notice).where(self._about(subject_id)))

    async def drop(self, subject_id: UUID) -> bool:
        """Take it away; True where there was one."""
        gone = delete(Notice).where(self._about(subject_id)).returning(Notice.id)
        return await self.session.scalar(gone) is not None

    def _left_for(self, subject_id: UUID) -> ColumnElement[bool]:
        return and_(Contact.subject_id == subject_id, Contact.kind == self.kind)

    def _about(self, subject_id: UUID) -> ColumnElement[bool]:
        return and_(Notice.subject_id == subject_id, Notice.kind == self.kind)


class DueNoticeRepository:
    """The notices that are due, whatever they are about."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def next_due(self, now: datetime) -> Notice | None:
        """A notice that may go out now, locked; what another worker holds is passed over."""
        query = select(Notice).where(Notice.state == NoticeState.PENDING, Notice.due_at <= now)
        first = query.order_by(Notice.due_at).limit(1).with_for_update(skip_locked=True)
        return await self.session.scalar(first)

    async def get(self, notice_id: UUID) -> Notice | None:
        query = select(Notice).where(Notice.id == notice_id)
        return await self.session.scalar(query.with_for_update())
