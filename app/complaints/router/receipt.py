from app.complaints.router.doors import Following, may_follow
from app.complaints.schemas.filing import ReceiptOut
from app.web.door import CurrentActor
from app.web.operation import rooms

router = rooms("/receipt", "receipt")


@router.get("", dependencies=[may_follow])
async def read_receipt(actor: CurrentActor, following: Following) -> ReceiptOut:
    """Follow one's own complaint with nothing but the receipt code."""
    return await following.follow(actor.subject)
