from app.consultations.router.doors import Following, may_follow
from app.consultations.schemas.asking import OwnConsultationOut, RatingIn
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/receipt/consultation", "receipt")


@router.get("", dependencies=[may_follow])
async def read_own_consultation(following: Following) -> OwnConsultationOut:
    """Read the answer to one's own question with nothing but the receipt code."""
    return await following.follow()


@router.put("/rating", dependencies=[may_follow, can_be_rehearsed])
async def rate_own_answer(form: RatingIn, following: Following) -> OwnConsultationOut:
    """Say whether the answer helped; saying it again takes the place of what was said."""
    return await following.rate(form)
