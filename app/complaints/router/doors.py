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
from app.web.opening import opened

may_read = needs(Permission.READ_COMPLAINTS)
may_handle = needs(Permission.HANDLE_COMPLAINTS)
may_open = needs(Permission.OPEN_EVIDENCE)
may_hold = needs(Permission.HOLD_EVIDENCE)
may_enter = needs(Permission.ENTER_COMPLAINTS)
may_follow = needs(Permission.FOLLOW_COMPLAINT)
may_request_identity = needs(Permission.REQUEST_IDENTITY)
may_decide_identity = needs(Permission.DECIDE_IDENTITY)


async def open_following(session: Session, actor: CurrentActor, now: Now) -> FollowingService:
    return FollowingService(session, actor, now)


async def open_queues(session: Session, actor: CurrentActor, now: Now) -> QueueService:
    return QueueService(session, actor, now)


async def open_evidence(
    session: Session, actor: CurrentActor, now: Now, keys: Keys, depot: OpenDepot
) -> ComplaintEvidenceService:
    return ComplaintEvidenceService(session, actor, now, keys, depot.objects)


Filing = Annotated[FilingService, opened(FilingService)]
Following = Annotated[FollowingService, Depends(open_following)]
Desk = Annotated[DeskService, opened(DeskService)]
Identity = Annotated[IdentityService, opened(IdentityService)]
Search = Annotated[SearchService, opened(SearchService)]
Queues = Annotated[QueueService, Depends(open_queues)]
Linking = Annotated[LinkService, opened(LinkService)]
EvidenceOf = Annotated[ComplaintEvidenceService, Depends(open_evidence)]
Supplements = Annotated[SupplementService, opened(SupplementService)]
Withdrawal = Annotated[WithdrawalService, opened(WithdrawalService)]
Entries = Annotated[EntryService, opened(EntryService)]
