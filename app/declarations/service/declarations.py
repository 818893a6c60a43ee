from collections.abc import Awaitable, Collection
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.errors import Fault, Invalid, NotAllowed, NotFound, Stale
from app.core.paging import Found
from app.core.texts import Text
from app.declarations.models.declarations import Declaration, PledgeText
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.texts import PledgeTextRepository
from app.declarations.rules import steps
from app.declarations.rules.kinds import Status
from app.declarations.rules.persons import signed_text
from app.declarations.schemas.declarations import (
    CallingOffIn,
    DeclarationFilter,
    DeclarationIn,
    DeclarationPatch,
    HoldingIn,
)
from app.declarations.service.counting import TALLIES
from app.elections.service import ElectionService
from app.offices.models import Office
from app.offices.service import OfficeService
from app.regions.models import Region

T = TypeVar("T")

UNKNOWN_ELECTION: Final = Fault(
    "/election_code",
    "unknown-election",
    Text("Pemilihan dengan kode ini tidak ada.", "There is no election with this code."),
)
UNKNOWN_TEXT: Final = Fault(
    "/pledge_text_id",
    "unknown-pledge-text",
    Text("Naskah ikrar ini tidak ada.", "There is no such pledge text."),
)
TEXT_NOT_IN_FORCE: Final = Fault(
    "/held_on",
    "pledge-text-not-in-force",
    Text("Naskah ikrar tidak berlaku pada hari ini.", "The pledge text is not in force that day."),
)


async def known(found: Awaitable[T], fault: Fault) -> T:
    """What a body names and nobody finds makes the body wrong, not the address."""
    try:
        return await found
    except NotFound as missing:
        raise Invalid(fault) from missing


class DeclarationService:
    """What an office does with its declarations, and what everybody may read of them."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.counts = CountRepository(session)
        self.texts = PledgeTextRepository(session)
        self.offices = OfficeService(session, actor, now)
        self.elections = ElectionService(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now
        self.began = monotonic()

    async def plan(self, form: DeclarationIn) -> Declaration:
        """Plan it in the name of the actor's own office."""
        office = await self._office()
        region = await self.offices.managed_region(form.region_code, "/region_code")
        if form.election_code is not None:
            await known(self.elections.get(form.election_code), UNKNOWN_ELECTION)
        text = await self._check_text(form.pledge_text_id, form.held_on)
        declaration = _planned(form, office, region, self.now)
        declaration.text_hash = signed_text(text.content_hash, declaration.local_points)
        self.declarations.add(declaration)
        await self.journal.record("declaration.planned", declaration, kind=declaration.kind)
        return declaration

    async def get(self, declaration_id: UUID) -> Declaration:
        return await self.declarations.read(declaration_id)

    async def find(
        self, wanted: DeclarationFilter, among: Collection[Status] = ()
    ) -> Found[Declaration]:
        """One page; of several statuses where they are named."""
        return await self.declarations.find(wanted, among)

    async def change(
        self, declaration_id: UUID, form: DeclarationPatch, expected: int
    ) -> Declaration:
        """Change what was sent, as long as nobody can have signed it."""
        declaration = await self.declarations.get(declaration_id, lock=True)
        if declaration.version != expected:
            raise Stale
        steps.accept_change(declaration.status)
        changes = form.model_dump(exclude_unset=True)
        text = await self._check_text(declaration.pledge_text_id, changes.get("held_on"))
        for name, value in changes.items():
            setattr(declaration, name, value)
        declaration.text_hash = signed_text(text.content_hash, declaration.local_points)
        declaration.version += 1
        await self.journal.record("declaration.changed", declaration, fields=len(changes))
        return declaration

    async def open(self, declaration_id: UUID) -> Declaration:
        declaration = await self.declarations.get(declaration_id, lock=True)
        return await self._advance(declaration, Status.OPEN, "declaration.opened")

    async def hold(self, declaration_id: UUID, form: HoldingIn) -> Declaration:
        """Record that the ceremony took place; signing goes on, and now shows how far it came."""
        declaration = await self.counts.hold_with(self.declarations, declaration_id)
        steps.step(declaration.status, Status.HELD)
        office = await self.offices.get(declaration.office_id)
        steps.accept_holding(form.held_on, self.now.astimezone(ZoneInfo(office.time_zone)).date())
        await self._check_text(declaration.pledge_text_id, form.held_on)
        declaration.held_on = form.held_on
        declaration.place = form.place or declaration.place
        await self._advance(declaration, Status.HELD, "declaration.held")
        covered = await self.counts.coverage_of(declaration.id)
        declaration.status = steps.after_signing(
            declaration.status, covered.signed, covered.targets
        )
        return declaration

    async def close(self, declaration_id: UUID) -> Declaration:
        declaration = await self.declarations.get(declaration_id, lock=True)
        # Those who were signing had their time: what they gave while this waited came before it.
        declaration.closed_at = self.now + timedelta(seconds=monotonic() - self.began)
        return await self._advance(declaration, Status.CLOSED, "declaration.closed")

    async def cancel(self, declaration_id: UUID, form: CallingOffIn) -> Declaration:
        """Cancel it, with a reason where somebody has signed it already."""
        declaration = await self.declarations.get(declaration_id, lock=True)
        steps.step(declaration.status, Status.CANCELLED)
        was_signed = await self.declarations.was_signed(declaration.id)
        steps.accept_cancellation(form.reason, was_signed=was_signed)
        declaration.cancellation_reason = form.reason
        TALLIES.forget()
        return await self._advance(declaration, Status.CANCELLED, "declaration.cancelled")

    async def _advance(self, declaration: Declaration, to: Status, action: str) -> Declaration:
        declaration.status = steps.step(declaration.status, to)
        declaration.version += 1
        await self.journal.record(action, declaration)
        return declaration

    async def _check_text(self, pledge_text_id: UUID, held_on: date | None) -> PledgeText:
        text = await known(self.texts.get(pledge_text_id), UNKNOWN_TEXT)
        if held_on and not steps.is_in_force(text.valid_from, text.valid_to, held_on):
            raise Invalid(TEXT_NOT_IN_FORCE)
        return text

    async def _office(self) -> Office:
        if self.actor.office_id is None:
            raise NotAllowed
        return await self.offices.get(self.actor.office_id)


def _planned(form: DeclarationIn, office: Office, region: Region, now: datetime) -> Declaration:
    return Declaration(
        office_id=office.id,
        office_name=office.name,
        region_id=region.placement_id,
        region_code=region.code,
        election_code=form.election_code,
        event_id=form.event_id,
        pledge_text_id=form.pledge_text_id,
        kind=form.kind,
        title=form.title,
        place=form.place,
        local_points=[point.model_dump() for point in form.local_points],
        held_on=form.held_on,
        led_by=form.led_by,
        organiser=form.organiser,
        witnesses=form.witnesses,
        legal_basis=form.legal_basis,
        text_hash="",
        open_link=form.open_link,
        status=Status.PLANNED,
        created_at=now,
    )
