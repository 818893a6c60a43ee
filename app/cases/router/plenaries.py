from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.cases.models.cases import Case
from app.cases.router.doors import Plenaries, may_decide, may_handle
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.plenaries import PlenaryIn, PlenaryOut
from app.core.paging import Found, Slice
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/cases/{case_id}", "cases")


@router.post(
    "/decision", response_model=CaseOut, dependencies=[may_decide, idempotent, can_be_rehearsed]
)
async def decide_case(
    case_id: UUID, form: PlenaryIn, plenaries: Plenaries, response: Response
) -> Case:
    """Record what the plenary decided, in several categories at once where it did."""
    return tagged(response, await plenaries.decide(case_id, form))


@router.get("/plenaries", response_model=Page[PlenaryOut], dependencies=[may_handle])
async def list_plenaries(
    case_id: UUID, wanted: Annotated[Slice, Query()], plenaries: Plenaries
) -> Found[PlenaryOut]:
    """List the plenaries of a case, opened with votes and dissent; reading it is recorded."""
    return await plenaries.find(case_id, wanted)
