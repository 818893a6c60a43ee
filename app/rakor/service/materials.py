from datetime import datetime
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM, Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.core.paging import Found
from app.evidence.models import Evidence
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.schemas.custody import OpeningIn
from app.evidence.service.custody import CustodyService, Download
from app.rakor.models.events import Event
from app.rakor.models.materials import Material
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.repository.materials import MaterialRepository
from app.rakor.rules import materials as rules
from app.rakor.rules.materials import Audience
from app.rakor.schemas.materials import (
    EventMaterialIn,
    InvitedMaterialsIn,
    MaterialFilter,
)
from app.rakor.service.codes import InvitationCodes
from app.rakor.service.events import Organiser, unknown


class MaterialService:
    """What an event leaves beside its minutes: who adds it, who sees it, who takes it back."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, _: Keyring) -> None:
        self.session = session
        self.events = EventRepository(session, actor)
        self.evidence = EvidenceRepository(session, actor)
        self.invitations = InvitationRepository(session)
        self.codes = InvitationCodes(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def add(self, event_id: UUID, form: EventMaterialIn) -> Material:
        event = await self.organiser.take(event_id)
        rules.check_audience(form.kind, form.audience)
        evidence = await self._file(event, form.evidence_id)
        materials = self._of(event, Audience.ORGANISER)
        if await materials.has(evidence.id):
            raise rules.MaterialListed
        material = Material(
            event_id=event.id,
            evidence_id=evidence.id,
            kind=form.kind,
            title=form.title,
            audience=form.audience,
            media_type=evidence.media_type,
            size=evidence.size,
            added_at=self.now,
        )
        materials.add(material)
        await self._record("material.added", event, material)
        return material

    async def find(self, event_id: UUID, wanted: MaterialFilter) -> Found[Material]:
        event = await self.events.get_open(event_id)
        return await self._of(event, await self.audience(event)).page(wanted)

    async def find_invited(self, wanted: InvitedMaterialsIn) -> Found[Material]:
        """What the holder of an invitation sees, who may have no account."""
        event = await self.event_of(wanted.code)
        return await self._of(event, Audience.INVITED).page(wanted)

    async def withdraw(self, event_id: UUID, material_id: UUID) -> Material:
        """Show it no longer; the file itself stays sealed as evidence of the event."""
        event = await self.organiser.take(event_id)
        material = await self._of(event, Audience.ORGANISER).get(material_id, lock=True)
        material.withdrawn_at = self.now
        await self._record("material.withdrawn", event, material)
        return material

    async def audience(self, event: Event) -> Audience:
        """How near the reader stands to an event that he has found."""
        return rules.audience_of(
            is_in_sight=await self.events.sees(event),
            is_organiser=await self.organiser.is_of(event.office_id),
        )

    async def event_of(self, code: str) -> Event:
        """The event of an invitation that stands; a withdrawn one opens no materials."""
        return await self.invitations.event_of(await self.codes.open_standing(code))

    async def _file(self, event: Event, evidence_id: UUID) -> Evidence:
        found = await self.evidence.among(event.id, [evidence_id])
        if evidence_id not in found:
            raise Invalid(unknown("/evidence_id"))
        return found[evidence_id]

    async def _record(self, action: str, event: Event, material: Material) -> None:
        await self.journal.record(
            action, event, material=str(material.id), audience=material.audience
        )

    def _of(self, event: Event, audience: Audience) -> MaterialRepository:
        return MaterialRepository(self.session, event, rules.SEEN_BY[audience])


class MaterialFileService:
    """These files themselves: their working copies, and to the organiser the originals."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        keys: Keyring,
        objects: ObjectStore,
    ) -> None:
        self.session = session
        self.materials = MaterialService(session, actor, now, keys)
        self.custody = CustodyService(session, actor, now, keys, objects)
        # Whoever is let in here does not see the evidence of the event by himself.
        self.shown = CustodyService(session, SYSTEM, now, keys, objects)
        self.journal = Journal(session, actor, now)

    async def open_copy(self, event_id: UUID, material_id: UUID) -> Download:
        """The working copy, for whom it is; what everybody may read, nobody is recorded for."""
        event = await self.materials.events.get_open(event_id)
        return await self._show(event, material_id, await self.materials.audience(event))

    async def open_invited(self, code: str, material_id: UUID) -> Download:
        event = await self.materials.event_of(code)
        return await self._show(event, material_id, Audience.INVITED)

    async def open_original(self, event_id: UUID, material_id: UUID, form: OpeningIn) -> Download:
        event = await self.materials.organiser.take(event_id, lock=False)
        material = await self._of(event, Audience.ORGANISER).get(material_id)
        return await self.custody.open(event, material.evidence_id, form)

    async def _show(self, event: Event, material_id: UUID, audience: Audience) -> Download:
        material = await self._of(event, audience).get(material_id)
        download = await self.shown.show_copy(event, material.evidence_id)
        if material.audience is not Audience.PUBLIC:
            await self.journal.record("material.read", event, material=str(material.id))
        return download

    def _of(self, event: Event, audience: Audience) -> MaterialRepository:
        return MaterialRepository(self.session, event, rules.SEEN_BY[audience])
