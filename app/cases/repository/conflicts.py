from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Officer
from app.cases.models.cases import Case, CasePerson
from app.cases.models.conflicts import BreakGlass, Conflict
from app.cases.rules.transfers import above_of
from app.core.actors import PERMISSIONS, Permission, Role
from app.core.errors import NotFound
from app.core.models import Wall
from app.core.paging import Found, Slice, newest_first
from app.offices.models import Office
from app.offices.rules import OfficeKind

_ABLE: Final = [role for role, may in PERMISSIONS.items() if Permission.HANDLE_CASES in may]
_MEMBERS: Final = [role for role, may in PERMISSIONS.items() if Permission.DECIDE_CASES in may]


class ConflictRepository:
    """Who is too near to a case that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, conflict: Conflict) -> None:
        self.session.add(conflict)

    async def officer(self, officer_id: UUID) -> Officer | None:
        return await self.session.get(Officer, officer_id)

    async def get(self, case: Case, conflict_id: UUID) -> Conflict:
        query = select(Conflict).where(Conflict.case_id == case.id, Conflict.id == conflict_id)
        conflict = await self.session.scalar(query)
        if conflict is None:
            raise NotFound
        return conflict

    async def find(self, case: Case, wanted: Slice) -> Found[Conflict]:
        query = select(Conflict).where(Conflict.case_id == case.id)
        return await newest_first(self.session, query, (Conflict.declared_at, Conflict.id), wanted)

    async def of_officer(self, case: Case, officer_id: UUID) -> Conflict | None:
        """The conflict of this very officer that stands."""
        query = select(Conflict).where(Conflict.case_id == case.id, Conflict.ended_at.is_(None))
        return await self.session.scalar(query.where(Conflict.officer_id == officer_id))

    async def persons_of(self, case: Case, conflict: Conflict) -> list[str]:
        """The ids of the reported persons who work for the office of a conflict, if it has one."""
        query = select(CasePerson.id).where(
            CasePerson.case_id == case.id,
            CasePerson.removed_at.is_(None),
            CasePerson.office_id.is_not(None),
            CasePerson.office_id == conflict.office_id,
        )
        return [str(each) for each in await self.session.scalars(query)]

    async def stands_before(
        self, case: Case, officer_id: UUID | None, office_id: UUID | None
    ) -> bool:
        """Whether a wall stands before the officer or everybody of the office, lifted or not."""
        query = select(Conflict.id).where(
            Conflict.case_id == case.id,
            Conflict.ended_at.is_(None),
            or_(Conflict.officer_id == officer_id, Conflict.office_id == office_id),
        )
        return await self.session.scalar(query.limit(1)) is not None

    async def officers_left(self, case: Case) -> int:
        """How many officers of the holder can act on the case."""
        return await self._free(case, _ABLE, Officer.office_id == case.office_id)

    async def members_left(self, case: Case) -> int:
        """How many members of the holder, and of the offices above it, no wall stands before."""
        holder = await self.session.get_one(Office, case.office_id)
        above = select(Office.id).where(
            Office.kind == OfficeKind.BAWASLU, Office.region_code.in_(above_of(holder.region_code))
        )
        answering = or_(Officer.office_id == case.office_id, Officer.office_id.in_(above))
        return await self._free(case, _MEMBERS, answering)

    async def _free(self, case: Case, roles: Sequence[Role], where: ColumnElement[bool]) -> int:
        walled = select(Wall.id).where(
            Wall.subject_id == case.id,
            or_(Wall.officer_id == Officer.id, Wall.office_id == Officer.office_id),
        )
        query = select(func.count()).where(
            where, Officer.role.in_(roles), Officer.active, ~walled.exists()
        )
        return await self.session.scalar(query) or 0


class BreakGlassRepository:
    """The requests to lift a wall before a case that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, request: BreakGlass) -> None:
        self.session.add(request)

    async def get(self, case: Case, request_id: UUID) -> BreakGlass:
        query = select(BreakGlass).where(BreakGlass.case_id == case.id, BreakGlass.id == request_id)
        request = await self.session.scalar(query)
        if request is None:
            raise NotFound
        return request

    async def find(self, case: Case, wanted: Slice) -> Found[BreakGlass]:
        query = select(BreakGlass).where(BreakGlass.case_id == case.id)
        return await newest_first(self.session, query, (BreakGlass.asked_at, BreakGlass.id), wanted)

    async def last_for(self, case: Case, officer_id: UUID) -> BreakGlass | None:
        query = select(BreakGlass).where(
            BreakGlass.case_id == case.id, BreakGlass.officer_id == officer_id
        )
        newest = query.order_by(BreakGlass.asked_at.desc(), BreakGlass.id.desc())
        return await self.session.scalar(newest.limit(1))
