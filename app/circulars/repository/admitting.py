from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee
from app.core.models import Grant


class AdmittingRepository:
    """The addressed offices with an account that do not see their own part yet."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def new(self, circular: Circular) -> Sequence[tuple[CircularAddressee, UUID]]:
        """Each with its office."""
        query = select(CircularAddressee, CircularAddressee.office_id).where(
            CircularAddressee.circular_id == circular.id,
            CircularAddressee.office_id.is_not(None),
            ~exists().where(Grant.subject_id == CircularAddressee.id),
        )
        rows = await self.session.execute(query)
        return [(addressee, office_id) for addressee, office_id in rows if office_id]

    def grant(self, grant: Grant) -> None:
        self.session.add(grant)
