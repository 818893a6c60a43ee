from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Response

from app.core.actors import Permission
from app.referrals.service.case_files import CaseFileService
from app.web.clock import Now
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor, needs
from app.web.operation import rooms

router = rooms("/cases", "cases")

may_open = needs(Permission.OPEN_EVIDENCE)


def _document(media_type: str, said: str) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "string", "format": "binary"}
    return {200: {"description": said, "content": {media_type: {"schema": schema}}}}


class PdfFile(Response):
    media_type = "application/pdf"


class ZipFile(Response):
    media_type = "application/zip"


PDF: Final = _document(PdfFile.media_type, "The file on paper; its last page prints the digest.")
ZIP: Final = _document(ZipFile.media_type, "Stored files with a manifest of their hashes.")


async def open_files(
    sessions: SessionFactory, actor: CurrentActor, now: Now, keys: Keys
) -> CaseFileService:
    return CaseFileService(sessions, actor, now, keys)


Files = Annotated[CaseFileService, Depends(open_files)]


@router.get("/{case_id}/file", response_class=PdfFile, responses=PDF, dependencies=[may_open])
async def print_case(case_id: UUID, files: Files) -> Response:
    """Print the whole case file, for the hand-over on paper; it is recorded.

    Who reported is not in it. Only the office that holds the case can take it out.
    """
    return PdfFile(await files.paper(case_id), headers=_named(case_id, "pdf"))


@router.get("/{case_id}/bundle", response_class=ZipFile, responses=ZIP, dependencies=[may_open])
async def export_case(case_id: UUID, files: Files) -> Response:
    """Export the case file as a bundle that `netra verify-bundle` checks offline.

    It holds the list of the evidence with hashes, not the files: each original is opened by
    itself, with a reason.
    """
    return ZipFile(await files.bundle(case_id), headers=_named(case_id, "zip"))


def _named(case_id: UUID, ending: str) -> dict[str, str]:
    name = f"berkas-{case_id}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
