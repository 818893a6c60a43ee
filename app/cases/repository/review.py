from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, RequirementCheck
from app.cases.models.handling import CaseDocument, Plenary
from app.cases.rules.documents import DocumentKind
from app.cases.rules.requirements import Requirement


class ReviewRepository:
    """What was checked of cases that whoever asks was shown to see, and the papers of that."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, row: RequirementCheck | CaseDocument | Plenary) -> None:
        self.session.add(row)

    async def checks(self, case: Case) -> Mapping[Requirement, RequirementCheck]:
        query = select(RequirementCheck).where(RequirementCheck.case_id == case.id)
        return {each.requirement: each for each in await self.session.scalars(query)}

    async def was_asked(self, case: Case) -> bool:
        """Whether the reporter was ever told what is missing."""
        query = select(func.count()).where(
            CaseDocument.case_id == case.id, CaseDocument.kind == DocumentKind.COMPLETION_NOTICE
        )
        return bool(await self.session.scalar(query))

    async def was_adopted(self, case: Case) -> bool:
        """Whether a plenary made a finding of it."""
        query = select(func.count()).where(Plenary.case_id == case.id, Plenary.result.is_(None))
        return bool(await self.session.scalar(query))
