from uuid import UUID

from app.complaints.router.doors import Filing
from app.complaints.schemas.filing import ComplaintIn, FiledOut, PhoneComplaintIn
from app.core.ids import new_id
from app.web.door import toll_door
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.rehearsal import can_be_rehearsed
from app.web.room import has_room

router = rooms("/complaints", "complaints")


@router.put(
    "/{complaint_id}",
    status_code=201,
    responses=REPEATABLE,
    dependencies=[toll_door, has_room, can_be_rehearsed],
)
async def put_complaint(
    complaint_id: UUID, form: PhoneComplaintIn, filing: Filing, told: Told
) -> FiledOut:
    """File a complaint under an id made by the phone; repeat it until an answer arrives.

    The same body gets the first answer again (200), with the same receipt code; another body
    is refused (409).
    """
    return told.of(await filing.file(complaint_id, form))


@router.post("", status_code=201, dependencies=[toll_door, has_room, idempotent, can_be_rehearsed])
async def file_complaint(form: ComplaintIn, filing: Filing, told: Told) -> FiledOut:
    """File a complaint under an id of ours; send an Idempotency-Key to repeat it safely."""
    return told.of(await filing.file(new_id(), form))
