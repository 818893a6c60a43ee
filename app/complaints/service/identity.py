from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.files.identity import open_reporter
from app.complaints.models.complaints import Complaint
from app.complaints.models.identity import IdentityRequest
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.repository.identity import IdentityRepository
from app.complaints.rules import identity as rules
from app.complaints.rules.identity import Decision, RequestState
from app.complaints.schemas.identity import (
    GrantIn,
    IdentityRequestFilter,
    IdentityRequestIn,
    IdentityRequestOut,
    ReporterOut,
)
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import NotAllowed
from app.core.ids import new_id
from app.core.paging import Found, Slice


class IdentityService:
    """How an officer comes to know who reported: by request, while a custodian allows it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.requests = IdentityRepository(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def request(self, complaint_id: UUID, form: IdentityRequestIn) -> IdentityRequestOut:
        # Locked, so that of two requests at once the second sees the first.
        complaint = await self.complaints.get(complaint_id, lock=True)
        if await self.requests.reporter_of(complaint) is None:
            raise rules.NoIdentity
        if any(rules.is_open(each, self.now) for each in await self.requests.own(complaint)):
            raise rules.RequestOpen
        request = self._requested(complaint, form.reason)
        self.requests.add(request)
        await self._record("requested", request, complaint)
        return self._shown(request)

    async def about(self, complaint_id: UUID, wanted: Slice) -> Found[IdentityRequestOut]:
        complaint = await self.complaints.get(complaint_id)
        return self._all_shown(await self.requests.about(complaint, wanted))

    async def find(self, wanted: IdentityRequestFilter) -> Found[IdentityRequestOut]:
        return self._all_shown(await self.requests.find(wanted))

    async def grant(self, request_id: UUID, form: GrantIn) -> IdentityRequestOut:
        request, complaint = await self._decide(request_id, Decision.GRANTED, form.reason)
        request.until = rules.end_of_grant(self.now, form.hours)
        await self._record("granted", request, complaint, hours=form.hours)
        return self._shown(request)

    async def deny(self, request_id: UUID, reason: str) -> IdentityRequestOut:
        request, complaint = await self._decide(request_id, Decision.DENIED, reason)
        await self._record("denied", request, complaint)
        return self._shown(request)

    async def revoke(self, request_id: UUID) -> IdentityRequestOut:
        """End a grant before its time; whoever opens at this moment has been or will be late."""
        request = await self.requests.get(request_id)
        complaint = await self.complaints.get(request.complaint_id)
        rules.check_revocation(request, self.now)
        request.revoked_by, request.revoked_at = self.actor.id, self.now
        await self._record("revoked", request, complaint)
        return self._shown(request)

    async def open(self, complaint_id: UUID) -> ReporterOut:
        """Say who reported; each opening is an act that the reporter will see."""
        complaint = await self.complaints.get(complaint_id)
        own = await self.requests.own(complaint)
        granted = [each for each in own if self._state(each) is RequestState.GRANTED]
        reporter = await self.requests.reporter_of(complaint)
        if not granted or reporter is None:
            raise rules.IdentityClosed
        await self._record("opened", granted[0], complaint)
        return open_reporter(reporter, self.keys)

    async def _decide(
        self, request_id: UUID, decision: Decision, reason: str
    ) -> tuple[IdentityRequest, Complaint]:
        request = await self.requests.get(request_id)
        complaint = await self.complaints.get(request.complaint_id)
        rules.check_decision(request, self.actor.id, self.now)
        request.decision = decision
        request.decided_by, request.decided_at = self.actor.id, self.now
        request.sealed_decision_reason = self.keys.seal(reason.encode(), request.id)
        return request, complaint

    def _requested(self, complaint: Complaint, reason: str) -> IdentityRequest:
        if self.actor.id is None or self.actor.office_id is None:
            raise NotAllowed
        id = new_id()
        return IdentityRequest(
            id=id,
            complaint_id=complaint.id,
            region_id=complaint.region_id,
            region_code=complaint.region_code,
            requested_by=self.actor.id,
            office_id=self.actor.office_id,
            requested_at=self.now,
            sealed_reason=self.keys.seal(reason.encode(), id),
        )

    async def _record(
        self, act: str, request: IdentityRequest, complaint: Complaint, **payload: int
    ) -> None:
        """The report's history tells who did what and when; the reasons stay in the request."""
        said = str(request.id)
        await self.journal.record(f"identity.{act}", complaint, request=said, **payload)

    def _state(self, request: IdentityRequest) -> RequestState:
        return rules.state_of(request, self.now)

    def _all_shown(self, found: Found[IdentityRequest]) -> Found[IdentityRequestOut]:
        shown = [self._shown(each) for each in found.items]
        return Found(shown, found.next_cursor, found.total)

    def _shown(self, request: IdentityRequest) -> IdentityRequestOut:
        decision_reason = request.sealed_decision_reason
        return IdentityRequestOut(
            id=request.id,
            complaint_id=request.complaint_id,
            region_code=request.region_code,
            requested_by=request.requested_by,
            office_id=request.office_id,
            requested_at=request.requested_at,
            reason=self._opened(request.sealed_reason, request),
            state=self._state(request),
            decided_by=request.decided_by,
            decided_at=request.decided_at,
            decision_reason=self._opened(decision_reason, request) if decision_reason else None,
            until=request.until,
            revoked_at=request.revoked_at,
        )

    def _opened(self, sealed: bytes, request: IdentityRequest) -> str:
        return self.keys.open(sealed, request.id).decode()
