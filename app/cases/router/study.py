from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.cases.models.cases import Case
from app.cases.models.handling import CaseDocument
from app.cases.router.doors import Study, may_decide, may_handle, may_read
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.handling import DocumentOut, ExtensionIn, OpenedDocumentOut, StudyIn
from app.core.paging import Found, Slice
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/cases/{case_id}", "cases")


@router.post(
    "/study", response_model=CaseOut, dependencies=[may_handle, idempotent, can_be_rehearsed]
)
async def write_study(case_id: UUID, form: StudyIn, study: Study, response: Response) -> Case:
    """Write the study of a registered case; what was written before stays beside it."""
    return tagged(response, await study.write(case_id, form))


@router.post(
    "/extension", response_model=CaseOut, dependencies=[may_decide, idempotent, can_be_rehearsed]
)
async def extend_handling(
    case_id: UUID, form: ExtensionIn, study: Study, response: Response
) -> Case:
    """Extend the time of handling, once, for a stated reason."""
    return tagged(response, await study.extend(case_id, form.reason))


@router.get("/documents", response_model=Page[DocumentOut], dependencies=[may_read])
async def list_case_documents(
    case_id: UUID, wanted: Annotated[Slice, Query()], study: Study
) -> Found[CaseDocument]:
    """List the papers of a case, newest first, without their words."""
    return await study.find(case_id, wanted)


@router.get("/documents/{document_id}", dependencies=[may_handle])
async def read_case_document(case_id: UUID, document_id: UUID, study: Study) -> OpenedDocumentOut:
    """Read a paper of a case with its words; reading it is recorded."""
    return await study.open(case_id, document_id)
