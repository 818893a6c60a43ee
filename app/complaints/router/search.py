"""Searching the desk's list, and taking it away as a sheet.

Both are POST because what is sought may be personal, and URLs end in logs.
"""

from typing import Any, Final

from fastapi.responses import StreamingResponse

from app.complaints.files.sheets import MEDIA_TYPE, header
from app.complaints.models.complaints import Complaint
from app.complaints.router.doors import Search, may_read
from app.complaints.schemas.desk import ComplaintRow
from app.complaints.schemas.search import ExportIn, SearchIn
from app.complaints.service.search import write_sheet
from app.core.paging import Found
from app.web.clock import Now
from app.web.database import SessionFactory
from app.web.door import CurrentActor
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/complaints", "complaints")

_SHEET: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "One row for each complaint, nothing of any person in it.",
        "content": {"text/csv": {"schema": {"type": "string"}, "example": header().decode()}},
    }
}


@router.post("/search", response_model=Page[ComplaintRow], dependencies=[may_read])
async def search_complaints(wanted: SearchIn, search: Search) -> Found[Complaint]:
    """Search complaints by words, persons, offices, addresses and files; all terms must be met.

    What was filed or added a moment ago is found within seconds. Words are found in any form.
    """
    return await search.search(wanted)


@router.post("/export", response_class=StreamingResponse, responses=_SHEET, dependencies=[may_read])
async def export_complaints(
    wanted: ExportIn, search: Search, actor: CurrentActor, now: Now, sessions: SessionFactory
) -> StreamingResponse:
    """Export what a search finds as CSV, whole."""
    sought = await search.begin_export(wanted)
    sheet = write_sheet(sessions, actor, now, wanted, sought)
    return StreamingResponse(sheet, headers={"Content-Type": MEDIA_TYPE})
