from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.core.visibility import visible_to
from app.offices.models import Office
from app.rakor.models.events import Event
from app.rakor.models.reports import SubmittedForm
from app.rakor.rules.events import OVER
from app.rakor.rules.prevention_forms import PreventionFormStatus
from app.rakor.schemas.prevention_forms import PreventionFormFilter


class PreventionFormRepository:
    """The events held by offices for which the actor acts: these are filed as prevention."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def find(self, wanted: PreventionFormFilter) -> Found[Event]:
        query = self._visible()
        if wanted.region is not None:
            query = query.where(Event.region_code.startswith(area_of(wanted.region)))
        if wanted.since is not None:
            query = query.where(Event.ends_on >= wanted.since)
        if wanted.until is not None:
            query = query.where(Event.starts_on <= wanted.until)
        if wanted.status is not None:
            is_submitted = exists().where(SubmittedForm.event_id == Event.id)
            is_wanted = wanted.status is PreventionFormStatus.SUBMITTED
            query = query.where(is_submitted if is_wanted else ~is_submitted)
        return await newest_first(self.session, query, (Event.drafted_at, Event.id), wanted)

    async def lock_office(self, office_id: UUID) -> Office:
        """Whoever numbers a form of this office waits; whoever reads it does not."""
        query = select(Office).where(Office.id == office_id)
        return (await self.session.scalars(query.with_for_update(key_share=True))).one()

    def _visible(self) -> Select[Event]:
        """As `rules.events.may_organise` tells it of one."""
        seen = visible_to(self.actor, Event.id, Event.region_code)
        return (
            select(Event)
            .join(Office, Office.id == Event.office_id)
            .where(seen, Event.stage.in_(OVER), self._own())
        )

    def _own(self) -> ColumnElement[bool]:
        area = self.actor.area
        if area == "":
            return true()
        within = false() if area is None else _lies_in(area)
        return or_(Event.office_id == self.actor.office_id, within)


def _lies_in(area: str) -> ColumnElement[bool]:
    return or_(
        Office.region_code == area,
        func.starts_with(Office.region_code, f"{area}."),
    )
