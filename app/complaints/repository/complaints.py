from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.rules import midnight
from app.complaints.models import Complaint, ComplaintContent, ComplaintPerson, StatusLine
from app.complaints.schemas.desk import ComplaintFilter
from app.core.actors import Actor
from app.core.database import Base
from app.core.errors import NotFound
from app.core.once import insert_once
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.core.visibility import visible_to
from app.offices.models import Office

_WIB: Final = ZoneInfo("Asia/Jakarta")


class ComplaintRepository:
    """The complaints that one actor can see; no query here can see beyond them."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def add(self, complaint: Complaint, *parts: Base) -> bool:
        """Add it with its parts and its receipt; False where the id was filed before."""
        return await insert_once(self.session, complaint, *parts)

    def add_line(self, line: StatusLine) -> None:
        self.session.add(line)

    async def get(self, complaint_id: UUID, *, lock: bool = False) -> Complaint:
        query = self._visible().where(Complaint.id == complaint_id)
        complaint = await self.session.scalar(query.with_for_update() if lock else query)
        if complaint is None:
            raise NotFound
        return complaint

    async def content_of(self, complaint: Complaint) -> bytes:
        query = select(ComplaintContent.sealed).where(ComplaintContent.id == complaint.id)
        return (await self.session.scalars(query)).one()

    async def persons_in(self, complaint: Complaint) -> Sequence[ComplaintPerson]:
        query = select(ComplaintPerson).where(ComplaintPerson.complaint_id == complaint.id)
        ordered = query.order_by(ComplaintPerson.part, ComplaintPerson.position)
        return (await self.session.scalars(ordered)).all()

    async def status_lines(self, complaint: Complaint) -> Sequence[StatusLine]:
        query = select(StatusLine).where(StatusLine.complaint_id == complaint.id)
        return (await self.session.scalars(query.order_by(StatusLine.at, StatusLine.id))).all()

    async def office_names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        query = select(Office.id, Office.name).where(Office.id.in_(ids))
        return dict((await self.session.execute(query)).all())

    async def find(self, wanted: ComplaintFilter) -> Found[Complaint]:
        query = self._visible()
        for column, value in (
            (Complaint.status, wanted.status),
            (Complaint.kind, wanted.kind),
            (Complaint.channel, wanted.channel),
            (Complaint.filed_late, wanted.filed_late),
        ):
            query = query if value is None else query.where(column == value)
        if wanted.region is not None:
            query = query.where(Complaint.region_code.startswith(area_of(wanted.region)))
        query = _in_period(query, wanted)
        by = (Complaint.submitted_at, Complaint.id)
        return await newest_first(self.session, query, by, wanted)

    def _visible(self) -> Select[Complaint]:
        return select(Complaint).where(visible_to(self.actor, Complaint.id, Complaint.region_code))


def _in_period(query: Select[Complaint], wanted: ComplaintFilter) -> Select[Complaint]:
    if wanted.since is not None:
        query = query.where(Complaint.submitted_at >= midnight(wanted.since, _WIB))
    if wanted.until is not None and wanted.until < date.max:
        query = query.where(
            Complaint.submitted_at < midnight(wanted.until + timedelta(days=1), _WIB)
        )
    return query
