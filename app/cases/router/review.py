from uuid import UUID

from fastapi import Response

from app.cases.models.cases import Case
from app.cases.models.registration import Registration
from app.cases.router.doors import Registering, Review, may_handle, may_read
from app.cases.rules.requirements import Requirement
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.registration import RegistrationIn, RegistrationOut
from app.cases.schemas.review import CheckIn, ChecklistOut, CompletionRequestIn, RefusalIn
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/cases", "cases")


@router.get("/{case_id}/requirements", dependencies=[may_read])
async def read_requirements(case_id: UUID, review: Review) -> ChecklistOut:
    """Read what was checked in the initial review, by whom, and what would follow."""
    return await review.checklist(case_id)


@router.put(
    "/{case_id}/requirements/{requirement_code}", dependencies=[may_handle, can_be_rehearsed]
)
async def put_requirement(
    case_id: UUID, requirement_code: Requirement, form: CheckIn, review: Review
) -> ChecklistOut:
    """Write down whether one formal or material requirement is met."""
    return await review.check(case_id, requirement_code, form)


@router.post(
    "/{case_id}/completion-request",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def request_completion(
    case_id: UUID, form: CompletionRequestIn, review: Review, response: Response
) -> Case:
    """Tell the reporter by letter and message what is missing; the review waits 2 x 24 hours.

    What the reporter adds resumes it by itself.
    """
    return tagged(response, await review.request_completion(case_id, form))


@router.post(
    "/{case_id}/review",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def resume_review(case_id: UUID, review: Review, response: Response) -> Case:
    """Go on with the initial review, where the reporter answered in another way."""
    return tagged(response, await review.resume(case_id))


@router.post(
    "/{case_id}/registration",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def register_case(
    case_id: UUID, form: RegistrationIn, registering: Registering, response: Response
) -> Case:
    """Register a report or a finding under the next number of its office, kind and election."""
    return tagged(response, await registering.register(case_id, form))


@router.get("/{case_id}/registration", response_model=RegistrationOut, dependencies=[may_read])
async def read_registration(case_id: UUID, registering: Registering) -> Registration:
    """Read the number of a case in its parts."""
    return await registering.read(case_id)


@router.post(
    "/{case_id}/refusal",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def refuse_registration(
    case_id: UUID, form: RefusalIn, registering: Registering, response: Response
) -> Case:
    """Do not register a case, for a reason that what was checked bears out."""
    return tagged(response, await registering.refuse(case_id, form))
