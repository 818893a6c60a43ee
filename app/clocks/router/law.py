"""The deadlines of the law, as the service counts them."""

from typing import Annotated

from fastapi import Depends, Query

from app.clocks.rules.norms import DeadlineRule
from app.clocks.schemas.rules import RuleFilter, RuleOut
from app.clocks.service.deadlines import ClockService
from app.core.actors import Permission
from app.core.paging import Found
from app.web.database import Session
from app.web.door import needs
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/clocks", "clocks")

may_read = needs(Permission.READ_CLOCKS)


async def open_service(session: Session) -> ClockService:
    return ClockService(session)


Service = Annotated[ClockService, Depends(open_service)]


@router.get("/rules", response_model=Page[RuleOut], dependencies=[may_read])
async def list_deadline_rules(
    wanted: Annotated[RuleFilter, Query()], service: Service
) -> Found[DeadlineRule]:
    """List the deadline rules with their versions and sources, in the order of their codes."""
    return await service.find(wanted)
