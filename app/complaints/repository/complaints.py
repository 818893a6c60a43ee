from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import (
    Complaint,
    ComplaintContent,
    ComplaintPerson,
    LegacyCase,
    StatusLine,
)
from app.complaints.repository.matters import MatterRepository
from app.core.actors import Actor
from app.core.database import Base
from app.core.errors import NotFound
from app.core.once import insert_once
from app.core.visibility import visible_to
from app.offices.models import Office
from app.receipts.models import Receipt


class ComplaintRepository:
    """The complaints that one actor can see; no query here can see beyond them."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.matters = MatterRepository(session)
        self.actor = actor

    async def add(self, receipt: Receipt, *parts: Base) -> bool:
        """Add a complaint with its parts; False where its id has a receipt, of whatever kind."""
        return await insert_once(self.session, receipt, *parts)

    def add_line(self, line: StatusLine) -> None:
        self.session.add(line)

    async def get(self, complaint_id: UUID, *, lock: bool = False) -> Complaint:
        """With `lock` as it is now, held until the end of the unit of work, its matter first."""
        query = self._visible().where(Complaint.id == complaint_id)
        if lock:
            # Most have no matter yet: then there is nothing to be held before them.
            alone = query.where(Complaint.matter_id.is_(None)).with_for_update()
            return await self._now(alone) or (await self.held(complaint_id))[0]
        return _found(await self.session.scalar(query))

    async def held(self, *ids: UUID) -> list[Complaint]:
        """Several as they are now, held until the end of the unit of work, their matters first."""
        # Who does not see them makes nobody wait for them.
        for each in ids:
            await self.get(each)
        await self.matters.hold(ids)
        return [await self._again(each) for each in ids]

    async def content_of(self, complaint: Complaint) -> bytes:
        query = select(ComplaintContent.sealed).where(ComplaintContent.id == complaint.id)
        return (await self.session.scalars(query)).one()

    async def persons_in(self, complaint: Complaint) -> Sequence[ComplaintPerson]:
        query = select(ComplaintPerson).where(ComplaintPerson.complaint_id == complaint.id)
        ordered = query.order_by(ComplaintPerson.part, ComplaintPerson.position)
        return (await self.session.scalars(ordered)).all()

    async def legacy_number_of(self, complaint: Complaint) -> str | None:
        query = select(LegacyCase.number).where(LegacyCase.id == complaint.id)
        return await self.session.scalar(query)

    async def status_lines(self, complaint: Complaint) -> Sequence[StatusLine]:
        query = select(StatusLine).where(StatusLine.complaint_id == complaint.id)
        return (await self.session.scalars(query.order_by(StatusLine.at, StatusLine.id))).all()

    async def office_names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        query = select(Office.id, Office.name).where(Office.id.in_(ids))
        return dict((await self.session.execute(query)).all())

    async def count_unread(self, complaint_id: UUID, change: int) -> None:
        """Add to it where it stands: no message that comes at the same instant is lost."""
        mine = Complaint.id == complaint_id
        changed = update(Complaint).where(mine, self._is_visible())
        count = Complaint.unread_messages + change
        await self.session.execute(
            changed.values(unread_messages=count).execution_options(synchronize_session=False)
        )

    async def _again(self, complaint_id: UUID) -> Complaint:
        return _found(await self._now(self._visible().where(Complaint.id == complaint_id)))

    async def _now(self, query: Select[Complaint]) -> Complaint | None:
        return await self.session.scalar(query.execution_options(populate_existing=True))

    def _visible(self) -> Select[Complaint]:
        return select(Complaint).where(self._is_visible())

    def _is_visible(self) -> ColumnElement[bool]:
        return visible_to(self.actor, Complaint.id, Complaint.region_code)


def _found(complaint: Complaint | None) -> Complaint:
    if complaint is None:
        raise NotFound
    return complaint
