"""The activity report of an event, as JSON and on paper."""

from contextlib import AbstractAsyncContextManager
from typing import Annotated, Final, TypeAlias
from uuid import UUID

from fastapi import Depends, Response

from app.rakor.router.doors import MERGE_PATCH, changes, may_read
from app.rakor.schemas.reports import ActivityReportOut, ReportPatch
from app.rakor.service.report_papers import print_report
from app.rakor.service.reports import ReportService
from app.web.clock import Now
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor
from app.web.etags import IfMatch, tagged
from app.web.opening import apart, opened
from app.web.operation import rooms
from app.web.pdf import PdfResponse, pdf_of

router = rooms("/events/{event_id}/report", "events")

Reports = Annotated[ReportService, opened(ReportService)]
Reading: TypeAlias = AbstractAsyncContextManager[ReportService]

PDF: Final = pdf_of("The report (A4) with the letterhead of the organiser.")
_NAMED: Final = {"Content-Disposition": 'attachment; filename="laporan-kegiatan.pdf"'}


async def open_reading(
    sessions: SessionFactory, actor: CurrentActor, keys: Keys, now: Now
) -> Reading:
    return apart(sessions, lambda session: ReportService(session, actor, now, keys))


Read = Annotated[Reading, Depends(open_reading)]


@router.get("", dependencies=[may_read])
async def read_activity_report(
    event_id: UUID, service: Reports, response: Response
) -> ActivityReportOut:
    """Read the activity report of an event, as who acts for its organiser.

    It is there from the beginning, put together from what the event has left so far; people add
    the rest. It may name persons, so the reading is journalled.
    """
    return tagged(response, await service.read(event_id))


@router.patch("", dependencies=changes)
async def revise_activity_report(
    event_id: UUID,
    version: IfMatch,
    patch: Annotated[ReportPatch, MERGE_PATCH],
    service: Reports,
    response: Response,
) -> ActivityReportOut:
    """Write what an activity report needs beyond the event; each revision is kept."""
    return tagged(response, await service.revise(event_id, version, patch))


@router.get("/paper", response_class=PdfResponse, responses=PDF, dependencies=[may_read])
async def print_activity_report(event_id: UUID, reading: Read) -> Response:
    """Print the activity report as PDF, marked as a draft before the event is reported.

    It is a draft again while a later revision of the minutes waits to be approved.
    """
    async with reading as service:
        report = await service.read(event_id)
    return PdfResponse(await print_report(report), headers=_NAMED)
