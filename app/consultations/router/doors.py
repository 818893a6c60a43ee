"""What the routers of consultations share: their doors, and the services behind them."""

from typing import Annotated

from fastapi import Depends

from app.consultations.service.asking import AskingService
from app.consultations.service.catalogue import CatalogueService
from app.consultations.service.desk import DeskService
from app.consultations.service.following import FollowingService
from app.consultations.service.places import Places
from app.consultations.service.published import PublishedService
from app.consultations.service.publishing import PublishingService
from app.core.actors import Permission
from app.web.database import Session
from app.web.door import needs
from app.web.opening import opened

may_read = needs(Permission.READ_CONSULTATIONS)
may_answer = needs(Permission.ANSWER_CONSULTATIONS)
may_follow = needs(Permission.FOLLOW_CONSULTATION)


async def open_catalogue(session: Session) -> CatalogueService:
    return CatalogueService(session)


async def open_places(session: Session) -> Places:
    return Places(session)


Asking = Annotated[AskingService, opened(AskingService)]
Following = Annotated[FollowingService, opened(FollowingService)]
Desk = Annotated[DeskService, opened(DeskService)]
Publishing = Annotated[PublishingService, opened(PublishingService)]
Published = Annotated[PublishedService, opened(PublishedService)]
PlacesToAsk = Annotated[Places, Depends(open_places)]
Catalogue = Annotated[CatalogueService, Depends(open_catalogue)]
