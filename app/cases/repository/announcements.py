from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.cases.models.announcements import Announcement
from app.cases.models.cases import Case
from app.cases.schemas.announcements import AnnouncementFilter
from app.core.paging import Found, newest_first
from app.core.places import area_of


class AnnouncementRepository:
    """What was announced: everybody may read it."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, row: Announcement) -> None:
        self.session.add(row)
        await self.session.flush()

    async def last_of(self, case: Case) -> UUID | None:
        """The announcement of this case that none has superseded yet."""
        query = select(Announcement.id).where(Announcement.case_id == case.id, ~_is_superseded())
        return await self.session.scalar(query)

    async def find(
        self, wanted: AnnouncementFilter, election: str | None = None
    ) -> Found[Announcement]:
        """Of each case the last, newest first; with `superseded`, those before as well; of an
        election also what belongs to none."""
        query = select(Announcement)
        if not wanted.superseded:
            query = query.where(~_is_superseded())
        if wanted.region is not None:
            area = area_of(wanted.region)
            query = query.where(Announcement.region_code.startswith(area, autoescape=True))
        if wanted.since is not None:
            query = query.where(Announcement.announced_at >= wanted.since)
        if election is not None:
            code = Announcement.election_code
            query = query.where(code.is_(None) | (code == election))
        by = (Announcement.announced_at, Announcement.id)
        return await newest_first(self.session, query, by, wanted)


_Later = aliased(Announcement)


def _is_superseded() -> ColumnElement[bool]:
    return exists().where(_Later.follows_id == Announcement.id)
