"""What the routers of cases share: their doors, and the services behind them."""

from typing import Annotated

from fastapi import Depends

from app.cases.service.break_glass import BreakGlassService
from app.cases.service.catalogue import CatalogueService
from app.cases.service.clarifications import ClarificationService
from app.cases.service.classifications import ClassificationService
from app.cases.service.conflicts import ConflictService
from app.cases.service.desk import WorkListService
from app.cases.service.holding import HoldingService
from app.cases.service.notices import AnnouncementService, NoticeService
from app.cases.service.persons import CasePersonService
from app.cases.service.plenaries import PlenaryService
from app.cases.service.registration import RegistrationService
from app.cases.service.reports import CaseReportService
from app.cases.service.review import ReviewService
from app.cases.service.study import StudyService
from app.cases.service.tracing import TracingService
from app.cases.service.transfers import TransferService
from app.core.actors import Permission
from app.web.database import Session
from app.web.door import needs
from app.web.opening import opened

may_read = needs(Permission.READ_CASES)
may_handle = needs(Permission.HANDLE_CASES)
may_decide = needs(Permission.DECIDE_CASES)


async def open_catalogue(session: Session) -> CatalogueService:
    return CatalogueService(session)


async def open_announcements(session: Session) -> AnnouncementService:
    return AnnouncementService(session)


WorkList = Annotated[WorkListService, opened(WorkListService)]
Transfers = Annotated[TransferService, opened(TransferService)]
Holding = Annotated[HoldingService, opened(HoldingService)]
Conflicts = Annotated[ConflictService, opened(ConflictService)]
Glass = Annotated[BreakGlassService, opened(BreakGlassService)]
Clarifications = Annotated[ClarificationService, opened(ClarificationService)]
Study = Annotated[StudyService, opened(StudyService)]
Classifications = Annotated[ClassificationService, opened(ClassificationService)]
Plenaries = Annotated[PlenaryService, opened(PlenaryService)]
Notices = Annotated[NoticeService, opened(NoticeService)]
Catalogue = Annotated[CatalogueService, Depends(open_catalogue)]
Announcements = Annotated[AnnouncementService, Depends(open_announcements)]
Reports = Annotated[CaseReportService, opened(CaseReportService)]
Persons = Annotated[CasePersonService, opened(CasePersonService)]
Review = Annotated[ReviewService, opened(ReviewService)]
Registering = Annotated[RegistrationService, opened(RegistrationService)]
Tracing = Annotated[TracingService, opened(TracingService)]
