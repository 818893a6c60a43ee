"""What becomes of each thing that a door saw, held against what is known of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, DomainError, Invalid
from app.core.outcomes import ItemOutcome
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.presence import CheckIn, EventDevice, FailedScan
from app.rakor.rules import scans
from app.rakor.rules.events import UNDER_WAY, check_stage
from app.rakor.rules.scans import REFUSALS, IssuedTicket, ScanRefused, Ticket
from app.rakor.schemas.check_ins import CheckInItemIn
from app.rakor.service.events import unknown
from app.rakor.service.ticket_book import DoorKeys

_SAID: Final = (
    "event_id",
    "session_id",
    "invitation_id",
    "office_name",
    "post",
    "direction",
    "mode",
    "captured_at",
    "nonce",
    "device_id",
    "sequence",
    "ticket_id",
)


class Origin(NamedTuple):
    """The event, and the device that saw it; for what no device saw an officer answers."""

    event: Event
    device: EventDevice | None


class Verdict(NamedTuple):
    """What became of one item."""

    outcome: ItemOutcome
    check_in: CheckIn | None = None
    refusal: DomainError | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of the things that a batch names, and what was known of its items before."""

    tickets: Mapping[str, Ticket | None]
    issued: Mapping[UUID, IssuedTicket]
    invitations: set[UUID]
    sessions: set[UUID]
    used: set[int]
    check_ins: dict[UUID, CheckIn]
    failed: dict[UUID, FailedScan]


class Judge:
    """Judges one item after the other; what is new it adds to what is known."""

    def __init__(self, origin: Origin, facts: Facts, now: datetime, keys: Keyring) -> None:
        self.event, self.device = origin
        self.facts = facts
        self.now = now
        self.keys = keys
        self.secret = DoorKeys(keys).secret_of(self.device.id) if self.device else b""

    def judge(self, item: CheckInItemIn) -> Verdict:
        """Whoever was answered before gets that answer, whatever has changed since."""
        if item.id in self.facts.check_ins:
            return self.compare(item, self.facts.check_ins[item.id])
        if item.id in self.facts.failed:
            return self._failed_before(item, self.facts.failed[item.id])
        try:
            self._check(item)
            return self._fail(item, None) if item.fault else self._record(item)
        except ScanRefused as refusal:
            return self._fail(item, refusal)
        except DomainError as refusal:
            return Verdict(ItemOutcome.REFUSED, refusal=refusal)

    def compare(self, item: CheckInItemIn, before: CheckIn) -> Verdict:
        """The same again, or something else under the same id."""
        row = self._row(item)
        name = files.open_walk_in(before.sealed, before.id, self.keys) if before.sealed else None
        if name != item.name or any(getattr(before, x) != getattr(row, x) for x in _SAID):
            return Verdict(ItemOutcome.REFUSED, refusal=ConflictingBody())
        return Verdict(ItemOutcome.REPEATED, before)

    def _failed_before(self, item: CheckInItemIn, before: FailedScan) -> Verdict:
        row = self._failed_row(item, before.fault)
        if row is None or any(
            getattr(before, x) != getattr(row, x)
            for x in ("event_id", "session_id", "scanned_hash", "captured_at", "sequence")
        ):
            return Verdict(ItemOutcome.REFUSED, refusal=ConflictingBody())
        if item.fault:
            return Verdict(ItemOutcome.REPEATED)
        return Verdict(ItemOutcome.REFUSED, refusal=REFUSALS[before.fault]())

    def _check(self, item: CheckInItemIn) -> None:
        """What holds for every item, also for one that tells of a door that stayed closed."""
        check_stage(self.event.stage, UNDER_WAY)
        if self.device is not None:
            scans.check_nonce(self.secret, item.sequence, item.nonce)
        elif item.sequence is not None:
            raise scans.WrongNonce
        if item.sequence in self.facts.used:
            raise scans.UsedNonce
        if item.session_id is not None and item.session_id not in self.facts.sessions:
            raise Invalid(unknown("/session_id"))

    def _record(self, item: CheckInItemIn) -> Verdict:
        self._admit(item)
        row = self._row(item)
        self.facts.check_ins[row.id] = row
        self._use(item)
        return Verdict(ItemOutcome.RECORDED, row)

    def _admit(self, item: CheckInItemIn) -> None:
        if item.ticket is not None:
            ticket = self.facts.tickets[item.ticket]
            issued = self.facts.issued.get(ticket.id) if ticket else None
            scans.check_ticket(ticket, self.event.id, issued, item.captured_at)
        if item.invitation_id is not None and item.invitation_id not in self.facts.invitations:
            raise Invalid(unknown("/invitation_id"))
        days = (self.event.starts_on, self.event.ends_on)
        scans.check_day(item.captured_at, days, self.event.time_zone)
        if self.device is not None:
            scans.check_moment(item.captured_at, self.now)

    def _fail(self, item: CheckInItemIn, refusal: ScanRefused | None) -> Verdict:
        """Keep what was scanned; the door that stayed closed by itself was right."""
        fault = item.fault or (refusal.fault if refusal else None)
        row = self._failed_row(item, fault) if fault else None
        if row is not None:
            self.facts.failed[row.id] = row
            self._use(item)
        outcome = ItemOutcome.REFUSED if refusal else ItemOutcome.RECORDED
        return Verdict(outcome, refusal=refusal)

    def _use(self, item: CheckInItemIn) -> None:
        if item.sequence is not None:
            self.facts.used.add(item.sequence)

    def _row(self, item: CheckInItemIn) -> CheckIn:
        ticket = self.facts.tickets[item.ticket] if item.ticket is not None else None
        return CheckIn(
            region_id=self.event.region_id,
            id=item.id,
            region_code=self.event.region_code,
            event_id=self.event.id,
            session_id=item.session_id,
            invitation_id=ticket.invitation_id if ticket else item.invitation_id,
            office_name=item.office_name,
            post=item.post,
            direction=item.direction,
            mode=item.mode,
            captured_at=item.captured_at,
            recorded_at=self.now,
            nonce=item.nonce,
            device_id=self.device.id if self.device else None,
            sequence=item.sequence,
            ticket_id=ticket.id if ticket else None,
            sealed=files.seal_walk_in(item.name, item.id, self.keys) if item.name else None,
        )

    def _failed_row(self, item: CheckInItemIn, fault: scans.ScanFault) -> FailedScan | None:
        scanned = item.scanned_hash or _hash_of(item.ticket)
        if scanned is None:
            return None
        ticket = self.facts.tickets.get(item.ticket) if item.ticket is not None else None
        is_ours = ticket is not None and ticket.event_id == self.event.id
        return FailedScan(
            region_id=self.event.region_id,
            id=item.id,
            region_code=self.event.region_code,
            event_id=self.event.id,
            session_id=item.session_id,
            fault=fault,
            scanned_hash=scanned,
            invitation_id=ticket.invitation_id if ticket and is_ours else None,
            device_id=self.device.id if self.device else None,
            sequence=item.sequence,
            captured_at=item.captured_at,
            recorded_at=self.now,
        )


def _hash_of(ticket: str | None) -> str | None:
    return hashlib.sha256(ticket.encode()).hexdigest() if ticket is not None else None
