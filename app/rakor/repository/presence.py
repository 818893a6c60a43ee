from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.once import insert_once
from app.rakor.models.events import Event
from app.rakor.models.presence import CheckIn
from app.rakor.rules.attendance import AttendanceMode


@dataclass(frozen=True)
class Seen:
    """How somebody invited was seen at the door, and when first."""

    modes: Collection[AttendanceMode]
    first_at: datetime


class CheckInRepository:
    """The check-ins of an event; they lie in its region, which every query names."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, check_in: CheckIn) -> bool:
        """Add it; False where the id was used before in this region."""
        return await insert_once(self.session, check_in)

    async def get(self, region_id: int, check_in_id: UUID) -> CheckIn:
        query = select(CheckIn).where(CheckIn.region_id == region_id, CheckIn.id == check_in_id)
        return (await self.session.scalars(query)).one()

    async def seen(self, event: Event) -> Mapping[UUID, Seen]:
        """By invitation; leaving proves having come, so either direction counts."""
        columns = (
            CheckIn.invitation_id,
            func.array_agg(CheckIn.mode.distinct()),
            func.min(CheckIn.captured_at),
        )
        query = select(*columns).where(*_at(event), CheckIn.invitation_id.is_not(None))
        rows = await self.session.execute(query.group_by(CheckIn.invitation_id))
        return {id: Seen(modes, first_at) for id, modes, first_at in rows if id is not None}

    async def walk_ins(self, event: Event) -> Sequence[tuple[str | None, str | None, datetime]]:
        who = (CheckIn.office_name, CheckIn.post)
        query = select(*who, func.min(CheckIn.captured_at)).where(
            *_at(event), CheckIn.invitation_id.is_(None)
        )
        return (await self.session.execute(query.group_by(*who).order_by(*who))).all()


def _at(event: Event) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CheckIn.region_id == event.region_id, CheckIn.event_id == event.id
