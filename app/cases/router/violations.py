from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.cases.models.cases import Case
from app.cases.router.doors import Catalogue, Classifications, may_handle, may_read
from app.cases.rules.violations import ViolationKind
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.violations import (
    ClassificationIn,
    ClassificationOut,
    ReversalIn,
    ViolationKindFilter,
    ViolationKindOut,
)
from app.core.paging import Found, Slice
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("", "cases")


@router.get("/violation-kinds", response_model=Page[ViolationKindOut], dependencies=[may_read])
async def list_violation_kinds(
    wanted: Annotated[ViolationKindFilter, Query()], catalogue: Catalogue
) -> Found[ViolationKind]:
    """List the violation kinds with their versions, by code."""
    return await catalogue.find(wanted)


@router.post(
    "/cases/{case_id}/classifications",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def classify_act(
    case_id: UUID, form: ClassificationIn, classifications: Classifications, response: Response
) -> Case:
    """Say what a reported person did; its class follows from the day and the region."""
    return tagged(response, await classifications.classify(case_id, form))


@router.get(
    "/cases/{case_id}/classifications",
    response_model=Page[ClassificationOut],
    dependencies=[may_handle],
)
async def list_classifications(
    case_id: UUID, wanted: Annotated[Slice, Query()], classifications: Classifications
) -> Found[ClassificationOut]:
    """List what the reported persons are said to have done, newest first; reading is recorded."""
    return await classifications.find(case_id, wanted)


@router.post(
    "/cases/{case_id}/classifications/{classification_id}/reversal",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def reverse_classification(
    case_id: UUID,
    classification_id: UUID,
    form: ReversalIn,
    classifications: Classifications,
    response: Response,
) -> Case:
    """Take a classification back with a reason; it stays to be read."""
    return tagged(response, await classifications.reverse(case_id, classification_id, form.reason))
