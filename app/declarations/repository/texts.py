from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.declarations.files import TextRow
from app.declarations.models.declarations import PledgeText
from app.declarations.schemas.texts import PledgeTextFilter


class PledgeTextRepository:
    """The texts that people sign, which everybody may read."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, pledge_text_id: UUID) -> PledgeText:
        text = await self.session.get(PledgeText, pledge_text_id)
        if text is None:
            raise NotFound
        return text

    async def find(self, wanted: PledgeTextFilter) -> Found[PledgeText]:
        query = select(PledgeText)
        if wanted.on is not None:
            ends = func.coalesce(PledgeText.valid_to, wanted.on)
            query = query.where(PledgeText.valid_from <= wanted.on, ends >= wanted.on)
        by = (PledgeText.added_at, PledgeText.id)
        return await newest_first(self.session, query, by, wanted)

    async def hashes(self) -> dict[UUID, str]:
        rows = await self.session.execute(select(PledgeText.id, PledgeText.content_hash))
        return dict(rows.all())

    async def latest(self, code: str) -> int:
        """The number of the last version, 0 where there is none."""
        query = select(func.max(PledgeText.version)).where(PledgeText.code == code)
        return await self.session.scalar(query) or 0

    async def put(self, row: TextRow) -> None:
        """Add a version, or renew how long it is valid and where we have it from."""
        statement = insert(PledgeText).values(
            id=row.id,
            code=row.code,
            version=row.version,
            title=row.title,
            opening=row.opening,
            points=row.points,
            legal_basis=row.legal_basis,
            content_hash=row.content_hash,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=row.source,
            added_at=func.now(),
        )
        renewed = {name: statement.excluded[name] for name in ("valid_from", "valid_to", "source")}
        await self.session.execute(
            statement.on_conflict_do_update(index_elements=[PledgeText.id], set_=renewed)
        )
