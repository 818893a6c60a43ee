from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, cast, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.paging import Found, cursor_after, place_of
from app.core.places import area_of
from app.core.visibility import visible_to
from app.rakor.models.followups import EventFollowUp
from app.rakor.rules.followups import UNFINISHED
from app.rakor.schemas.followups import OwingOfficeFilter, OwingOfficeOut

_REGION: Final = EventFollowUp.office_region_code
_OFFICE: Final = (EventFollowUp.office_id, EventFollowUp.office_name, _REGION)
# A name may be longer than a cursor.
_KEY: Final = func.md5(
    func.concat(EventFollowUp.office_name, cast(EventFollowUp.office_id, String))
)


class OwedRepository:
    """What offices owe of the follow-ups that one actor can see, office by office."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def find(self, wanted: OwingOfficeFilter, now: datetime) -> Found[OwingOfficeOut]:
        """By region; within it in an order that stays, whatever is added."""
        query = self._summed(wanted, EventFollowUp.due_at <= now)
        total = await self._count(query) if wanted.count else None
        if wanted.cursor:
            query = query.where(tuple_(_REGION, _KEY) > place_of(wanted, _place))
        rows = (await self.session.execute(query.limit(wanted.limit + 1))).all()
        items = [_told(each) for each in rows[: wanted.limit]]
        if len(rows) <= wanted.limit:
            return Found(items, None, total)
        last = rows[wanted.limit - 1]
        return Found(items, cursor_after(wanted, last.office_region_code, last.key), total)

    def _summed(self, wanted: OwingOfficeFilter, is_late: ColumnElement[bool]) -> Select[Any]:
        late = func.count().filter(is_late)
        columns: tuple[Any, ...] = (
            *_OFFICE,
            _KEY.label("key"),
            func.count().label("unfinished"),
            late.label("overdue"),
            func.min(EventFollowUp.due_at).label("next_due_at"),
        )
        query = select(*columns).where(*self._seen(wanted)).group_by(*_OFFICE)
        if wanted.overdue is not None:
            query = query.having(late > 0 if wanted.overdue else late == 0)
        return query.order_by(_REGION, _KEY)

    def _seen(self, wanted: OwingOfficeFilter) -> list[ColumnElement[bool]]:
        conditions = [
            visible_to(self.actor, EventFollowUp.id, EventFollowUp.region_code),
            EventFollowUp.state.in_(UNFINISHED),
        ]
        if wanted.event_id is not None:
            conditions.append(EventFollowUp.event_id == wanted.event_id)
        if wanted.organiser_id is not None:
            conditions.append(EventFollowUp.organiser_id == wanted.organiser_id)
        if wanted.region is not None:
            conditions.append(_REGION.startswith(area_of(wanted.region)))
        return conditions

    async def _count(self, query: Select[Any]) -> int:
        offices = query.order_by(None).subquery()
        return await self.session.scalar(select(func.count()).select_from(offices)) or 0


def _told(row: Any) -> OwingOfficeOut:
    return OwingOfficeOut(
        office_id=row.office_id,
        office_name=row.office_name,
        office_region_code=row.office_region_code,
        unfinished=row.unfinished,
        overdue=row.overdue,
        next_due_at=row.next_due_at,
    )


def _place(region_code: str, key: str) -> tuple[str, str]:
    if not (isinstance(region_code, str) and isinstance(key, str)):
        raise TypeError("a place without its words")
    return region_code, key
