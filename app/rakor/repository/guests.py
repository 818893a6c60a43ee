from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import area_of
from app.elections.models import Election, ElectionArea
from app.offices.models import Office
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.rules.categories import InvitedPost, Reach
from app.regions.models import Region


class GuestRepository:
    """The regions and offices that a letter can invite, and whom it invited before."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def offices(self, ids: Collection[UUID]) -> Mapping[UUID, Office]:
        rows = await self.session.scalars(select(Office).where(Office.id.in_(ids)))
        return {office.id: office for office in rows}

    async def offices_coded(self, codes: Collection[str]) -> Mapping[str, Office]:
        """Those of them that there are, by code."""
        rows = await self.session.scalars(select(Office).where(Office.code.in_(codes)))
        return {office.code: office for office in rows}

    async def known_regions(self, codes: Collection[str]) -> set[str]:
        rows = await self.session.scalars(select(Region.code).where(Region.code.in_(codes)))
        return set(rows)

    async def is_election(self, code: str) -> bool:
        return await self.session.get(Election, code) is not None

    async def regions(self, reach: Reach, most: int) -> Sequence[Region]:
        """Those of today, in the order of their codes, and at most so many."""
        query = select(Region).where(
            Region.valid_to.is_(None),
            Region.level.in_(reach.levels),
            Region.code.startswith(area_of(reach.region_code)),
        )
        if reach.villages:
            query = query.where(or_(*(Region.code.like(f"%.{each}___") for each in reach.villages)))
        if reach.election_code is not None:
            areas = select(ElectionArea.region_code)
            areas = areas.where(ElectionArea.election_code == reach.election_code)
            # What lies below a regency votes where that does.
            query = query.where(func.substr(Region.code, 1, 5).in_(areas))
        return (await self.session.scalars(query.order_by(Region.code).limit(most))).all()

    async def invited_before(self, event: Event) -> set[InvitedPost]:
        """The posts that a category was invited for, and is still."""
        query = select(
            Invitation.category, Invitation.region_code, Invitation.office_name, Invitation.post
        ).where(
            Invitation.event_id == event.id,
            Invitation.withdrawn_at.is_(None),
            Invitation.category.is_not(None),
        )
        return {InvitedPost(*row) for row in await self.session.execute(query)}
