from uuid import UUID

from app.complaints.router.doors import Linking, may_handle, may_read
from app.complaints.schemas.links import LinkIn, LinkOut, SameEventOut
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/complaints", "complaints")


@router.get("/{complaint_id}/links", dependencies=[may_read])
async def read_links(complaint_id: UUID, linking: Linking) -> SameEventOut:
    """Read which complaints are about the same event, and which might be.

    Nothing is merged and no reporter is compared or shown; an officer decides, pair by pair.
    """
    return await linking.read(complaint_id)


@router.put("/{complaint_id}/links/{other_id}", dependencies=[may_handle, can_be_rehearsed])
async def put_link(complaint_id: UUID, other_id: UUID, form: LinkIn, linking: Linking) -> LinkOut:
    """Say that two complaints are about the same event, or that they are not.

    Saying the same again changes nothing; another state or another note takes the place of the
    one before, which stays in the history.
    """
    return await linking.link(complaint_id, other_id, form)


@router.post(
    "/{complaint_id}/links/{other_id}/removal",
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def remove_link(complaint_id: UUID, other_id: UUID, linking: Linking) -> LinkOut:
    """Take back what was said of two complaints: neither the same event nor another one."""
    return await linking.remove(complaint_id, other_id)
