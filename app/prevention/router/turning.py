"""How the author of a question makes a complaint of it, with the receipt and nothing else."""

from typing import Annotated, Final

from app.complaints.schemas.filing import FiledOut
from app.core.actors import Permission
from app.prevention.schemas.turning import ComplaintDraftOut, ComplaintOfQuestionIn
from app.prevention.service.turning import ComplaintOfQuestionService
from app.web.door import needs
from app.web.opening import opened
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.rehearsal import can_be_rehearsed
from app.web.room import has_room

may_follow: Final = needs(Permission.FOLLOW_CONSULTATION)
Turning = Annotated[ComplaintOfQuestionService, opened(ComplaintOfQuestionService)]

router = rooms("/receipt/consultation/complaint", "receipt")


@router.get("", dependencies=[may_follow])
async def read_complaint_draft(turning: Turning) -> ComplaintDraftOut:
    """See what a complaint made of one's question begins with; nothing is filed by it.

    The place and what was asked, in one's own words: never the answer, and never a name.
    """
    return await turning.read()


@router.put(
    "",
    status_code=201,
    responses=REPEATABLE,
    dependencies=[may_follow, has_room, can_be_rehearsed],
)
async def turn_consultation(form: ComplaintOfQuestionIn, turning: Turning, told: Told) -> FiledOut:
    """Turn one's own question into a complaint, under a new id and a new secret of the phone.

    The question is answered no more; the complaint has a receipt code of its own. Neither desk is
    told what became of what, and without `reporter` the author stays unknown. The same body gets
    the first answer again (200); a question becomes one complaint (409).
    """
    return told.of(await turning.turn(form))
