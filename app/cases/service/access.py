from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.cases.models.cases import Case
from app.cases.models.conflicts import CaseBelonging, Conflict
from app.cases.repository.access import AccessRepository
from app.cases.rules.conflicts import ConflictOrigin
from app.core.actors import Actor
from app.core.models import Grant, Wall
from app.core.places import area_of, lies_in


class _Side(NamedTuple):
    """Before whom a wall stands: an officer, or everybody of an office."""

    officer_id: UUID | None
    office_id: UUID | None


def _side(of: Wall | Conflict) -> _Side:
    return _Side(of.officer_id, of.office_id)


class CaseAccess:
    """Who sees a case, and who must not: the same for its reports, its offers, and what the
    floors above made of it.

    The caller holds the lock of the case.
    """

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.access = AccessRepository(session)
        self.now = now

    async def attach(self, case: Case, subject_id: UUID) -> None:
        """Something of a floor above, known by its id, belongs to the case from now on."""
        self.access.add(CaseBelonging(id=subject_id, case_id=case.id))
        await self.settle(case)

    async def settle(self, case: Case) -> None:
        """Whoever sees the case sees all of it, and who is walled off nothing; call it whenever
        something was added."""
        await self._bring_along(case)
        await self.wall_everything(case)
        await self._grant_everything(case)

    async def wall_office(self, case: Case, office_id: UUID) -> None:
        """A reported person works there: the case does not exist for anybody of that office, be
        it an officer or another system."""
        await self._add_conflicts(
            case,
            Conflict(
                case_id=case.id,
                origin=ConflictOrigin.SAME_OFFICE,
                declared_at=self.now,
                declared_by=None,
                office_id=office_id,
            ),
        )
        await self.wall_everything(case)

    async def unwall_office(self, case: Case, office_id: UUID) -> None:
        """Nobody named in the case works there any more."""
        for each in await self.access.standing(case):
            if each.office_id == office_id:
                each.ended_at = self.now
                await self.take_down(case, each)

    async def wall_everything(self, case: Case) -> None:
        """Put up what is missing before each part of the case."""
        subjects = await self.access.subjects(case)
        up = {(each.subject_id, _side(each)): each for each in await self.access.walls(subjects)}
        lifted = await self.access.lifted(case, self.now)
        for side in await self._sides(case, lifted):
            until = lifted.get(side.officer_id) if side.officer_id else None
            for subject_id in subjects:
                wall = up.get((subject_id, side)) or self._put_up(subject_id, side)
                wall.lifted_until = until or wall.lifted_until

    async def take_down(self, case: Case, ended: Conflict) -> None:
        """Remove the walls for which there is no reason left once a conflict has ended."""
        walls = await self.access.walls(await self.access.subjects(case))
        sides = await self._sides(case, await self.access.lifted(case, self.now))
        gone = {_side(ended)}
        if ended.office_id is not None:
            officers = {each.officer_id for each in walls if each.officer_id is not None}
            of_office = await self.access.officers_in(officers, {ended.office_id})
            gone |= {_Side(each, None) for each in of_office}
        gone -= sides
        await self.access.remove_walls([each for each in walls if _side(each) in gone])
        # Else the wall before a conflict that is declared tomorrow would be lifted already.
        officers = {each.officer_id for each in gone if each.officer_id is not None}
        await self.access.end_lifts(case, officers, self.now)

    async def end_grants(self, case: Case, office_id: UUID) -> None:
        """The office sees the case no more, unless it lies in its area."""
        subjects = await self.access.subjects(case)
        await self.access.end_grants(subjects, office_id, self.now)

    async def _grant_everything(self, case: Case) -> None:
        subjects = await self.access.subjects(case)
        offered_to = await self.access.offered_to(case)
        for office_id in {case.office_id, offered_to or case.office_id}:
            area = area_of((await self.access.office(office_id)).region_code)
            wanted = {id for id, region in subjects.items() if not lies_in(region, area)}
            granted = await self.access.granted(wanted, office_id)
            self.access.add(*self._grants(wanted - granted, office_id))
        if offered_to is not None:
            await self.access.end_grants(await self.access.separated(case), offered_to, self.now)

    async def _bring_along(self, case: Case) -> None:
        """A report comes with the conflicts of the case in which it was before."""
        brought = await self.access.brought_along(case)
        await self._add_conflicts(
            case,
            *(
                Conflict(
                    case_id=case.id,
                    origin=each.origin,
                    declared_at=self.now,
                    declared_by=each.declared_by,
                    officer_id=each.officer_id,
                    office_id=each.office_id,
                )
                for each in brought
            ),
        )

    async def _add_conflicts(self, case: Case, *conflicts: Conflict) -> None:
        standing = await self.access.standing(case)
        known = {_side(each) for each in standing}
        for each in conflicts:
            if _side(each) not in known:
                self.access.add(each)
            known.add(_side(each))

    async def _sides(self, case: Case, lifted: Collection[UUID]) -> set[_Side]:
        """Before whom walls stand; also before an officer alone for whom that before his office
        is lifted."""
        standing = {_side(each) for each in await self.access.standing(case)}
        offices = {each.office_id for each in standing if each.office_id is not None}
        officers = await self.access.officers_in(lifted, offices)
        return standing | {_Side(each, None) for each in officers}

    def _grants(self, ids: set[UUID], office_id: UUID) -> Iterator[Grant]:
        for id in ids:
            yield Grant(subject_id=id, office_id=office_id, since=self.now)

    def _put_up(self, subject_id: UUID, side: _Side) -> Wall:
        wall = Wall(
            subject_id=subject_id,
            since=self.now,
            officer_id=side.officer_id,
            office_id=side.office_id,
        )
        self.access.add(wall)
        return wall


async def settle_access(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """For the journal of cases: something was added to the case, or taken out of it."""
    access = CaseAccess(session, entry.at)
    await access.settle(await access.access.case(entry.subject_id))
