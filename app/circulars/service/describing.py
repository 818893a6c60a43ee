from datetime import datetime
from uuid import UUID

from app.circulars.models import Circular
from app.circulars.repository.circulars import CircularRepository
from app.circulars.schemas.shown import CircularDetailOut
from app.circulars.service.showing import show_whole


class Describing:
    """A circular with everything that belongs to it: what it obliges to, and which other
    circulars it ends, or which one ended it."""

    def __init__(self, circulars: CircularRepository, now: datetime) -> None:
        self.circulars = circulars
        self.now = now

    async def whole(self, circular: Circular) -> CircularDetailOut:
        ids = {UUID(each["circular_id"]) for each in circular.ends}
        others = await self.circulars.public(ids | {each for each in [circular.ended_by] if each})
        obligations = await self.circulars.obligations(circular.id)
        return show_whole(circular, obligations, others, self.now)
