from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.complaints.models.complaints import Complaint
from app.complaints.router.doors import Queues, may_handle, may_read
from app.complaints.schemas.desk import ComplaintRow
from app.complaints.schemas.queues import QueueIn, QueueOut, SavedQueueOut
from app.core.paging import Found, Slice
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/queues", "queues")


@router.get("", response_model=Page[QueueOut], dependencies=[may_read])
async def list_queues(queues: Queues) -> Found[QueueOut]:
    """List the queues of the desk, built in and saved, each with its length; on one page."""
    return await queues.look_over()


@router.post("", status_code=201, dependencies=[may_handle, idempotent, can_be_rehearsed])
async def save_queue(form: QueueIn, queues: Queues) -> SavedQueueOut:
    """Save a filter of the list as a queue, for oneself or for the whole office."""
    return await queues.save(form)


@router.delete("/{queue_id}", dependencies=[may_handle, can_be_rehearsed])
async def delete_queue(queue_id: UUID, queues: Queues) -> SavedQueueOut:
    """Delete a saved queue; its complaints stay where they are."""
    return await queues.delete(queue_id)


@router.get("/{queue_id}/complaints", response_model=Page[ComplaintRow], dependencies=[may_read])
async def list_queued_complaints(
    queue_id: UUID, wanted: Annotated[Slice, Query()], queues: Queues
) -> Found[Complaint]:
    """List the complaints of a queue, in its order."""
    return await queues.read(queue_id, wanted)
