from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.files.handling import SealedPlenary, seal
from app.cases.models.cases import Case
from app.cases.models.handling import CaseDocument, Plenary
from app.cases.repository.review import ReviewRepository
from app.cases.rules.documents import DocumentKind
from app.cases.rules.plenaries import check_adoption
from app.cases.schemas.plenaries import SeatOut, SittingIn
from app.cases.service.plenaries import sitting_of
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.offices.models import Office
from app.offices.repository import OfficeRepository


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is written, and by which number and day it is cited."""

    kind: DocumentKind
    text: str
    number: str | None = None
    form_code: str | None = None
    dated_on: date | None = None
    id: UUID = field(default_factory=new_id)


class Papers:
    """What is written down of the steps of a case: letters, reasons, studies, adoptions."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.rows = ReviewRepository(session)
        self.offices = OfficeRepository(session)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def keep(self, case: Case, paper: Paper) -> UUID:
        """Add a paper to the file, of today in the zone of the holder unless it says its day."""
        office = await self.offices.get(case.office_id)
        row = CaseDocument(
            id=paper.id,
            case_id=case.id,
            kind=paper.kind,
            form_code=paper.form_code,
            number=paper.number,
            dated_on=paper.dated_on or self._today(office),
            written_at=self.now,
            office_id=case.office_id,
            officer_id=self.actor.id,
            sealed=self.keys.seal(paper.text.encode(), paper.id),
        )
        self.rows.add(row)
        return row.id

    async def adopt(self, case: Case, form: SittingIn) -> None:
        """Record the plenary that made a finding of a case; refuse one that could not."""
        office = await self.offices.get(case.office_id)
        sitting = sitting_of(form, office)
        check_adoption(sitting, case.occurred_on, self._today(office))
        present = [SeatOut(**each.model_dump()) for each in form.present]
        id = new_id()
        plenary = Plenary(
            id=id,
            case_id=case.id,
            office_id=case.office_id,
            held_on=form.held_on,
            minutes_number=form.minutes_number,
            members=form.members,
            present=len(present),
            dissenting=sitting.dissenting,
            result=None,
            recorded_at=self.now,
            officer_id=self.actor.id,
            sealed=seal(SealedPlenary(present=present, reasoning=form.reasoning), id, self.keys),
        )
        self.rows.add(plenary)

    def _today(self, office: Office) -> date:
        return self.now.astimezone(ZoneInfo(office.time_zone)).date()
