from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.custody import TransferOffer
from app.cases.repository.custody import CustodyRepository, OfferRepository
from app.cases.rules.steps import StepName
from app.cases.rules.transfers import (
    ANSWER_WITHIN,
    CustodyReason,
    OfferState,
    TransferSettled,
    is_waiting,
    may_receive,
)
from app.cases.schemas.custody import TransferFilter, TransferIn, TransferOut
from app.cases.service.access import CaseAccess
from app.cases.service.custody import CustodyService, Handed
from app.cases.service.offers import OfferKeeper
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.clocks.rules.running import Desk
from app.complaints.schemas.filing import OfficeOut
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.core.texts import Text
from app.offices.models import Office
from app.offices.rules import OfficeKind

NOT_COMPETENT: Final = Fault(
    "/to_office_id",
    "not-competent",
    Text(
        "Pilih kantor Bawaslu lain: di atas atau di bawah pemegang, atau di tempat kejadian.",
        "Choose another office of Bawaslu: above or below the holder, or where it happened.",
    ),
)


class TransferService:
    """How a case is offered to another office, and what becomes of the offer (pelimpahan)."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.custody = CustodyRepository(session)
        self.offers = OfferRepository(session, actor)
        self.keeper = OfferKeeper(session, actor, now)
        self.holders = CustodyService(session, now)
        self.access = CaseAccess(session, now)
        self.steps = Stepping(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def offer(self, case_id: UUID, form: TransferIn) -> TransferOut:
        """Offer a case; until the answer the holder keeps it, and the other office sees it."""
        case, _ = await self.steps.begin(case_id, StepName.OFFER_TRANSFER)
        receiver = await self._receiver(case, form.to_office_id)
        offer = self._offered(case, form)
        self.offers.add(offer)
        desk = Desk(receiver.id, receiver.time_zone)
        clock = await self.steps.clocks.start(
            offer, Step.TRANSFER_ANSWER, case.regime, self.now, desk
        )
        offer.expires_at = clock.due_at if clock else self.now + ANSWER_WITHIN
        await self.access.settle(case)
        await self.steps.finish(case, StepName.OFFER_TRANSFER, offer=str(offer.id))
        return await self._shown(offer)

    async def accept(self, offer_id: UUID) -> Case:
        """Take the case over from its holder; its clocks go on or start anew by their rules."""
        offer, case = await self._answer(offer_id, StepName.ACCEPT_TRANSFER, OfferState.ACCEPTED)
        await self.holders.hand_over(
            case,
            Handed(
                office_id=offer.to_office_id,
                reason=CustodyReason.TRANSFERRED,
                letter_number=offer.letter_number,
                id=new_id(),
                offer_id=offer.id,
            ),
        )
        await self.steps.clocks.hand_over(case.id, case, await self.steps.desk(case))
        return await self.steps.finish(case, StepName.ACCEPT_TRANSFER, offer=str(offer.id))

    async def reject(self, offer_id: UUID, reason: str) -> TransferOut:
        """Leave the case where it is, and say why."""
        offer, case = await self._answer(offer_id, StepName.REJECT_TRANSFER, OfferState.REJECTED)
        offer.sealed_answer = self.keys.seal(reason.encode(), offer.id)
        await self.access.end_grants(case, offer.to_office_id)
        await self.steps.finish(case, StepName.REJECT_TRANSFER, offer=str(offer.id))
        return await self._shown(offer)

    async def retract(self, offer_id: UUID) -> TransferOut:
        """Take an offer back that nobody has answered."""
        offer, case = await self._answer(offer_id, StepName.RETRACT_TRANSFER, OfferState.RETRACTED)
        await self.access.end_grants(case, offer.to_office_id)
        await self.steps.finish(case, StepName.RETRACT_TRANSFER, offer=str(offer.id))
        return await self._shown(offer)

    async def about(self, case_id: UUID, wanted: Slice) -> Found[TransferOut]:
        """The reasons are opened, and that is an act in the journal; so are those of `find`."""
        case = await self.steps.cases.get(case_id)
        found = await self.offers.of(case, wanted)
        await self.steps.journal.record("case.read_transfers", case, count=len(found.items))
        return await self._all_shown(found)

    async def find(self, wanted: TransferFilter) -> Found[TransferOut]:
        """The offers to the own office and from it."""
        found = await self.offers.find(wanted)
        if found.items:
            cases = await self.offers.cases_of(found.items)
            await self.steps.journal.record_each("case.read_transfers", cases)
        return await self._all_shown(found)

    async def expire(self, offer_id: UUID) -> bool:
        """End an offer whose time is over; False where it was answered, or has time again."""
        offer = await self.offers.get(offer_id)
        case = await self.steps.cases.held(offer.case_id)
        if await self.offers.waiting_of(case) is not offer or await self._has_time(offer):
            return False
        await self.keeper.close(offer, OfferState.EXPIRED)
        await self.access.end_grants(case, offer.to_office_id)
        await self.steps.journal.record("case.expire_transfer", case, offer=str(offer.id))
        return True

    async def _answer(
        self, offer_id: UUID, step: StepName, state: OfferState
    ) -> tuple[TransferOffer, Case]:
        offer = await self.offers.get(offer_id)
        if not is_waiting(offer.state, offer.expires_at, self.now):
            raise TransferSettled
        case, _ = await self.steps.begin(offer.case_id, step)
        # As it is now: somebody else may have answered while this waited for the case.
        if await self.offers.waiting_of(case) is not offer:
            raise TransferSettled
        await self.keeper.close(offer, state)
        return offer, case

    async def _has_time(self, offer: TransferOffer) -> bool:
        """Whether a change of the calendar has moved the clock of the answer."""
        clocks = await self.steps.clocks.open_of(offer.id)
        offer.expires_at = max([offer.expires_at, *(each.due_at for each in clocks)])
        return is_waiting(offer.state, offer.expires_at, self.now)

    async def _receiver(self, case: Case, office_id: UUID) -> Office:
        offices = await self.custody.offices({office_id, case.office_id})
        receiver, holder = offices.get(office_id), offices[case.office_id]
        if receiver is None or receiver.kind is not OfficeKind.BAWASLU:
            raise Invalid(NOT_COMPETENT)
        places = await self.custody.places(case)
        competent = may_receive(receiver.region_code, holder.region_code, places)
        # Whoever works beside a reported person is not competent, wherever it happened.
        if not competent or await self.access.is_walled_off(case, receiver.id):
            raise Invalid(NOT_COMPETENT)
        return receiver

    def _offered(self, case: Case, form: TransferIn) -> TransferOffer:
        id = new_id()
        return TransferOffer(
            id=id,
            case_id=case.id,
            region_id=case.region_id,
            region_code=case.region_code,
            from_office_id=case.office_id,
            to_office_id=form.to_office_id,
            letter_number=form.letter_number,
            sealed_reason=self.keys.seal(form.reason.encode(), id),
            offered_at=self.now,
            officer_id=self.actor.id,
            expires_at=self.now + ANSWER_WITHIN,
        )

    async def _all_shown(self, found: Found[TransferOffer]) -> Found[TransferOut]:
        return Found(await self._told(found.items), found.next_cursor, found.total)

    async def _shown(self, offer: TransferOffer) -> TransferOut:
        [shown] = await self._told([offer])
        return shown

    async def _told(self, offers: Sequence[TransferOffer]) -> list[TransferOut]:
        ids = {id for each in offers for id in (each.from_office_id, each.to_office_id)}
        offices = await self.custody.offices(ids)
        return [self._out(each, offices) for each in offers]

    def _out(self, offer: TransferOffer, offices: dict[UUID, Office]) -> TransferOut:
        answer = offer.sealed_answer
        return TransferOut(
            id=offer.id,
            case_id=offer.case_id,
            from_office=named(offices[offer.from_office_id]),
            to_office=named(offices[offer.to_office_id]),
            letter_number=offer.letter_number,
            reason=self.keys.open(offer.sealed_reason, offer.id).decode(),
            state=offer.state,
            offered_at=offer.offered_at,
            expires_at=offer.expires_at,
            answered_at=offer.answered_at,
            rejection_reason=self.keys.open(answer, offer.id).decode() if answer else None,
        )


def named(office: Office) -> OfficeOut:
    return OfficeOut(id=office.id, name=office.name)
