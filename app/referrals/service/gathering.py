from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.handling import OpenedDocumentOut
from app.cases.service.clarifications import ClarificationService
from app.cases.service.holding import HoldingService
from app.cases.service.persons import CasePersonService
from app.cases.service.plenaries import PlenaryService
from app.cases.service.review import ReviewService
from app.cases.service.study import StudyService
from app.complaints.service.desk import DeskService
from app.complaints.service.supplements import SupplementService
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found, Slice
from app.offices.repository import OfficeRepository
from app.referrals.models.referrals import Referral
from app.referrals.repository.facts import FactsRepository
from app.referrals.rules.case_files import is_deed
from app.referrals.schemas.case_file import CaseContents, Deed, FiledReferral, FiledReport
from app.referrals.schemas.steps import ControlOut
from app.referrals.service.desk import ReferralDesk
from app.referrals.service.dossiers import DossierMaker

T = TypeVar("T")


class Gathering:
    """Brings together what the officers of the holder can read of a case, by the services by
    which they read it: each opening stands in the journal as theirs does."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.persons = CasePersonService(session, actor, now, keys)
        self.review = ReviewService(session, actor, now, keys)
        self.clarifications = ClarificationService(session, actor, now, keys)
        self.study = StudyService(session, actor, now, keys)
        self.plenaries = PlenaryService(session, actor, now, keys)
        self.holding = HoldingService(session, actor, now, keys)
        self.reports = DeskService(session, actor, now, keys)
        self.supplements = SupplementService(session, actor, now, keys)
        self.referrals = ReferralDesk(session, actor, now, keys)
        self.dossiers = DossierMaker(session, now, keys)
        self.facts = FactsRepository(session)
        self.offices = OfficeRepository(session)
        self.journal = Journal(session, actor, now)

    async def gather(self, case: Case) -> CaseContents:
        """All of it, in the order in which it happened."""
        complaints = [each.id for each in await self.facts.complaints(case)]
        holder = await self.offices.get(case.office_id)
        return CaseContents(
            case=CaseOut.model_validate(case),
            holder=holder.name,
            time_zone=holder.time_zone,
            persons=await _each(lambda part: self.persons.find(case.id, part)),
            requirements=(await self.review.checklist(case.id)).items,
            reports=[await self._report(each) for each in complaints],
            clarifications=await _each(lambda part: self.clarifications.find(case.id, part)),
            documents=await self._documents(case),
            decisions=_oldest(await _each(lambda part: self.plenaries.find(case.id, part))),
            custody=list((await self.holding.chain(case.id)).items),
            referrals=await self._referrals(case),
            evidence=await self.dossiers.evidence_of(complaints),
            chronology=await self._chronology(case),
        )

    async def _report(self, complaint_id: UUID) -> FiledReport:
        supplements = await _each(lambda part: self.supplements.of(complaint_id, part))
        return FiledReport(
            report=await self.reports.read(complaint_id), supplements=_oldest(supplements)
        )

    async def _documents(self, case: Case) -> list[OpenedDocumentOut]:
        papers = await _each(lambda part: self.study.find(case.id, part))
        return [await self.study.open(case.id, each.id) for each in _oldest(papers)]

    async def _referrals(self, case: Case) -> list[FiledReferral]:
        found = await self.referrals.steps.referrals.of_case(case)
        return [await self._referral(each) for each in found]

    async def _referral(self, referral: Referral) -> FiledReferral:
        id = referral.id
        controls = await _each(lambda part: self.referrals.controls(id, part))
        return FiledReferral(
            referral=await self.referrals.read(id),
            authority=referral.authority_code,
            follow_ups=_oldest(await _each(lambda part: self.referrals.follow_ups(id, part))),
            bkn_actions=[ControlOut.model_validate(each) for each in _oldest(controls)],
        )

    async def _chronology(self, case: Case) -> list[Deed]:
        entries = await _each(lambda part: self.journal.history(case, part))
        return [
            Deed(
                at=each.at,
                action=each.action,
                actor_kind=each.actor_kind,
                office_id=each.office_id,
            )
            for each in _oldest(entries)
            if is_deed(each.action)
        ]


async def _each(find: Callable[[Slice], Awaitable[Found[T]]]) -> list[T]:
    """Every item of a list, page by page."""
    items: list[T] = []
    cursor: str | None = None
    while True:
        found = await find(Slice(limit=200, cursor=cursor, count=None))
        items += found.items
        cursor = found.next_cursor
        if cursor is None:
            return items


def _oldest(newest_first: Sequence[T]) -> list[T]:
    return list(reversed(newest_first))
