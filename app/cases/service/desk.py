from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.repository.cases import CaseRepository
from app.cases.repository.desk import WorkListRepository
from app.cases.rules.allowed import OBJECTIONS, Situation, objection
from app.cases.rules.steps import STEPS, StepName
from app.cases.rules.transitions import MAP, Transition
from app.cases.schemas.cases import ActionOut, ActionsOut, CaseFilter
from app.cases.service.stepping import Stepping
from app.clocks.schemas.deadlines import DeadlineOut
from app.clocks.service.telling import told
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.forms import TextOut
from app.core.paging import Found, Slice


class WorkListService:
    """What an officer sees of the cases of the area."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, _: Keyring) -> None:
        self.cases = CaseRepository(session, actor)
        self.lists = WorkListRepository(session, actor, now)
        self.steps = Stepping(session, actor, now)
        self.journal = Journal(session, actor, now)

    async def find(self, wanted: CaseFilter) -> Found[Case]:
        return await self.lists.find(wanted)

    async def read(self, case_id: UUID) -> Case:
        return await self.cases.get(case_id)

    async def history(self, case_id: UUID, wanted: Slice) -> Found[JournalEntry]:
        return await self.journal.history(await self.cases.get(case_id), wanted)

    async def actions(self, case_id: UUID) -> ActionsOut:
        """Every step: whether whoever asks may take it now, and if not, why."""
        case = await self.cases.get(case_id)
        situation = await self.steps.situation(case)
        items = [_action(step, situation) for step in StepName]
        return ActionsOut(state=case.state, version=case.version, items=items)

    async def deadlines(self, case_id: UUID) -> Found[DeadlineOut]:
        """Every clock of the case, each with the count of its due date and of the earlier ones."""
        case = await self.cases.get(case_id)
        clocks = await self.steps.clocks.all_of(case.id)
        return Found([told(each, await self.steps.clocks.explain(each)) for each in clocks])


def _action(step: StepName, now: Situation) -> ActionOut:
    why = objection(step, now)
    row = _row_for(step, now)
    return ActionOut(
        step=step,
        label=TextOut.model_validate(STEPS[step]),
        allowed=why is None,
        objection=why,
        why=TextOut.model_validate(OBJECTIONS[why]) if why else None,
        to=row.to,
        source=row.source,
    )


def _row_for(step: StepName, now: Situation) -> Transition:
    """The row of the map for this kind of case, or else for any kind."""
    rows = [row for row in MAP if row.step is step]
    return next((row for row in rows if now.kind in row.kinds), rows[0])
