from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.repository.cases import CaseRepository
from app.cases.rules.documents import DocumentKind
from app.cases.service.papers import Paper, Papers
from app.complaints.rules.procedure import Kind
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.correspondence.schemas.messages import MessageIn
from app.correspondence.service.desk import DeskService


class CompletionLetters:
    """How reporters learn what is missing."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.cases = CaseRepository(session, actor)
        self.papers = Papers(session, actor, now, keys)
        self.desk = DeskService(session, actor, now, keys)
        self.keys = keys

    async def send(self, case: Case, text: str, number: str | None) -> None:
        """Write to every reporter who has not withdrawn and was not asked before; keep it."""
        told = await self.papers.rows.asked_before(case)
        paper = Paper(kind=DocumentKind.COMPLETION_NOTICE, text=text, number=number)
        await self.papers.keep(case, paper)
        for complaint in await self.cases.complaints(case.id):
            is_asked = complaint.kind is Kind.REPORT and complaint.withdrawn_at is None
            if is_asked and complaint.id not in told:
                await self.desk.write_about(complaint, MessageIn(text=text))

    async def repeat(self, case: Case) -> None:
        """Send the letter that stands to those whose reports have joined since."""
        last = await self.papers.rows.last_paper(case, DocumentKind.COMPLETION_NOTICE)
        if last is None or last.sealed is None:
            return
        text = self.keys.open(last.sealed, last.id).decode()
        await self.send(case, text, last.number)
