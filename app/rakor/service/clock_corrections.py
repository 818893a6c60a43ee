from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import DomainError
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.presence import CheckIn, FailedScan
from app.rakor.repository.events import EventRepository
from app.rakor.repository.presence import CheckInRepository, PresenceRepository
from app.rakor.repository.tickets import DeviceRepository, TicketRepository
from app.rakor.rules import scans
from app.rakor.rules.events import UNDER_WAY, check_stage
from app.rakor.rules.faults import UnknownTicket
from app.rakor.rules.scans import Known, Ticket
from app.rakor.schemas.clock_corrections import ClockCorrectionIn, ClockCorrectionOut
from app.rakor.service.events import Organiser


class ClockService:
    """Lets count whom a device saw on a wrong day, once somebody knows how wrong its clock was."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.organiser = Organiser(EventRepository(session, actor), actor)
        self.devices = DeviceRepository(session)
        self.check_ins = CheckInRepository(session)
        self.presence = PresenceRepository(session)
        self.tickets = TicketRepository(session)
        self.journal = Journal(session, actor, now)
        self.now = now
        self.keys = keys

    async def correct(
        self, event_id: UUID, device_id: UUID, form: ClockCorrectionIn
    ) -> ClockCorrectionOut:
        """What was refused only for its day becomes a check-in of the same id, once."""
        event = await self.organiser.take(event_id, lock=False)
        check_stage(event.stage, UNDER_WAY)
        device = await self.devices.get(event.id, device_id)
        refused = await self.check_ins.off_day(device)
        known = await self._known(event, refused)
        fast_by = timedelta(seconds=form.fast_by_seconds)
        moved = [(each, each.captured_at - fast_by) for each in refused]
        new = [self._row(*each) for each in moved if self._counts(event, known, *each)]
        await self.check_ins.add(CheckIn, new)
        await self.journal.record(
            "event.device_clock_corrected",
            event,
            device_id=str(device.id),
            seconds=form.fast_by_seconds,
            corrected=len(new),
        )
        return ClockCorrectionOut(corrected=len(new), left=len(refused) - len(new))

    async def _known(self, event: Event, refused: Sequence[FailedScan]) -> Known:
        ids = {each.ticket_id for each in refused if each.ticket_id}
        invited = {each.invitation_id for each in refused if each.invitation_id}
        return Known(
            await self.tickets.issued(event, ids), await self.presence.known(event, invited)
        )

    def _counts(self, event: Event, known: Known, scan: FailedScan, at: datetime) -> bool:
        """Whether it would have been let in at that moment."""
        days = (event.starts_on, event.ends_on)
        try:
            self._check_who(event, known, scan, at)
            scans.check_mode(scan.mode, event.mode, is_walk_in=scan.post is not None)
            scans.check_day(at, days, event.time_zone)
            scans.check_moment(at, self.now)
        except DomainError:
            return False
        return True

    def _check_who(self, event: Event, known: Known, scan: FailedScan, at: datetime) -> None:
        if scan.ticket_id is not None and scan.invitation_id is not None:
            ticket = Ticket(scan.ticket_id, event.id, scan.invitation_id)
            scans.check_ticket(ticket, event.id, known.tickets.get(ticket.id), at)
        elif scan.invitation_id is not None:
            scans.check_listed(scan.invitation_id, known.invitations, at)
        elif scan.post is None:
            raise UnknownTicket

    def _row(self, scan: FailedScan, at: datetime) -> CheckIn:
        name = files.open_walk_in(scan.sealed, scan.id, self.keys) if scan.sealed else None
        return CheckIn(
            region_id=scan.region_id,
            id=scan.id,
            region_code=scan.region_code,
            event_id=scan.event_id,
            session_id=scan.session_id,
            invitation_id=scan.invitation_id,
            office_name=scan.office_name,
            post=scan.post,
            direction=scan.direction,
            mode=scan.mode,
            captured_at=at,
            recorded_at=self.now,
            nonce=None,
            device_id=scan.device_id,
            sequence=scan.sequence,
            ticket_id=scan.ticket_id,
            sealed=files.seal_walk_in(name, scan.id, self.keys) if name else None,
        )
