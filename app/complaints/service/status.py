from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import Complaint, StatusLine
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules import procedure
from app.complaints.rules.procedure import Status
from app.complaints.rules.prospects import NEXT_STEPS
from app.complaints.schemas.filing import (
    OfficeOut,
    PromiseOut,
)
from app.core.actors import Actor
from app.core.forms import TextOut
from app.correspondence.service.notices import NoticeService
from app.receipts.rules import ReceiptKind


@dataclass(frozen=True)
class Told:
    """What the reporter is to see from now on; `next_due_on` is a day in the zone of the office."""

    status: Status
    office_id: UUID
    next_due_on: date | None


class StatusService:
    """How the floors above write what the reporter may see of a step; they journal it themselves.

    Which step may follow is for them to say, and so is who may take it.
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.notices = NoticeService(session, now, ReceiptKind.COMPLAINT)
        self.now = now

    async def taken(self, complaint_id: UUID) -> Complaint:
        """The complaint, locked; NotFound where the actor does not see it.

        Whoever takes several takes them in the order of their ids, or two wait for ever.
        """
        return await self.complaints.get(complaint_id, lock=True)

    async def tell(self, complaints: Sequence[Complaint], told: Told) -> None:
        """Write it on complaints that were taken, and queue a notice where the reporter sees news.

        A day that moves by itself changes the row, and is no news.
        """
        for complaint in sorted(complaints, key=lambda each: each.id):
            is_news = (complaint.status, complaint.office_id) != (told.status, told.office_id)
            if is_news or complaint.next_due_on != told.next_due_on:
                _write(complaint, told)
            if is_news:
                self.complaints.add_line(_line_of(complaint, self.now))
                await self.notices.queue(complaint)


def promise_of(complaint: Complaint, holder: OfficeOut) -> PromiseOut:
    return PromiseOut(
        id=complaint.id,
        kind=complaint.kind,
        status=complaint.status,
        submitted_at=complaint.submitted_at,
        officially_received_at=complaint.officially_received_at,
        filed_late=complaint.filed_late,
        holder=holder,
        next_step=TextOut.model_validate(NEXT_STEPS[complaint.status]),
        next_due_on=complaint.next_due_on,
    )


def first_line(complaint: Complaint) -> StatusLine:
    """The first line of the public status needs no row: the complaint itself says it."""
    return StatusLine(
        complaint_id=complaint.id,
        at=complaint.submitted_at,
        status=procedure.FIRST[complaint.kind],
        office_id=complaint.first_office_id or complaint.office_id,
        next_due_on=complaint.next_due_on,
    )


def _write(complaint: Complaint, told: Told) -> None:
    if complaint.office_id != told.office_id:
        complaint.first_office_id = complaint.first_office_id or complaint.office_id
    complaint.status = told.status
    complaint.office_id = told.office_id
    complaint.next_due_on = told.next_due_on
    complaint.version += 1


def _line_of(complaint: Complaint, now: datetime) -> StatusLine:
    return StatusLine(
        complaint_id=complaint.id,
        at=now,
        status=complaint.status,
        office_id=complaint.office_id,
        next_due_on=complaint.next_due_on,
    )
