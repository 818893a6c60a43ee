"""The offices of Bawaslu and of its partner agencies."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Depends, Query, Response

from app.core.actors import Permission
from app.core.paging import Found
from app.offices.models import Office
from app.offices.schemas import OfficeFilter, OfficeIn, OfficeOut, OfficePatch
from app.offices.service import OfficeService
from app.web.clock import Now
from app.web.database import Session
from app.web.door import CurrentActor, needs
from app.web.etags import IfMatch, tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/offices", "accounts")

may_read = needs(Permission.READ_OFFICES)
may_manage = needs(Permission.MANAGE_OFFICES)


async def open_service(session: Session, actor: CurrentActor, now: Now) -> OfficeService:
    return OfficeService(session, actor, now)


Service = Annotated[OfficeService, Depends(open_service)]


@router.get("", response_model=Page[OfficeOut], dependencies=[may_read])
async def list_offices(wanted: Annotated[OfficeFilter, Query()], service: Service) -> Found[Office]:
    """List the offices of the whole country, the last added first."""
    return await service.find(wanted)


@router.post(
    "",
    status_code=201,
    response_model=OfficeOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def add_office(form: OfficeIn, service: Service) -> Office:
    """Add an office of a partner agency, or of Bawaslu in a district, in your own area."""
    return await service.add(form)


@router.get("/{office_id}", response_model=OfficeOut, dependencies=[may_read])
async def read_office(office_id: UUID, service: Service, response: Response) -> Office:
    """Read one office."""
    return tagged(response, await service.get(office_id))


@router.patch("/{office_id}", response_model=OfficeOut, dependencies=[may_manage, can_be_rehearsed])
async def change_office(
    office_id: UUID,
    version: IfMatch,
    patch: Annotated[OfficePatch, Body(media_type="application/merge-patch+json")],
    service: Service,
    response: Response,
) -> Office:
    """Set the code of an office in its own numbering, without which it can register no case."""
    return tagged(response, await service.change(office_id, version, patch))
