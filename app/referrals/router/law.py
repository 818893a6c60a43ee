from typing import Annotated

from fastapi import Query

from app.core.paging import Found
from app.referrals.router.doors import Law, may_read
from app.referrals.schemas.law import (
    AuthorityFilter,
    AuthorityOut,
    SanctionKindFilter,
    SanctionKindOut,
)
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("", "referrals")


@router.get("/authorities", response_model=Page[AuthorityOut], dependencies=[may_read])
async def list_authorities(
    wanted: Annotated[AuthorityFilter, Query()], law: Law
) -> Found[AuthorityOut]:
    """List who is competent for what, on which days and by which law."""
    return await law.find_authorities(wanted)


@router.get("/sanction-kinds", response_model=Page[SanctionKindOut], dependencies=[may_read])
async def list_sanction_kinds(
    wanted: Annotated[SanctionKindFilter, Query()], law: Law
) -> Found[SanctionKindOut]:
    """List the kinds of sanctions: how severe, for whom, how long, on which days."""
    return await law.find_sanction_kinds(wanted)
