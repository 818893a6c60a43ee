from datetime import datetime

from app.complaints.models.complaints import Complaint, StatusLine
from app.complaints.rules import procedure
from app.complaints.schemas.filing import (
    OfficeOut,
    PromiseOut,
)
from app.core.forms import TextOut


def promise_of(complaint: Complaint, holder: OfficeOut) -> PromiseOut:
    return PromiseOut(
        id=complaint.id,
        kind=complaint.kind,
        status=complaint.status,
        submitted_at=complaint.submitted_at,
        officially_received_at=complaint.officially_received_at,
        filed_late=complaint.filed_late,
        holder=holder,
        next_step=TextOut.model_validate(procedure.NEXT_STEPS[complaint.status]),
        next_due_on=complaint.next_due_on,
    )


def first_line(complaint: Complaint) -> StatusLine:
    """The first line of the public status needs no row: the complaint itself says it."""
    return StatusLine(
        complaint_id=complaint.id,
        at=complaint.submitted_at,
        status=procedure.FIRST[complaint.kind],
        office_id=complaint.office_id,
        next_due_on=complaint.next_due_on,
    )


def line_of(complaint: Complaint, now: datetime) -> StatusLine:
    return StatusLine(
        complaint_id=complaint.id,
        at=now,
        status=complaint.status,
        office_id=complaint.office_id,
        next_due_on=complaint.next_due_on,
    )
