"""What the routers of correspondence share: their doors, and the services behind them."""

from typing import Annotated

from fastapi import Depends

from app.core.actors import Permission
from app.correspondence.service.contact import ContactService
from app.correspondence.service.desk import DeskService
from app.correspondence.service.reporter import ReporterService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, needs

may_read = needs(Permission.READ_COMPLAINTS)
may_handle = needs(Permission.HANDLE_COMPLAINTS)
may_follow = needs(Permission.FOLLOW_COMPLAINT)


async def open_reporter(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> ReporterService:
    return ReporterService(session, actor, now, keys)


async def open_contact(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> ContactService:
    return ContactService(session, actor, now, keys)


async def open_desk(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> DeskService:
    return DeskService(session, actor, now, keys)


Reporter = Annotated[ReporterService, Depends(open_reporter)]
Contacts = Annotated[ContactService, Depends(open_contact)]
Desk = Annotated[DeskService, Depends(open_desk)]
