from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular
from app.circulars.repository.admitting import AdmittingRepository
from app.core.models import Grant
from app.evidence.rules.subjects import SubjectKind
from app.evidence.service.subjects import SubjectService


class Admitting:
    """Lets each addressed office with an account add files to its own part of a circular: what
    proves its work shares no limit with anybody else's."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.addressees = AdmittingRepository(session)
        self.subjects = SubjectService(session)
        self.now = now

    async def admit(self, circular: Circular) -> None:
        for addressee, office_id in await self.addressees.new(circular):
            self.subjects.admit(SubjectKind.CIRCULAR_ADDRESSEE, addressee)
            grant = Grant(subject_id=addressee.id, office_id=office_id, since=self.now)
            self.addressees.grant(grant)
