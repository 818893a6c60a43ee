from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.errors import NotAllowed
from app.core.ids import new_id
from app.core.paging import Found
from app.core.places import NATIONAL, Subject
from app.core.reference import Progress
from app.declarations import files
from app.declarations.models.declarations import PledgeText
from app.declarations.repository.texts import PledgeTextRepository
from app.declarations.schemas.texts import PledgeTextFilter, PledgeTextIn


class PledgeTextService:
    """The texts that people sign, version by version; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.texts = PledgeTextRepository(session)

    async def get(self, pledge_text_id: UUID) -> PledgeText:
        return await self.texts.get(pledge_text_id)

    async def find(self, wanted: PledgeTextFilter) -> Found[PledgeText]:
        return await self.texts.find(wanted)

    async def publish(self, form: PledgeTextIn, actor: Actor, now: datetime) -> PledgeText:
        """Publish a version for the whole country; only the head office does."""
        if actor.area != "":
            raise NotAllowed
        row = files.TextRow(
            id=new_id(),
            code=form.code,
            version=await self.texts.latest(form.code) + 1,
            title=form.title.model_dump(),
            opening=form.opening.model_dump(),
            points=[point.model_dump() for point in form.points],
            legal_basis=form.legal_basis,
            valid_from=form.valid_from,
            valid_to=form.valid_to,
            source=form.source,
        )
        await self.texts.put(row)
        subject = Subject(row.id, NATIONAL.region_id, NATIONAL.region_code)
        journal = Journal(self.session, actor, now)
        await journal.record("pledge_text.published", subject, code=row.code, version=row.version)
        return await self.texts.get(row.id)

    async def load(self, progress: Progress) -> None:
        rows, published = files.read_texts(), await self.texts.hashes()
        for row in rows:
            if published.get(row.id, row.content_hash) != row.content_hash:
                raise ValueError(f"{row.code} {row.version} is published: make a new version.")
            await self.texts.put(row)
        progress(len(rows), len(rows))
