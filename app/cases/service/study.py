from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.handling import CaseDocument
from app.cases.repository.handling import HandlingRepository
from app.cases.rules.documents import DocumentKind
from app.cases.rules.steps import StepName
from app.cases.schemas.handling import OpenedDocumentOut, StudyIn
from app.cases.service.papers import Paper, Papers
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found, Slice


class StudyService:
    """What the office writes about a registered case, and how it gets more time."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.steps = Stepping(session, actor, now)
        self.handling = HandlingRepository(session)
        self.papers = Papers(session, actor, now, keys)
        self.keys = keys

    async def write(self, case_id: UUID, form: StudyIn) -> Case:
        """Add a version of the study; those before stay."""
        case, row = await self.steps.begin(case_id, StepName.WRITE_STUDY)
        paper = Paper(
            kind=DocumentKind.STUDY, text=form.text, number=form.number, form_code=form.form_code
        )
        said = str(await self.papers.keep(case, paper))
        return await self.steps.finish(case, StepName.WRITE_STUDY, row.to, document=said)

    async def extend(self, case_id: UUID, reason: str) -> Case:
        """Give the handling the longer time of the law, once, for a reason."""
        case, row = await self.steps.begin(case_id, StepName.EXTEND)
        for clock in await self.steps.clocks.open_of(case.id, Step.HANDLING):
            sealed = self.keys.seal(reason.encode(), clock.id)
            await self.steps.clocks.extend(clock, sealed)
        return await self.steps.finish(case, StepName.EXTEND, row.to)

    async def find(self, case_id: UUID, wanted: Slice) -> Found[CaseDocument]:
        case = await self.steps.cases.get(case_id)
        return await self.handling.documents(case, wanted)

    async def open(self, case_id: UUID, document_id: UUID) -> OpenedDocumentOut:
        """Open one paper; that it was read is an act in the journal."""
        case = await self.steps.cases.get(case_id)
        row = await self.handling.document(case, document_id)
        said = {"document": str(row.id), "kind": row.kind.value}
        await self.steps.journal.record("case.read_document", case, **said)
        return OpenedDocumentOut(
            id=row.id,
            kind=row.kind,
            form_code=row.form_code,
            number=row.number,
            dated_on=row.dated_on,
            written_at=row.written_at,
            office_id=row.office_id,
            officer_id=row.officer_id,
            text=self.keys.open(row.sealed, row.id).decode() if row.sealed else None,
        )
