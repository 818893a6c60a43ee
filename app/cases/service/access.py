from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.models.conflicts import CaseBelonging, Conflict
from app.cases.repository.access import AccessRepository
from app.cases.rules.conflicts import ConflictOrigin
from app.cases.service.offers import OfferKeeper
from app.core.actors import SYSTEM, Actor
from app.core.models import Grant, Wall
from app.core.places import area_of, lies_in


class _Side(NamedTuple):
    """Before whom a wall stands: an officer, or everybody of an office."""

    officer_id: UUID | None
    office_id: UUID | None


def _side(of: Wall | Conflict) -> _Side:
    return _Side(of.officer_id, of.office_id)


_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_FOR_EVER: Final = datetime.max.replace(tzinfo=UTC)


def _copy(conflict: Conflict, case: Case, now: datetime) -> Conflict:
    return Conflict(
        case_id=case.id,
        origin=conflict.origin,
        declared_at=now,
        declared_by=conflict.declared_by,
        officer_id=conflict.officer_id,
        office_id=conflict.office_id,
    )


def _same_office(case: Case, office_id: UUID, now: datetime) -> Conflict:
    return Conflict(
        case_id=case.id,
        origin=ConflictOrigin.SAME_OFFICE,
        declared_at=now,
        declared_by=None,
        office_id=office_id,
    )


class CaseAccess:
    """Who sees a case, and who must not: the same for its reports, its offers, and what the
    floors above made of it.

    The caller holds the lock of the case.
    """

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.access = AccessRepository(session)
        self.offers = OfferKeeper(session, SYSTEM, now)
        self.journal = Journal(session, SYSTEM, now)
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
        standing = await self.access.standing(case)
        if office_id not in {each.office_id for each in standing}:
            self.access.add(_same_office(case, office_id, self.now))
        await self.wall_everything(case)

    async def follow_offices(self, case: Case) -> None:
        """Wall off the offices for which reported persons work, and no others any more; a wall
        that members took down stays down until a further person of that office is named."""
        persons = await self.access.persons_of_offices(case)
        said = await self.access.of_offices(case)
        for each in said:
            if each.ended_at is None and each.office_id not in persons:
                each.ended_at = self.now
                await self.take_down(case, each)
        settled = {UUID(id) for each in said for id in each.ended_for or ()}
        for office_id, working_there in persons.items():
            if working_there - settled:
                await self.wall_office(case, office_id)

    async def is_walled_off(self, case: Case, office_id: UUID) -> bool:
        """Whether the case does not exist for anybody of an office."""
        return office_id in {each.office_id for each in await self.access.standing(case)}

    async def end_lifts(self, case: Case) -> None:
        """What was agreed for a case is not agreed for what it has become."""
        ended = await self.access.end_all_lifts(case, self.now)
        if ended:
            await self.wall_everything(case)
            await self.journal.record("case.glass_ended", case, requests=ended)

    async def wall_everything(self, case: Case) -> None:
        """Put up what is missing before each part of the case; a lift that was agreed for it
        counts for what is part of it, and for nothing else."""
        lifted = await self.access.lifted(case, self.now)
        sides = await self._sides(case, lifted)
        if not sides:
            return
        subjects = await self.access.subjects(case)
        walls = list(await self.access.walls(subjects))
        up = {(each.subject_id, _side(each)) for each in walls}
        missing = [(id, side) for side in sides for id in subjects if (id, side) not in up]
        walls += [self._put_up(*each) for each in missing]
        for wall in walls:
            wall.lifted_until = lifted.get(wall.officer_id) if wall.officer_id else None
        await self._keep_out(case, {side.office_id for side in sides} - {None})

    async def take_down(self, case: Case, ended: Conflict) -> None:
        """Remove the walls for which there is no reason left once a conflict has ended."""
        walls = await self.access.walls(await self.access.subjects(case))
        sides = await self._sides(case, await self.access.lifted(case, self.now))
        gone = await self._of(ended, walls) - sides
        await self.access.remove_walls([each for each in walls if _side(each) in gone])
        # Else the wall before a conflict that is declared tomorrow would be lifted already.
        officers = {each.officer_id for each in gone if each.officer_id is not None}
        await self.access.end_lifts(case, officers, self.now)

    async def end_grants(self, case: Case, office_id: UUID) -> None:
        """The office sees the case no more, unless it lies in its area."""
        subjects = await self.access.subjects(case)
        await self.access.end_grants(subjects, office_id, self.now)

    async def _keep_out(self, case: Case, offices: Collection[UUID | None]) -> None:
        """Nothing is offered any more to an office that is walled off."""
        if await self.access.offered_to(case) in offices:
            offer = await self.offers.take_back(case)
            if offer is not None:
                await self.journal.record("case.retract_transfer", case, offer=str(offer.id))

    async def _bring_along(self, case: Case) -> None:
        """A report comes with the conflicts of the case in which it was before; their reasons
        stay there. What has ended here since then stays ended."""
        brought = await self.access.brought_along(case)
        said = await self.access.conflicts(case) if brought else []
        over: dict[_Side, datetime] = {}
        for each in said:
            over[_side(each)] = max(over.get(_side(each), _NEVER), each.ended_at or _FOR_EVER)
        for each in brought:
            if each.declared_at > over.get(_side(each), _NEVER):
                self.access.add(_copy(each, case, self.now))
                over[_side(each)] = _FOR_EVER

    async def _grant_everything(self, case: Case) -> None:
        subjects = await self.access.subjects(case)
        offered_to = await self.access.offered_to(case)
        for office_id in {case.office_id, offered_to or case.office_id}:
            area = area_of((await self.access.office(office_id)).region_code)
            wanted = {id for id, region in subjects.items() if not lies_in(region, area)}
            granted = await self.access.granted(wanted, office_id)
            self.access.add(*self._grants(wanted - granted, office_id))

    async def _sides(self, case: Case, lifted: Collection[UUID]) -> set[_Side]:
        """Before whom walls stand; also before an officer alone for whom that before his office
        is lifted."""
        standing = {_side(each) for each in await self.access.standing(case)}
        offices = {each.office_id for each in standing if each.office_id is not None}
        officers = await self.access.officers_in(lifted, offices)
        return standing | {_Side(each, None) for each in officers}

    async def _of(self, ended: Conflict, walls: Collection[Wall]) -> set[_Side]:
        """Before whom walls stood because of it; of an office also before the officers for whom
        alone they were lifted."""
        if ended.office_id is None:
            return {_side(ended)}
        officers = {each.officer_id for each in walls if each.officer_id is not None}
        of_office = await self.access.officers_in(officers, {ended.office_id})
        return {_side(ended), *(_Side(each, None) for each in of_office)}

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
