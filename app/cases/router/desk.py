from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.audit.models import JournalEntry
from app.cases.models.cases import Case
from app.cases.router.doors import WorkList, may_read
from app.cases.schemas.cases import ActionsOut, CaseFilter, CaseHistoryOut, CaseOut
from app.clocks.schemas.deadlines import DeadlineOut
from app.core.paging import Found, Slice
from app.web.etags import tagged
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/cases", "cases")


@router.get("", response_model=Page[CaseOut], dependencies=[may_read])
async def list_cases(wanted: Annotated[CaseFilter, Query()], desk: WorkList) -> Found[Case]:
    """List the cases that the reader sees, what is due first at the head."""
    return await desk.find(wanted)


@router.get("/{case_id}", response_model=CaseOut, dependencies=[may_read])
async def read_case(case_id: UUID, desk: WorkList, response: Response) -> Case:
    """Read where a case stands."""
    return tagged(response, await desk.read(case_id))


@router.get("/{case_id}/history", response_model=Page[CaseHistoryOut], dependencies=[may_read])
async def read_case_history(
    case_id: UUID, wanted: Annotated[Slice, Query()], desk: WorkList
) -> Found[JournalEntry]:
    """Read what was done with a case, newest first."""
    return await desk.history(case_id, wanted)


@router.get("/{case_id}/actions", dependencies=[may_read])
async def list_actions(case_id: UUID, desk: WorkList) -> ActionsOut:
    """List every step of the procedure: which is allowed now, and why the rest is not."""
    return await desk.actions(case_id)


@router.get("/{case_id}/deadlines", response_model=Page[DeadlineOut], dependencies=[may_read])
async def list_deadlines(case_id: UUID, desk: WorkList) -> Found[DeadlineOut]:
    """List the clocks of a case, each with every day that was counted or skipped, and why."""
    return await desk.deadlines(case_id)
