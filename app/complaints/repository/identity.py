from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.models.identity import IdentityRequest
from app.complaints.rules.identity import WAITS, Decision, RequestState
from app.complaints.rules.procedure import Part
from app.complaints.schemas.identity import IdentityRequestFilter
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Found, Slice, newest_first
from app.core.visibility import visible_to

_NEWEST = (IdentityRequest.requested_at, IdentityRequest.id)


class IdentityRepository:
    """The requests for identities about complaints that one actor can see, at one moment."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.session = session
        self.actor = actor
        self.now = now

    def add(self, request: IdentityRequest) -> None:
        self.session.add(request)

    async def get(self, request_id: UUID) -> IdentityRequest:
        """One request, locked: it is read only to be decided or revoked."""
        query = self._visible().where(IdentityRequest.id == request_id)
        request = await self.session.scalar(query.with_for_update())
        if request is None:
            raise NotFound
        return request

    async def find(self, wanted: IdentityRequestFilter) -> Found[IdentityRequest]:
        query = self._visible()
        if wanted.state is not None:
            query = query.where(self._is(wanted.state))
        return await newest_first(self.session, query, _NEWEST, wanted)

    async def about(self, complaint: Complaint, wanted: Slice) -> Found[IdentityRequest]:
        query = self._visible().where(IdentityRequest.complaint_id == complaint.id)
        return await newest_first(self.session, query, _NEWEST, wanted)

    async def own(self, complaint: Complaint) -> Sequence[IdentityRequest]:
        """What the actor asked for in the present office, locked against a revocation."""
        query = self._visible().where(
            IdentityRequest.complaint_id == complaint.id,
            IdentityRequest.requested_by == self.actor.id,
            IdentityRequest.office_id == self.actor.office_id,
        )
        return (await self.session.scalars(query.with_for_update())).all()

    async def reporter_of(self, complaint: Complaint) -> ComplaintPerson | None:
        query = select(ComplaintPerson).where(
            ComplaintPerson.complaint_id == complaint.id, ComplaintPerson.part == Part.REPORTER
        )
        return await self.session.scalar(query.order_by(ComplaintPerson.position).limit(1))

    def _is(self, state: RequestState) -> ColumnElement[bool]:
        """The state as `rules.identity.state_of` tells it, said to the database."""
        row, now = IdentityRequest, self.now
        waiting, granted = row.decision.is_(None), row.decision == Decision.GRANTED
        standing = granted & row.revoked_at.is_(None)
        return {
            RequestState.WAITING: waiting & (row.requested_at > now - WAITS),
            RequestState.LAPSED: waiting & (row.requested_at <= now - WAITS),
            RequestState.GRANTED: standing & (row.until > now),
            RequestState.ENDED: standing & (row.until <= now),
            RequestState.REVOKED: granted & row.revoked_at.is_not(None),
            RequestState.DENIED: row.decision == Decision.DENIED,
        }[state]

    def _visible(self) -> Select[IdentityRequest]:
        seen = visible_to(self.actor, IdentityRequest.complaint_id, IdentityRequest.region_code)
        return select(IdentityRequest).where(seen)
