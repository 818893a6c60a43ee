from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.handling import CaseDocument, Clarification, DecidedCategory, Plenary
from app.core.database import Base
from app.core.errors import NotFound
from app.core.paging import Found, Order, Slice, newest_first, page_of
from app.core.paging import moment as read_moment


class HandlingRepository:
    """What belongs to a case that whoever asks has been shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, *rows: Base) -> None:
        self.session.add_all(rows)
        await self.session.flush()

    async def clarification(self, case: Case, clarification_id: UUID) -> Clarification:
        """One of the case, locked; NotFound where the case has none with this id."""
        query = _clarifications(case).where(Clarification.id == clarification_id)
        row = await self.session.scalar(query.with_for_update())
        if row is None:
            raise NotFound
        return row

    async def clarifications(self, case: Case, wanted: Slice) -> Found[Clarification]:
        """By the moment for which they were planned, the first first."""
        order = Order(Clarification.planned_at, Clarification.id, read_moment)
        return await page_of(self.session, _clarifications(case), order, wanted)

    async def document(self, case: Case, document_id: UUID) -> CaseDocument:
        row = await self.session.scalar(_documents(case).where(CaseDocument.id == document_id))
        if row is None:
            raise NotFound
        return row

    async def documents(self, case: Case, wanted: Slice) -> Found[CaseDocument]:
        by = (CaseDocument.written_at, CaseDocument.id)
        return await newest_first(self.session, _documents(case), by, wanted)

    async def plenaries(self, case: Case, wanted: Slice) -> Found[Plenary]:
        query = select(Plenary).where(Plenary.case_id == case.id)
        by = (Plenary.recorded_at, Plenary.id)
        return await newest_first(self.session, query, by, wanted)

    async def decision(self, case: Case) -> Plenary | None:
        """The plenary that decided the case."""
        query = select(Plenary).where(Plenary.case_id == case.id, Plenary.result.is_not(None))
        return await self.session.scalar(query.order_by(Plenary.recorded_at.desc()).limit(1))

    async def categories(self, case: Case) -> Sequence[DecidedCategory]:
        query = select(DecidedCategory).where(DecidedCategory.case_id == case.id)
        return (await self.session.scalars(query.order_by(DecidedCategory.category))).all()


def _clarifications(case: Case) -> Select[Clarification]:
    return select(Clarification).where(Clarification.case_id == case.id)


def _documents(case: Case) -> Select[CaseDocument]:
    return select(CaseDocument).where(CaseDocument.case_id == case.id)
