from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.models import Grant
from app.core.paging import Found, newest_first
from app.offices.models import Office
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation, InvitationReason
from app.rakor.schemas.attendance import InvitationFilter
from app.regions.models import Region


class InvitationRepository:
    """The invitations of an event that the caller has got, or the one that a code opens."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, invitations: Sequence[Invitation]) -> None:
        self.session.add_all(invitations)

    async def get(self, event: Event, invitation_id: UUID) -> Invitation:
        query = self._of(event).where(Invitation.id == invitation_id)
        invitation = await self.session.scalar(query)
        if invitation is None:
            raise NotFound
        return invitation

    async def opened_by(self, code_hash: bytes) -> Invitation | None:
        query = select(Invitation).where(Invitation.code_hash == code_hash)
        return await self.session.scalar(query.with_for_update())

    async def event_of(self, invitation: Invitation) -> Event:
        query = select(Event).where(Event.id == invitation.event_id)
        return (await self.session.scalars(query)).one()

    async def of(self, event: Event) -> Sequence[Invitation]:
        query = self._of(event).order_by(Invitation.region_code, Invitation.id)
        return (await self.session.scalars(query)).all()

    async def count(self, event: Event) -> int:
        query = self._of(event).with_only_columns(func.count())
        return await self.session.scalar(query) or 0

    async def find(self, event: Event, wanted: InvitationFilter) -> Found[Invitation]:
        query = self._of(event)
        if wanted.answer is not None:
            query = query.where(Invitation.answer == wanted.answer)
        if wanted.is_answered is not None:
            query = query.where(Invitation.answer.is_not(None) == wanted.is_answered)
        by = (Invitation.invited_at, Invitation.id)
        return await newest_first(self.session, query, by, wanted)

    async def offices(self, ids: Collection[UUID]) -> Mapping[UUID, Office]:
        rows = await self.session.scalars(select(Office).where(Office.id.in_(ids)))
        return {office.id: office for office in rows}

    async def known_regions(self, codes: Collection[str]) -> set[str]:
        rows = await self.session.scalars(select(Region.code).where(Region.code.in_(codes)))
        return set(rows)

    async def show_to(self, offices: Collection[UUID], event: Event, now: datetime) -> None:
        """Let the officers of these offices see the event, once each."""
        query = select(Grant.office_id).where(Grant.subject_id == event.id)
        seen = set(await self.session.scalars(query))
        for office_id in set(offices) - seen:
            self.session.add(Grant(subject_id=event.id, office_id=office_id, since=now))

    async def reason_of(self, invitation: Invitation) -> bytes | None:
        query = select(InvitationReason.sealed)
        return await self.session.scalar(
            query.where(InvitationReason.invitation_id == invitation.id)
        )

    async def keep_reason(self, invitation: Invitation, sealed: bytes | None) -> None:
        """Keep the reason of the last answer, and of no answer before it."""
        before = delete(InvitationReason).where(InvitationReason.invitation_id == invitation.id)
        await self.session.execute(before)
        if sealed is not None:
            self.session.add(InvitationReason(invitation_id=invitation.id, sealed=sealed))

    def _of(self, event: Event) -> Select[Invitation]:
        return select(Invitation).where(Invitation.event_id == event.id)
