from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.files.sealing import Proof, seal_proof
from app.circulars.models import Circular, CircularAddressee, CircularReport
from app.circulars.repository.addressees import AddresseeRepository
from app.circulars.rules import addressees as addressing
from app.circulars.rules import cascade, circulars
from app.circulars.schemas.answers import CodedObligationReportIn
from app.circulars.schemas.cascade import CircularForwardedOut, ObligationReportIn
from app.circulars.schemas.parts import AddresseeLineIn
from app.circulars.service.addressing import Addressing
from app.circulars.service.admitting import Admitting
from app.circulars.service.issuer import unknown
from app.circulars.service.showing import show_addressee
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.core.ids import new_id


class Duties:
    """What an addressed office does, whoever acts for it: its officer, or who holds its code."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.addressees = AddresseeRepository(session, actor, now)
        self.admitting = Admitting(session, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def acknowledge(self, circular: Circular, addressee: CircularAddressee) -> None:
        """Say that it has come; a second time changes nothing."""
        self._check(circular)
        if self._is_new(addressee):
            await self._renew_due(circular, addressee)
            await self.record("addressee.acknowledged", addressee)

    async def forward(
        self, circular: Circular, addressee: CircularAddressee, lines: Sequence[AddresseeLineIn]
    ) -> CircularForwardedOut:
        """Address offices within one's own region; forwarding it says that it has come."""
        self._check(circular)
        sending = Addressing(self.session, self.now)
        await sending.check(lines, addressing.area_below(addressee.region_code))
        new, meant = await sending.send(circular, lines, addressee)
        await self.admitting.admit(circular)
        addressee.forwarded += new
        if self._is_new(addressee):
            await self._renew_due(circular, addressee)
        await self.record("addressee.forwarded", addressee, addressed=new)
        shown = show_addressee(addressee, circular, self.now)
        return CircularForwardedOut(addressed=new, known=meant - new, addressee=shown)

    async def report(
        self,
        circular: Circular,
        addressee: CircularAddressee,
        form: ObligationReportIn | CodedObligationReportIn,
        evidence_ids: Sequence[UUID] = (),
    ) -> None:
        """Report one obligation done, with its proof."""
        self._check(circular)
        today = circulars.day_of(self.now, circular.time_zone)
        cascade.check_done_on(form.done_on, {"since": circular.dated_on, "today": today})
        await self._check_owed(circular, addressee, form.obligation_id)
        self.addressees.report(self._reported(addressee, form, evidence_ids))
        addressee.done += 1
        self._is_new(addressee)
        await self._renew_due(circular, addressee)
        await self.record("addressee.reported", addressee, obligation=str(form.obligation_id))

    def _reported(
        self,
        addressee: CircularAddressee,
        form: ObligationReportIn | CodedObligationReportIn,
        evidence_ids: Sequence[UUID],
    ) -> CircularReport:
        id = new_id()
        proof = Proof(form.note, form.letter_number, form.sha256)
        return CircularReport(
            id=id,
            circular_id=addressee.circular_id,
            addressee_id=addressee.id,
            obligation_id=form.obligation_id,
            done_on=form.done_on,
            reported_at=self.now,
            reported_by=self.actor.kind,
            sealed=seal_proof(proof, id, self.keys),
            evidence_ids=[str(each) for each in evidence_ids],
        )

    async def _check_owed(
        self, circular: Circular, addressee: CircularAddressee, obligation_id: UUID
    ) -> None:
        if obligation_id in {each.id for each in await self.addressees.undone(addressee)}:
            return
        if await self.addressees.obliges(circular, obligation_id):
            raise cascade.AlreadyReported
        raise Invalid(unknown("/obligation_id"))

    def _check(self, circular: Circular) -> None:
        """Nobody owes anything once it is out of force; before its first day it can be heeded."""
        today = circulars.day_of(self.now, circular.time_zone)
        if circulars.is_over(circular.ended_on, today):
            raise cascade.NotInForce

    def _is_new(self, addressee: CircularAddressee) -> bool:
        """Write down that it has come, where nothing was heard before."""
        if addressee.acknowledged_at is not None:
            return False
        addressee.acknowledged_at = self.now
        addressee.acknowledged_by = self.actor.kind
        return True

    async def _renew_due(self, circular: Circular, addressee: CircularAddressee) -> None:
        await self.session.flush()
        undone = await self.addressees.undone(addressee)
        addressee.next_due_on = cascade.next_due(
            acknowledged=addressee.acknowledged_at is not None,
            acknowledge_by=circular.acknowledge_by,
            undone=[each.due_on for each in undone],
            addressed_on=circulars.day_of(addressee.addressed_at, circular.time_zone),
            is_forwarded=addressee.parent_id is not None,
        )

    async def record(self, action: str, addressee: CircularAddressee, **payload: str | int) -> None:
        circular = str(addressee.circular_id)
        await self.journal.record(action, addressee, circular=circular, **payload)
