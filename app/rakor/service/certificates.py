from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.certificates.rules.codes import CodeKind
from app.certificates.rules.states import PaperState
from app.certificates.service.codes import CodeMaker
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.paging import Found
from app.rakor.models.certificates import AttendanceCertificate
from app.rakor.models.events import Event
from app.rakor.repository.certificates import CertificateRepository
from app.rakor.repository.events import EventRepository
from app.rakor.rules import certificates as rules
from app.rakor.rules.events import OVER, check_stage
from app.rakor.schemas.certificates import (
    AttendanceCertificateDetailOut,
    AttendanceCertificateIn,
    AttendanceCertificateOut,
    AttendanceCertificatesOut,
    CertificateFilter,
)
from app.rakor.service.attendees import Attendee, Attendees
from app.rakor.service.events import Organiser


@dataclass(frozen=True)
class Making:
    """Whom a certificate is made out to, and the one that it replaces."""

    attendee: Attendee
    name: str | None
    replaces: UUID | None = None


class CertificateService:
    """Certificates for those who were there: issued, replaced and revoked by the organiser."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.certificates = CertificateRepository(session)
        self.attendees = Attendees(session, actor, now, keys)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.codes = CodeMaker(keys)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def issue(
        self, event_id: UUID, form: AttendanceCertificateIn
    ) -> AttendanceCertificateOut:
        """Issue one, to who was there and has none that is valid."""
        event = await self._over(event_id)
        attendee = await self.attendees.one(event, form.invitation_id, form.check_in_id)
        rules.check_came(attendee.presence)
        if attendee.ids & await self._held(event):
            raise rules.CertificateIssued
        [certificate] = await self._make(event, [Making(attendee, form.name or attendee.name)])
        await self.journal.record("certificate.issued", event, certificate=str(certificate.id))
        return self._told(certificate)

    async def issue_all(self, event_id: UUID) -> AttendanceCertificatesOut:
        """Issue one to everybody who was there and has none that is valid, in one step."""
        event = await self._over(event_id)
        held = await self._held(event)
        came = [each for each in await self.attendees.all(event) if not each.ids & held]
        made = await self._make(event, [Making(each, each.name) for each in came])
        await self.journal.record("certificates.issued", event, issued=len(made))
        return AttendanceCertificatesOut(
            issued=len(made), items=[self._told(each) for each in made]
        )

    async def find(
        self, event_id: UUID, wanted: CertificateFilter
    ) -> Found[AttendanceCertificateOut]:
        event = await self.organiser.take(event_id, lock=False)
        found = await self.certificates.find(event, wanted)
        rows = [self._told(each) for each in found.items]
        return Found(rows, found.next_cursor, found.total)

    async def read(self, event_id: UUID, certificate_id: UUID) -> AttendanceCertificateDetailOut:
        """With the name and the reason that are sealed, so the reading is journalled."""
        event = await self.organiser.take(event_id, lock=False)
        certificate = await self.certificates.get(event, certificate_id)
        await self.journal.record("certificate.read", event, certificate=str(certificate.id))
        return AttendanceCertificateDetailOut(
            **dict(self._told(certificate)),
            name=self._opened(certificate, certificate.sealed),
            reason=self._opened(certificate, certificate.sealed_reason),
        )

    async def replace(
        self, event_id: UUID, certificate_id: UUID, name: str | None
    ) -> AttendanceCertificateOut:
        """Issue it again: the paper before is replaced from now on, and says so."""
        event, before = await self._standing(event_id, certificate_id)
        attendee = await self.attendees.one(event, before.invitation_id, before.check_in_id)
        rules.check_came(attendee.presence)
        self._end(before, PaperState.REPLACED)
        wanted = name or self._opened(before, before.sealed) or attendee.name
        [certificate] = await self._make(event, [Making(attendee, wanted, before.id)])
        await self.journal.record(
            "certificate.replaced", event, certificate=str(certificate.id), before=str(before.id)
        )
        return self._told(certificate)

    async def revoke(
        self, event_id: UUID, certificate_id: UUID, reason: str
    ) -> AttendanceCertificateOut:
        event, certificate = await self._standing(event_id, certificate_id)
        self._end(certificate, PaperState.REVOKED)
        certificate.sealed_reason = self.keys.seal(reason.encode(), certificate.id)
        await self.journal.record("certificate.revoked", event, certificate=str(certificate.id))
        return self._told(certificate)

    async def _over(self, event_id: UUID) -> Event:
        event = await self.organiser.take(event_id)
        check_stage(event.stage, OVER)
        return event

    async def _held(self, event: Event) -> set[UUID]:
        """Those who have a valid one, by invitation or by the check-in of a walk-in."""
        valid = await self.certificates.valid(event)
        return {id for each in valid if (id := each.invitation_id or each.check_in_id)}

    async def _standing(
        self, event_id: UUID, certificate_id: UUID
    ) -> tuple[Event, AttendanceCertificate]:
        event = await self.organiser.take(event_id)
        certificate = await self.certificates.get(event, certificate_id, lock=True)
        rules.check_standing(certificate.state)
        return event, certificate

    def _end(self, certificate: AttendanceCertificate, state: PaperState) -> None:
        certificate.state = state
        certificate.ended_at = self.now

    def _opened(self, certificate: AttendanceCertificate, sealed: bytes | None) -> str | None:
        return self.keys.open(sealed, certificate.id).decode() if sealed else None

    async def _make(self, event: Event, wanted: Sequence[Making]) -> list[AttendanceCertificate]:
        numbers = await self.certificates.free_numbers(len(wanted))
        made = [
            self._made(event, each, number) for each, number in zip(wanted, numbers, strict=True)
        ]
        await self.certificates.add(made)
        return made

    def _made(self, event: Event, making: Making, number: int) -> AttendanceCertificate:
        attendee, id = making.attendee, new_id()
        first = min(attendee.ids)
        name = making.name if attendee.is_invited else rules.check_named(making.name)
        return AttendanceCertificate(
            id=id,
            event_id=event.id,
            number=number,
            invitation_id=first if attendee.is_invited else None,
            check_in_id=None if attendee.is_invited else first,
            office_name=attendee.office_name,
            post=attendee.post,
            represents=attendee.represents,
            role=attendee.role,
            presence=attendee.presence,
            sealed=self.keys.seal(name.encode(), id) if name else None,
            issued_at=self.now,
            issued_by=self.actor.id,
            replaces_id=making.replaces,
        )

    def _told(self, certificate: AttendanceCertificate) -> AttendanceCertificateOut:
        return AttendanceCertificateOut(
            id=certificate.id,
            event_id=certificate.event_id,
            code=self.codes.write(CodeKind.ATTENDANCE, certificate.number),
            state=certificate.state,
            invitation_id=certificate.invitation_id,
            check_in_id=certificate.check_in_id,
            office_name=certificate.office_name,
            post=certificate.post,
            represents=certificate.represents,
            role=certificate.role,
            presence=certificate.presence,
            is_named=certificate.sealed is not None,
            issued_at=certificate.issued_at,
            issued_by=certificate.issued_by,
            replaces_id=certificate.replaces_id,
            ended_at=certificate.ended_at,
        )
