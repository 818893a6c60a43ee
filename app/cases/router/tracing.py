from uuid import UUID

from fastapi import Response

from app.cases.models.cases import Case
from app.cases.router.doors import Tracing, may_decide, may_handle
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.registration import AdoptionIn, ConversionIn, TracingReportIn
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/cases", "cases")


@router.post(
    "/{case_id}/conversion",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def convert_to_information(
    case_id: UUID, form: ConversionIn, tracing: Tracing, response: Response
) -> Case:
    """Go on with a report as initial information, which supervisors trace."""
    return tagged(response, await tracing.convert(case_id, form))


@router.post(
    "/{case_id}/adoption",
    response_model=CaseOut,
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def adopt_finding(
    case_id: UUID, form: AdoptionIn, tracing: Tracing, response: Response
) -> Case:
    """Make a finding of what was traced, or of a withdrawn report, by a plenary."""
    return tagged(response, await tracing.adopt(case_id, form))


@router.post(
    "/{case_id}/tracing-report",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def close_tracing(
    case_id: UUID, form: TracingReportIn, tracing: Tracing, response: Response
) -> Case:
    """End the tracing of initial information with its report."""
    return tagged(response, await tracing.close(case_id, form))
