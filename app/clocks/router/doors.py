"""What the routers of clocks share: their doors, and the services behind them."""

from typing import Annotated

from fastapi import Depends

from app.clocks.service.deadlines import ClockService
from app.clocks.service.previews import PreviewService
from app.clocks.service.reminders import ReminderService
from app.core.actors import Permission
from app.web.clock import Now
from app.web.database import Session
from app.web.door import CurrentActor, needs

may_read = needs(Permission.READ_CLOCKS)
may_be_reminded = needs(Permission.READ_REMINDERS)
may_manage = needs(Permission.MANAGE_CLOCKS)


async def open_service(session: Session) -> ClockService:
    return ClockService(session)


async def open_previews(session: Session, actor: CurrentActor, now: Now) -> PreviewService:
    return PreviewService(session, actor, now)


async def open_reminders(session: Session, actor: CurrentActor, now: Now) -> ReminderService:
    return ReminderService(session, actor, now)


Law = Annotated[ClockService, Depends(open_service)]
Previews = Annotated[PreviewService, Depends(open_previews)]
Reminders = Annotated[ReminderService, Depends(open_reminders)]
