"""What the routers of complaints share: their doors, and the services behind them."""

from typing import Annotated

from fastapi import Depends

from app.complaints.service.desk import DeskService
from app.complaints.service.entries import EntryService
from app.complaints.service.evidence import ComplaintEvidenceService
from app.complaints.service.filing import FilingService
from app.complaints.service.identity import IdentityService
from app.complaints.service.links import LinkService
from app.complaints.service.queues import QueueService
from app.complaints.service.receipt import FollowingService
from app.complaints.service.search import SearchService
from app.complaints.service.supplements import SupplementService
from app.complaints.service.withdrawal import WithdrawalService
from app.core.actors import Permission
from app.evidence.router.doors import OpenDepot
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, needs

may_read = needs(Permission.READ_COMPLAINTS)
may_handle = needs(Permission.HANDLE_COMPLAINTS)
may_open = needs(Permission.OPEN_EVIDENCE)
may_hold = needs(Permission.HOLD_EVIDENCE)
may_enter = needs(Permission.ENTER_COMPLAINTS)
may_follow = needs(Permission.FOLLOW_COMPLAINT)
may_request_identity = needs(Permission.REQUEST_IDENTITY)
may_decide_identity = needs(Permission.DECIDE_IDENTITY)


async def open_filing(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> FilingService:
    return FilingService(session, actor, now, keys)


async def open_following(session: Session, actor: CurrentActor, now: Now) -> FollowingService:
    return FollowingService(session, actor, now)


async def open_desk(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> DeskService:
    return DeskService(session, actor, now, keys)


async def open_requests(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> IdentityService:
    return IdentityService(session, actor, now, keys)


async def open_search(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> SearchService:
    return SearchService(session, actor, now, keys)


async def open_queues(session: Session, actor: CurrentActor, now: Now) -> QueueService:
    return QueueService(session, actor, now)


async def open_linking(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> LinkService:
    return LinkService(session, actor, now, keys)


async def open_evidence(
    session: Session, actor: CurrentActor, now: Now, keys: Keys, depot: OpenDepot
) -> ComplaintEvidenceService:
    return ComplaintEvidenceService(session, actor, now, keys, depot.objects)


async def open_supplements(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> SupplementService:
    return SupplementService(session, actor, now, keys)


async def open_withdrawal(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> WithdrawalService:
    return WithdrawalService(session, actor, now, keys)


async def open_entries(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> EntryService:
    return EntryService(session, actor, now, keys)


Filing = Annotated[FilingService, Depends(open_filing)]
Following = Annotated[FollowingService, Depends(open_following)]
Desk = Annotated[DeskService, Depends(open_desk)]
Identity = Annotated[IdentityService, Depends(open_requests)]
Search = Annotated[SearchService, Depends(open_search)]
Queues = Annotated[QueueService, Depends(open_queues)]
Linking = Annotated[LinkService, Depends(open_linking)]
EvidenceOf = Annotated[ComplaintEvidenceService, Depends(open_evidence)]
Supplements = Annotated[SupplementService, Depends(open_supplements)]
Withdrawal = Annotated[WithdrawalService, Depends(open_withdrawal)]
Entries = Annotated[EntryService, Depends(open_entries)]
