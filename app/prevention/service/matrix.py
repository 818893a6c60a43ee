from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found
from app.prevention.repository.matrix import MatrixRepository, OfficeFigures, RegionFigures
from app.prevention.repository.owed import Debt, OwedRepository
from app.prevention.repository.sources import Measures, Scope
from app.prevention.rules.matrix import Owed, asked, share, where_to
from app.prevention.schemas.matrix import (
    CircularFigures,
    FollowUpFigures,
    MatrixFilter,
    MeetingFigures,
    OfficeFiguresRow,
    OwedFilter,
    OwedRow,
    PreventionFiguresOut,
    RegionFiguresRow,
    RegionMatrixFilter,
    RosterFigures,
)


class MatrixService:
    """What the offices that somebody oversees have done for prevention, and still owe."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, _: Keyring) -> None:
        self.matrix = MatrixRepository(session)
        self.debts = OwedRepository(session)
        self.actor = actor
        self.now = now

    async def offices(self, wanted: MatrixFilter) -> Found[OfficeFiguresRow]:
        scope = await self._scope(wanted.region, wanted.office_id)
        if scope is None:
            return Found([])
        found = await self.matrix.offices(scope, wanted)
        return Found([_office(each) for each in found.items], found.next_cursor, found.total)

    async def regions(self, wanted: RegionMatrixFilter) -> Found[RegionFiguresRow]:
        scope = await self._scope(wanted.region, None)
        if scope is None:
            return Found([])
        found = await self.matrix.regions(scope, wanted)
        return Found([_region(each) for each in found.items], found.next_cursor, found.total)

    async def owed(self, wanted: OwedFilter) -> Found[OwedRow]:
        scope = await self._scope(wanted.region, wanted.office_id)
        if scope is None:
            return Found([])
        found = await self.debts.find(scope, wanted)
        return Found([_debt(each) for each in found.items], found.next_cursor, found.total)

    async def _scope(self, region: str | None, office_id: UUID | None) -> Scope | None:
        """None where the office that is asked for does not exist."""
        office = await self.matrix.office(office_id)
        if office_id is not None and office is None:
            return None
        own = await self.matrix.office(self.actor.office_id)
        return Scope(self.actor, own, region, office, self.now)


def _office(row: OfficeFigures) -> OfficeFiguresRow:
    return OfficeFiguresRow(
        office_id=UUID(row.office_id) if row.office_id else None,
        parent_id=row.parent_id,
        office_name=row.office_name,
        region_code=row.region_code,
        **dict(_figures(row.measures)),
    )


def _region(row: RegionFigures) -> RegionFiguresRow:
    return RegionFiguresRow(
        region_code=row.region_code,
        offices=row.offices,
        owing=row.owing,
        **dict(_figures(row.measures)),
    )


def _figures(told: Measures) -> PreventionFiguresOut:
    seen = told.present + told.represented + told.excused
    return PreventionFiguresOut(
        circulars=CircularFigures(
            addressed=told.addressed,
            acknowledged=told.acknowledged,
            overdue=told.circulars_overdue,
        ),
        roster=RosterFigures(
            targets=told.targets, signed=told.signed, share=share(told.signed, told.targets)
        ),
        meetings=MeetingFigures(
            invited=told.invited,
            present=told.present,
            represented=told.represented,
            excused=told.excused,
            absent=told.invited - seen,
        ),
        follow_ups=FollowUpFigures(
            owed=told.planned, done=told.done, overdue=told.follow_ups_overdue
        ),
        consultations=asked(told.asked, told.withheld),
    )


def _debt(row: Debt) -> OwedRow:
    owed = Owed(row.owed)
    return OwedRow(
        owed=owed,
        office_id=UUID(row.office_id) if row.office_id else None,
        office_name=row.office_name,
        region_code=row.region_code,
        thing_id=row.thing_id,
        item_id=row.item_id,
        title=row.title,
        number=row.number,
        due_on=row.day,
        is_overdue=row.is_overdue,
        where=where_to(owed, row.thing_id, row.via_id),
    )
