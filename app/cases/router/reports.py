from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.cases.models.cases import Case
from app.cases.router.doors import Reports, may_handle, may_read
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.reports import CaseReportOut, JoiningIn
from app.core.paging import Found, Slice
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/cases", "cases")


@router.get("/{case_id}/reports", response_model=Page[CaseReportOut], dependencies=[may_read])
async def list_case_reports(
    case_id: UUID, wanted: Annotated[Slice, Query()], reports: Reports
) -> Found[CaseReportOut]:
    """List what is handled together in a case, the last that joined first."""
    return await reports.find(case_id, wanted)


@router.post(
    "/{case_id}/reports",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def join_report(case_id: UUID, form: JoiningIn, reports: Reports, response: Response) -> Case:
    """Handle another report in this case, before either of them is registered.

    A report that was opened as a case of its own brings all that its case has, and that case is
    closed as merged; of two clocks for one step the one that is due first is kept.
    """
    return tagged(response, await reports.join(case_id, form))


@router.post(
    "/{case_id}/reports/{complaint_id}/separation",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def separate_report(
    case_id: UUID, complaint_id: UUID, reports: Reports, response: Response
) -> Case:
    """Take a report out into a case of its own, which is the answer, with the persons it names."""
    return tagged(response, await reports.separate(case_id, complaint_id))
