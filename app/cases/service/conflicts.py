from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.models.conflicts import Conflict
from app.cases.repository.conflicts import ConflictRepository
from app.cases.rules import conflicts as rules
from app.cases.rules.conflicts import ConflictOrigin
from app.cases.schemas.conflicts import ConflictDeclaredOut, ConflictIn, ConflictOut
from app.cases.service.access import CaseAccess
from app.cases.service.stepping import Stepping
from app.core.actors import Actor, Permission
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid, NotAllowed
from app.core.forms import TextOut
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.core.texts import Text

UNKNOWN_OFFICER: Final = Fault(
    "/officer_id",
    "unknown-officer",
    Text("Petugas ini tidak ada.", "There is no such officer."),
)


class ConflictService:
    """Who is too near to a case: from the moment it is said, the case does not exist for him."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.conflicts = ConflictRepository(session)
        self.access = CaseAccess(session, now)
        self.steps = Stepping(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def declare(self, case_id: UUID, form: ConflictIn) -> ConflictDeclaredOut:
        """Say it of oneself, or as a member of the holder or above it, of another."""
        case = await self.steps.cases.held(case_id)
        rules.check_living(case.merged_into_id)
        officer_id = await self._named(case, form.officer_id)
        if await self.conflicts.of_officer(case, officer_id) is not None:
            raise rules.AlreadyWalled
        conflict = self._declared(case, officer_id, form.reason)
        self.conflicts.add(conflict)
        await self.access.wall_everything(case)
        await self.journal.record(
            "case.conflict_declared", case, conflict=str(conflict.id), origin=conflict.origin
        )
        return await self._with_warning(case, conflict)

    async def find(self, case_id: UUID, wanted: Slice) -> Found[ConflictOut]:
        """Open the reasons; that they were read is an act in the journal."""
        case = await self.steps.cases.get(case_id)
        found = await self.conflicts.find(case, wanted)
        await self.journal.record("case.read_conflicts", case, count=len(found.items))
        return Found([self._shown(each) for each in found.items], found.next_cursor, found.total)

    async def ask_to_end(self, case_id: UUID, conflict_id: UUID, reason: str) -> ConflictOut:
        """Ask that the wall come down; it stands until another member agrees."""
        case, conflict = await self._held(case_id, conflict_id)
        rules.check_ending_request(conflict, self.actor, self.now)
        conflict.ending_asked_at, conflict.ending_asked_by = self.now, self.actor.id
        conflict.sealed_ending = self.keys.seal(reason.encode(), conflict.id)
        await self.journal.record("case.conflict_ending_asked", case, conflict=str(conflict.id))
        return self._shown(conflict)

    async def end(self, case_id: UUID, conflict_id: UUID) -> ConflictOut:
        """Take the wall down, as another member has asked."""
        case, conflict = await self._held(case_id, conflict_id)
        rules.check_ending(conflict, self.actor, self.now)
        conflict.ended_at, conflict.ended_by = self.now, self.actor.id
        conflict.ended_for = await self.conflicts.persons_of(case, conflict)
        await self.access.take_down(case, conflict)
        await self.journal.record("case.conflict_ended", case, conflict=str(conflict.id))
        return self._shown(conflict)

    async def _held(self, case_id: UUID, conflict_id: UUID) -> tuple[Case, Conflict]:
        case = await self.steps.cases.held(case_id)
        conflict = await self.conflicts.get(case, conflict_id)
        rules.check_living(case.merged_into_id)
        await check_answers_for(case, self.steps, self.conflicts)
        return case, conflict

    async def _named(self, case: Case, officer_id: UUID | None) -> UUID:
        if self.actor.id is None:
            raise NotAllowed
        if officer_id is None or officer_id == self.actor.id:
            return self.actor.id
        if not self.actor.may(Permission.DECIDE_CASES):
            raise NotAllowed
        await check_answers_for(case, self.steps, self.conflicts)
        if await self.conflicts.officer(officer_id) is None:
            raise Invalid(UNKNOWN_OFFICER)
        return officer_id

    def _declared(self, case: Case, officer_id: UUID, reason: str | None) -> Conflict:
        own, id = officer_id == self.actor.id, new_id()
        return Conflict(
            id=id,
            case_id=case.id,
            origin=ConflictOrigin.DECLARED if own else ConflictOrigin.SAID,
            declared_at=self.now,
            declared_by=self.actor.id,
            officer_id=officer_id,
            sealed_reason=self.keys.seal(reason.encode(), id) if reason else None,
        )

    async def _with_warning(self, case: Case, conflict: Conflict) -> ConflictDeclaredOut:
        left = await self.conflicts.officers_left(case)
        return ConflictDeclaredOut(
            **dict(self._shown(conflict)),
            officers_left=left,
            warning=left_warning(left),
        )

    def _shown(self, conflict: Conflict) -> ConflictOut:
        return ConflictOut(
            id=conflict.id,
            case_id=conflict.case_id,
            origin=conflict.origin,
            officer_id=conflict.officer_id,
            office_id=conflict.office_id,
            declared_at=conflict.declared_at,
            declared_by=conflict.declared_by,
            reason=self._opened(conflict.sealed_reason, conflict),
            ending_asked_by=conflict.ending_asked_by,
            ending_asked_at=conflict.ending_asked_at,
            ended_at=conflict.ended_at,
            ended_by=conflict.ended_by,
            ending_reason=self._opened(conflict.sealed_ending, conflict),
        )

    def _opened(self, sealed: bytes | None, conflict: Conflict) -> str | None:
        return self.keys.open(sealed, conflict.id).decode() if sealed is not None else None


def left_warning(officers: int) -> TextOut | None:
    """What to tell whoever put up a wall behind which nobody of the holder is left."""
    return None if officers else TextOut.model_validate(rules.NOBODY_LEFT)


async def check_answers_for(case: Case, steps: Stepping, conflicts: ConflictRepository) -> None:
    """Refuse an office that sees the case, and neither holds it nor stands above its holder, as
    long as a member is left there; and whoever sees it only because a wall is lifted for him: he
    decides about no other either."""
    situation = await steps.situation(case)
    answers = situation.is_holder or situation.is_superior
    if not answers and await conflicts.members_left(case):
        raise rules.OnlyHolders
    if await conflicts.stands_before(case, steps.actor.id, steps.actor.office_id):
        raise rules.OwnWall
