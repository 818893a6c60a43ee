from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.files import sheets
from app.complaints.models.complaints import Complaint
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.repository.desk import DeskRepository, Sought
from app.complaints.schemas.desk import DeskFilter
from app.complaints.schemas.search import ExportIn, SearchIn, TermsIn
from app.complaints.service.terms import filters_in, named, sought_in
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import NotAllowed
from app.core.paging import Found, Slice
from app.offices.repository import OfficeRepository

_BATCH: Final = 200


class SearchService:
    """Finding complaints by what they say; the journal keeps the kinds of terms, never a value."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.lists = DeskRepository(session, actor, now)
        self.offices = OfficeRepository(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys

    async def search(self, wanted: SearchIn) -> Found[Complaint]:
        sought = sought_in(wanted, self.keys)
        await self._record("complaints.searched", wanted)
        return await self.lists.find(wanted, wanted, sought)

    async def begin_export(self, wanted: ExportIn) -> Sought | None:
        """Say in the journal that a sheet leaves the house, before its first row does."""
        sought = sought_in(wanted, self.keys)
        await self._record("complaints.exported", wanted)
        return sought

    async def _record(self, action: str, wanted: TermsIn) -> None:
        if self.actor.office_id is None:
            raise NotAllowed
        office = await self.offices.get(self.actor.office_id)
        await self.journal.record(action, office, terms=named(wanted), filters=filters_in(wanted))


async def write_sheet(
    sessions: Sessions, actor: Actor, now: datetime, wanted: DeskFilter, sought: Sought | None
) -> AsyncIterator[bytes]:
    """Write all that is found, batch by batch: between two of them no connection is held."""
    yield sheets.header()
    page: Slice | None = Slice(limit=_BATCH)
    while page is not None:
        async with sessions.begin() as session:
            found = await DeskRepository(session, actor, now).find(wanted, page, sought)
            written = await _written(session, actor, found)
        yield written
        page = Slice(limit=_BATCH, cursor=found.next_cursor) if found.next_cursor else None


async def _written(session: AsyncSession, actor: Actor, found: Found[Complaint]) -> bytes:
    names = await ComplaintRepository(session, actor).office_names(
        {each.office_id for each in found.items}
    )
    return sheets.rows(found.items, names)
