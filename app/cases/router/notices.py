from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Response

from app.cases.models.cases import Case
from app.cases.router.doors import Announcements, Notices, may_decide, may_handle
from app.cases.schemas.announcements import AnnouncementFilter, AnnouncementOut
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.handling import NoticeIn
from app.core.paging import Found
from app.web.door import anyone
from app.web.etags import cached, tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

FIVE_MINUTES: Final = 300

router = rooms("", "cases")


@router.post(
    "/cases/{case_id}/notices",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def issue_notice(case_id: UUID, form: NoticeIn, notices: Notices, response: Response) -> Case:
    """Tell the reporters the status of their case, in words composed of codes alone."""
    return tagged(response, await notices.notify(case_id, form))


@router.post(
    "/cases/{case_id}/announcement",
    response_model=CaseOut,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def announce_case(case_id: UUID, notices: Notices, response: Response) -> Case:
    """Announce number, office, status and result of a case to the public; never a person."""
    return tagged(response, await notices.announce(case_id))


@router.post(
    "/cases/{case_id}/closing",
    response_model=CaseOut,
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def close_case(case_id: UUID, notices: Notices, response: Response) -> Case:
    """Close a case with which nothing more is to be done."""
    return tagged(response, await notices.close(case_id))


@router.get(
    "/announcements",
    response_model=Page[AnnouncementOut],
    dependencies=[anyone, cached(FIVE_MINUTES)],
)
async def list_announcements(
    wanted: Annotated[AnnouncementFilter, Query()], announcements: Announcements
) -> Found[AnnouncementOut]:
    """List what was announced of cases, newest first; of each case the last word."""
    return await announcements.find(wanted)
