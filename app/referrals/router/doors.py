"""What the routers of referrals share: their doors, and the services behind them."""

from typing import Annotated

from fastapi import Depends

from app.core.actors import Permission
from app.referrals.service.answering import AnsweringService
from app.referrals.service.desk import ReferralDesk
from app.referrals.service.following import FollowingService
from app.referrals.service.forwarding import ForwardingService
from app.referrals.service.law import LawService
from app.web.database import Session
from app.web.door import needs
from app.web.opening import opened

may_read = needs(Permission.READ_REFERRALS)
may_answer = needs(Permission.ANSWER_REFERRALS)
may_forward = needs(Permission.FORWARD_CASES)


async def open_law(session: Session) -> LawService:
    return LawService(session)


Law = Annotated[LawService, Depends(open_law)]
Desk = Annotated[ReferralDesk, opened(ReferralDesk)]
Forwarding = Annotated[ForwardingService, opened(ForwardingService)]
Answering = Annotated[AnsweringService, opened(AnsweringService)]
Following = Annotated[FollowingService, opened(FollowingService)]
