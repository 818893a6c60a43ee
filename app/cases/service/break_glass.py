from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.models.conflicts import BreakGlass
from app.cases.repository.conflicts import BreakGlassRepository, ConflictRepository
from app.cases.rules import conflicts as rules
from app.cases.schemas.conflicts import BreakGlassIn, BreakGlassOut
from app.cases.service.access import CaseAccess
from app.cases.service.conflicts import UNKNOWN_OFFICER, check_answers_for
from app.cases.service.stepping import Stepping
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid, NotAllowed
from app.core.ids import new_id
from app.core.paging import Found, Slice


class BreakGlassService:
    """How a wall is lifted for some hours: one member asks with a reason, a second one agrees."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.conflicts = ConflictRepository(session)
        self.requests = BreakGlassRepository(session)
        self.access = CaseAccess(session, now)
        self.steps = Stepping(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def ask(self, case_id: UUID, form: BreakGlassIn) -> BreakGlassOut:
        """Ask for it; nothing is lifted before another member agrees."""
        case = await self._held(case_id)
        if form.officer_id == self.actor.id:
            raise rules.OwnWall
        await self._check_wall(case, form.officer_id)
        last = await self.requests.last_for(case, form.officer_id)
        if last is not None and rules.is_open(last, self.now):
            raise rules.GlassOpen
        request = self._asked(case, form)
        self.requests.add(request)
        await self._record("asked", case, request)
        return self._shown(request)

    async def agree(self, case_id: UUID, request_id: UUID) -> BreakGlassOut:
        """Lift the wall; it stands again by itself when the hours are over."""
        case = await self._held(case_id)
        request = await self.requests.get(case, request_id)
        rules.check_agreement(request, self.actor.id, self.now)
        await self._check_wall(case, request.officer_id)
        request.agreed_by, request.agreed_at = self.actor.id, self.now
        request.until = self.now + timedelta(hours=request.hours)
        await self.access.wall_everything(case)
        await self._record("broken", case, request)
        return self._shown(request)

    async def find(self, case_id: UUID, wanted: Slice) -> Found[BreakGlassOut]:
        """Open the reasons; that they were read is an act in the journal."""
        case = await self.steps.cases.get(case_id)
        found = await self.requests.find(case, wanted)
        await self.journal.record("case.read_break_glass", case, count=len(found.items))
        return Found([self._shown(each) for each in found.items], found.next_cursor, found.total)

    async def _held(self, case_id: UUID) -> Case:
        case = await self.steps.cases.held(case_id)
        rules.check_living(case.merged_into_id)
        await check_answers_for(case, self.steps, self.conflicts)
        return case

    async def _check_wall(self, case: Case, officer_id: UUID) -> None:
        officer = await self.conflicts.officer(officer_id)
        if officer is None:
            raise Invalid(UNKNOWN_OFFICER)
        if not await self.conflicts.stands_before(case, officer.id, officer.office_id):
            raise rules.NotWalled

    def _asked(self, case: Case, form: BreakGlassIn) -> BreakGlass:
        if self.actor.id is None:
            raise NotAllowed
        id = new_id()
        return BreakGlass(
            id=id,
            case_id=case.id,
            officer_id=form.officer_id,
            asked_by=self.actor.id,
            asked_at=self.now,
            hours=form.hours,
            sealed_reason=self.keys.seal(form.reason.encode(), id),
        )

    async def _record(self, act: str, case: Case, request: BreakGlass) -> None:
        """The history of the case tells who lifted which wall for how long; not why."""
        said = str(request.id)
        await self.journal.record(f"case.glass_{act}", case, request=said, hours=request.hours)

    def _shown(self, request: BreakGlass) -> BreakGlassOut:
        return BreakGlassOut(
            id=request.id,
            case_id=request.case_id,
            officer_id=request.officer_id,
            hours=request.hours,
            reason=self.keys.open(request.sealed_reason, request.id).decode(),
            state=rules.state_of(request, self.now),
            asked_by=request.asked_by,
            asked_at=request.asked_at,
            agreed_by=request.agreed_by,
            agreed_at=request.agreed_at,
            until=request.until,
        )
