from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.conflicts import Conflict
from app.cases.repository.cases import CaseRepository
from app.cases.repository.shelter import ShelterRepository
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.models import Grant, Wall


class Shelter:
    """What is hidden of one part of a matter is hidden of all, and what is shown is shown whole."""

    def __init__(self, session: AsyncSession, now: datetime, keys: Keyring) -> None:
        # Also the parts that whoever acts does not see.
        self.cases = CaseRepository(session, SYSTEM)
        self.rows = ShelterRepository(session)
        self.now = now
        self.keys = keys

    async def spread(self, origin: Case, case: Case) -> None:
        """Stand before `case` as before `origin`, and make all their parts alike."""
        await self.cases.flush()
        await self._copy_conflicts(origin, case)
        subjects = await self.cases.subject_ids(origin) | await self.cases.subject_ids(case)
        await self._spread_walls(subjects)
        await self._spread_grants(subjects)

    async def _copy_conflicts(self, origin: Case, case: Case) -> None:
        had = {(each.officer_id, each.office_id) for each in await self.rows.conflicts(case)}
        for each in await self.rows.conflicts(origin):
            if (each.officer_id, each.office_id) not in had:
                self.rows.add(self._copy(each, case))

    def _copy(self, conflict: Conflict, case: Case) -> Conflict:
        id, sealed = new_id(), conflict.sealed_reason
        return Conflict(
            id=id,
            case_id=case.id,
            origin=conflict.origin,
            declared_at=conflict.declared_at,
            declared_by=conflict.declared_by,
            officer_id=conflict.officer_id,
            office_id=conflict.office_id,
            sealed_reason=self.keys.seal(self.keys.open(sealed, conflict.id), id)
            if sealed is not None
            else None,
        )

    async def _spread_walls(self, subjects: Collection[UUID]) -> None:
        walls = await self.rows.walls(subjects)
        had = {(each.subject_id, each.officer_id, each.office_id) for each in walls}
        before = {(each.officer_id, each.office_id): each.lifted_until for each in walls}
        for subject_id in subjects:
            for (officer_id, office_id), lifted_until in before.items():
                if (subject_id, officer_id, office_id) not in had:
                    wall = Wall(
                        subject_id=subject_id,
                        since=self.now,
                        officer_id=officer_id,
                        office_id=office_id,
                        lifted_until=lifted_until,
                    )
                    self.rows.add(wall)

    async def _spread_grants(self, subjects: Collection[UUID]) -> None:
        grants = await self.rows.grants(subjects, self.now)
        had = {(each.subject_id, each.office_id) for each in grants}
        shown = {each.office_id: each.until for each in grants}
        for subject_id in subjects:
            for office_id, until in shown.items():
                if (subject_id, office_id) not in had:
                    grant = Grant(
                        subject_id=subject_id, office_id=office_id, since=self.now, until=until
                    )
                    self.rows.add(grant)
