from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.models.complaints import Complaint, StatusLine
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules import contact
from app.complaints.rules.labels import STATUSES
from app.complaints.schemas.filing import (
    OfficeOut,
    ReceiptOut,
    TimelineOut,
)
from app.complaints.schemas.identity import IdentityOpeningsOut
from app.complaints.service.status import first_line, promise_of
from app.core.actors import Actor
from app.core.forms import TextOut
from app.correspondence.repository.messages import MessageRepository
from app.correspondence.rules.messages import Side
from app.receipts.rules import ReceiptKind

MOST_TOLD: Final = 20
"""Of the moments at which the identity was opened; the count tells of all."""


class FollowingService:
    """What a reporter can do with the receipt of a complaint, known by nothing else."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.journal = Journal(session, actor, now)
        self.messages = MessageRepository(session, ReceiptKind.COMPLAINT)

    async def follow(self, complaint_id: UUID) -> ReceiptOut:
        """What the reporter may see: status in plain words, who holds it, what comes next."""
        complaint = await self.complaints.get(complaint_id)
        lines = [first_line(complaint), *await self.complaints.status_lines(complaint)]
        names = await self.complaints.office_names({line.office_id for line in lines})
        holders = {id: OfficeOut(id=id, name=name) for id, name in names.items()}
        timeline = [_in_timeline(line, holders[line.office_id]) for line in lines]
        opened = await self.journal.times(complaint, "identity.opened", MOST_TOLD)
        return ReceiptOut(
            **dict(promise_of(complaint, holders[complaint.office_id])) | _next(complaint, lines),
            label=TextOut.model_validate(STATUSES[complaint.status]),
            timeline=_with_withdrawal(timeline, complaint),
            unread_messages=await self.messages.unread(complaint.id, Side.OFFICE),
            withdrawn_at=complaint.withdrawn_at,
            identity_openings=IdentityOpeningsOut(count=opened.count, latest=opened.latest),
        )


def _in_timeline(line: StatusLine, holder: OfficeOut) -> TimelineOut:
    return TimelineOut(
        at=line.at,
        status=line.status,
        label=TextOut.model_validate(STATUSES[line.status]),
        holder=holder,
    )


def _next(complaint: Complaint, lines: Sequence[StatusLine]) -> dict[str, TextOut]:
    """After a withdrawal: that the office may go on all the same, in place of its own next step.

    Once it has gone on, its own next step is told again.
    """
    at = complaint.withdrawn_at
    if at is None or [line for line in lines if line.at <= at][-1].status is not complaint.status:
        return {}
    return {"next_step": TextOut.model_validate(contact.AFTER_WITHDRAWAL)}


def _with_withdrawal(lines: list[TimelineOut], complaint: Complaint) -> list[TimelineOut]:
    """A line of its own, without a status of its own: it stands where the complaint stood then."""
    at = complaint.withdrawn_at
    if at is None:
        return lines
    before = [line for line in lines if line.at <= at]
    label = TextOut.model_validate(contact.WITHDRAWN)
    withdrawn = before[-1].model_copy(update={"at": at, "label": label})
    return [*before, withdrawn, *lines[len(before) :]]
