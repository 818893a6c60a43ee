from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.cases.models.cases import Case
from app.cases.router.doors import Clarifications, may_handle
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.handling import ClarificationIn, ClarificationOut, HearingIn
from app.core.paging import Found, Slice
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/cases/{case_id}/clarifications", "cases")


@router.post("", response_model=CaseOut, dependencies=[may_handle, idempotent, can_be_rehearsed])
async def invite_party(
    case_id: UUID, form: ClarificationIn, clarifications: Clarifications, response: Response
) -> Case:
    """Invite a party of a registered case to be heard."""
    return tagged(response, await clarifications.invite(case_id, form))


@router.get("", response_model=Page[ClarificationOut], dependencies=[may_handle])
async def list_clarifications(
    case_id: UUID, wanted: Annotated[Slice, Query()], clarifications: Clarifications
) -> Found[ClarificationOut]:
    """List who was invited and what was heard, opened; reading it is recorded."""
    return await clarifications.find(case_id, wanted)


@router.post(
    "/{clarification_id}/minutes",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def record_clarification(
    case_id: UUID,
    clarification_id: UUID,
    form: HearingIn,
    clarifications: Clarifications,
    response: Response,
) -> Case:
    """Record whether the party came, with the minutes; once for each invitation."""
    return tagged(response, await clarifications.record(case_id, clarification_id, form))
