from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.rules.documents import DocumentKind
from app.cases.rules.states import CaseKind
from app.cases.rules.steps import StepName
from app.cases.schemas.registration import AdoptionIn, ConversionIn, TracingReportIn
from app.cases.service.papers import Paper, Papers
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.core.actors import Actor
from app.core.crypto import Keyring


class TracingService:
    """Initial information: what becomes it, and what becomes of it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.papers = Papers(session, actor, now, keys)
        self.steps = Stepping(session, actor, now)
        self.now = now

    async def convert(self, case_id: UUID, form: ConversionIn) -> Case:
        """Go on with a report as initial information, which supervisors may trace; the reason of a
        refusal stays in its paper and in the journal."""
        case, row = await self.steps.begin(case_id, StepName.CONVERT_TO_INFORMATION)
        case.kind = CaseKind.INITIAL_INFORMATION
        case.not_registered_reason = None
        await self.papers.keep(case, Paper(kind=DocumentKind.CONVERSION, text=form.note))
        await self.steps.cancel_clocks(case)
        await self.steps.start_clock(case, Step.TRACING)
        return await self.steps.finish(case, StepName.CONVERT_TO_INFORMATION, row.to)

    async def adopt(self, case_id: UUID, form: AdoptionIn) -> Case:
        """Make a finding of it, by the plenary that decided so; its registration is due then."""
        case, row = await self.steps.begin(case_id, StepName.ADOPT_FINDING)
        await self.papers.adopt(case, form.plenary)
        case.kind = CaseKind.FINDING
        await self.steps.end_clock(case, Step.TRACING)
        await self.steps.cancel_clocks(case)
        await self.steps.start_clock(case, Step.REGISTRATION)
        return await self.steps.finish(case, StepName.ADOPT_FINDING, row.to)

    async def close(self, case_id: UUID, form: TracingReportIn) -> Case:
        """End the tracing with its report, without a finding."""
        case, row = await self.steps.begin(case_id, StepName.CLOSE_TRACING)
        report = Paper(kind=DocumentKind.TRACING_REPORT, text=form.report, number=form.number)
        await self.papers.keep(case, report)
        case.closed_at = self.now
        await self.steps.end_clock(case, Step.TRACING)
        await self.steps.cancel_clocks(case)
        return await self.steps.finish(case, StepName.CLOSE_TRACING, row.to)
