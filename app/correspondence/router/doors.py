"""What the routers of correspondence share: their doors, and the services behind them."""

from functools import partial
from typing import Annotated, Final

from app.core.actors import Permission
from app.correspondence.service.contact import ContactService
from app.correspondence.service.desk import DeskService
from app.correspondence.service.reporter import ReporterService
from app.receipts.rules import ReceiptKind
from app.web.door import needs
from app.web.opening import opened

may_read = needs(Permission.READ_COMPLAINTS)
may_handle = needs(Permission.HANDLE_COMPLAINTS)
may_follow = needs(Permission.FOLLOW_COMPLAINT)

may_read_consultations = needs(Permission.READ_CONSULTATIONS)
may_answer_consultations = needs(Permission.ANSWER_CONSULTATIONS)
may_follow_consultation = needs(Permission.FOLLOW_CONSULTATION)

Reporter = Annotated[ReporterService, opened(ReporterService)]
Contacts = Annotated[ContactService, opened(ContactService)]
Desk = Annotated[DeskService, opened(DeskService)]

_OF_CONSULTATION: Final = ReceiptKind.CONSULTATION

Asker = Annotated[ReporterService, opened(partial(ReporterService, kind=_OF_CONSULTATION))]
AskersContact = Annotated[ContactService, opened(partial(ContactService, kind=_OF_CONSULTATION))]
AnsweringDesk = Annotated[DeskService, opened(partial(DeskService, kind=_OF_CONSULTATION))]
