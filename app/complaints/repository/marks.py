from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import Complaint, ComplaintContent, ComplaintPerson
from app.complaints.models.contact import Supplement
from app.complaints.models.search import ComplaintMarks, ComplaintToIndex
from app.core.database import Json
from app.regions.models import Region

TEXT_SEARCH: Final = "indonesian"

_COLUMNS: Final = [column.key for column in ComplaintMarks.__table__.columns]
_VALUES: Final[dict[str, Any]] = {name: bindparam(name) for name in _COLUMNS} | {
    "plain_words": func.to_tsvector(TEXT_SEARCH, bindparam("plain_words"))
}
_INSERT: Final = insert(ComplaintMarks).values(_VALUES)
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=[ComplaintMarks.id],
    set_={name: _INSERT.excluded[name] for name in _COLUMNS if name != "id"},
)


class MarkRepository:
    """What waits to be marked, all that is said in it, and its marks; for the worker alone."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, waiting: ComplaintToIndex) -> None:
        self.session.add(waiting)

    async def take(self, most: int) -> set[UUID]:
        """Take some that wait; what another worker has taken is passed over."""
        first = select(ComplaintToIndex.id).order_by(ComplaintToIndex.id).limit(most)
        taken = delete(ComplaintToIndex).where(
            ComplaintToIndex.id.in_(first.with_for_update(skip_locked=True))
        )
        return set(await self.session.scalars(taken.returning(ComplaintToIndex.complaint_id)))

    async def outdated(self, key_id: UUID, most: int) -> set[UUID]:
        """Some whose marks are from an older index key: ids of keys grow with time."""
        query = select(ComplaintMarks.id).where(ComplaintMarks.key_id < key_id)
        some = query.order_by(ComplaintMarks.key_id).limit(most)
        return set(await self.session.scalars(some.with_for_update(skip_locked=True)))

    async def count_outdated(self, key_id: UUID) -> int:
        query = select(func.count()).where(ComplaintMarks.key_id < key_id)
        return await self.session.scalar(query) or 0

    async def contents(
        self, ids: Collection[UUID], *, lock: bool = False
    ) -> Sequence[ComplaintContent]:
        """Their contents; locked, of two workers the later one reads what the other did not see."""
        query = select(ComplaintContent).where(ComplaintContent.id.in_(ids))
        if lock:
            query = query.order_by(ComplaintContent.id).with_for_update(key_share=True)
        return (await self.session.scalars(query)).all()

    async def complaints(self, ids: Collection[UUID]) -> Sequence[Complaint]:
        return (await self.session.scalars(select(Complaint).where(Complaint.id.in_(ids)))).all()

    async def persons(self, ids: Collection[UUID]) -> Sequence[ComplaintPerson]:
        query = select(ComplaintPerson).where(ComplaintPerson.complaint_id.in_(ids))
        return (await self.session.scalars(query)).all()

    async def supplements(self, ids: Collection[UUID]) -> Sequence[Supplement]:
        query = select(Supplement).where(Supplement.complaint_id.in_(ids))
        return (await self.session.scalars(query)).all()

    async def region_names(self, codes: Iterable[str]) -> dict[str, str]:
        query = select(Region.code, Region.name).where(Region.code.in_(codes))
        return dict((await self.session.execute(query)).all())

    async def put(self, rows: Sequence[Json]) -> None:
        await self.session.execute(_PUT, rows)
