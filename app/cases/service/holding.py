from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.custody import Custody
from app.cases.repository.custody import CustodyRepository
from app.cases.rules.conflicts import WalledOffice
from app.cases.rules.steps import StepName
from app.cases.rules.transfers import CustodyReason, HolderChanged
from app.cases.schemas.custody import CustodyOut, TakeOverIn
from app.cases.service.custody import CustodyService, Handed
from app.cases.service.offers import OfferKeeper
from app.cases.service.stepping import Stepping
from app.cases.service.transfers import named
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import NotAllowed
from app.core.ids import new_id
from app.core.paging import Found
from app.offices.models import Office


class HoldingService:
    """Who holds a case and held it before, and how an office above takes it over
    (pengambilalihan)."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.custody = CustodyRepository(session)
        self.holders = CustodyService(session, now)
        self.offers = OfferKeeper(session, actor, now)
        self.steps = Stepping(session, actor, now)
        self.actor = actor
        self.keys = keys

    async def take_over(self, case_id: UUID, form: TakeOverIn) -> Case:
        """Take a case from an office below; an offer that waits is taken back."""
        holder = (await self.steps.cases.get(case_id)).office_id
        case, _ = await self.steps.begin(case_id, StepName.TAKE_OVER)
        await self._check_sight(case)
        if case.office_id != holder:
            raise HolderChanged
        await self.offers.take_back(case)
        await self.holders.hand_over(case, self._taken(form))
        await self.steps.clocks.hand_over(case.id, case, await self.steps.desk(case))
        return await self.steps.finish(case, StepName.TAKE_OVER)

    async def chain(self, case_id: UUID) -> Found[CustodyOut]:
        """Every holder, the first one first; the reasons are opened, and that is an act in the
        journal."""
        case = await self.steps.cases.get(case_id)
        links = await self.custody.chain(case)
        await self.steps.journal.record("case.read_custody", case, count=len(links))
        offices = await self.custody.offices({each.office_id for each in links})
        return Found([self._shown(each, offices) for each in links])

    async def _check_sight(self, case: Case) -> None:
        """Refuse an officer who alone of his office can see the case."""
        office_id = self.actor.office_id
        if office_id is not None and await self.holders.access.is_walled_off(case, office_id):
            raise WalledOffice

    def _taken(self, form: TakeOverIn) -> Handed:
        if self.actor.office_id is None:
            raise NotAllowed
        id = new_id()
        return Handed(
            office_id=self.actor.office_id,
            reason=CustodyReason.TAKEN_OVER,
            letter_number=form.letter_number,
            id=id,
            sealed_reason=self.keys.seal(form.reason.encode(), id),
        )

    def _shown(self, link: Custody, offices: dict[UUID, Office]) -> CustodyOut:
        return CustodyOut(
            office=named(offices[link.office_id]),
            reason=link.reason,
            since=link.since,
            until=link.until,
            letter_number=link.letter_number,
            transfer_id=link.offer_id,
            explanation=self._explanation(link),
        )

    def _explanation(self, link: Custody) -> str | None:
        sealed = link.sealed_reason
        return self.keys.open(sealed, link.id).decode() if sealed is not None else None
