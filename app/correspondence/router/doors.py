"""What the routers of correspondence share: their doors, and the services behind them."""

from typing import Annotated

from app.core.actors import Permission
from app.correspondence.service.contact import ContactService
from app.correspondence.service.desk import DeskService
from app.correspondence.service.reporter import ReporterService
from app.web.door import needs
from app.web.opening import opened

may_read = needs(Permission.READ_COMPLAINTS)
may_handle = needs(Permission.HANDLE_COMPLAINTS)
may_follow = needs(Permission.FOLLOW_COMPLAINT)

Reporter = Annotated[ReporterService, opened(ReporterService)]
Contacts = Annotated[ContactService, opened(ContactService)]
Desk = Annotated[DeskService, opened(DeskService)]
