"""What the routers of evidence share: their doors, and the services behind them."""

from typing import Annotated

from fastapi import Depends, Request

from app.core.actors import Permission
from app.evidence.service.depot import Depot
from app.evidence.service.uploads import UploadService
from app.web.clock import present
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor, needs

may_upload = needs(Permission.UPLOAD_EVIDENCE)


async def open_depot(request: Request) -> Depot:
    depot: Depot = request.app.state.depot
    return depot


OpenDepot = Annotated[Depot, Depends(open_depot)]


async def open_uploads(
    depot: OpenDepot, sessions: SessionFactory, actor: CurrentActor, keys: Keys
) -> UploadService:
    # The moment is read when the last byte has come, which may be an hour after the first.
    return UploadService(depot, sessions, actor, keys, present)


Uploads = Annotated[UploadService, Depends(open_uploads)]
