"""What becomes of each thing that a door saw, held against what is known of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, DomainError
from app.core.outcomes import ItemOutcome
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.presence import CheckIn, EventDevice, FailedScan
from app.rakor.rules import scans
from app.rakor.rules.events import UNDER_WAY, check_stage
from app.rakor.rules.faults import (
    NUMBERLESS,
    REFUSALS,
    ScanFault,
    ScanRefused,
    UnknownSession,
    UsedNonce,
)
from app.rakor.rules.scans import IssuedTicket, Ticket
from app.rakor.schemas.check_ins import CheckInItemIn
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
    invitations: Mapping[UUID, datetime | None]
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
        self.door = DoorKeys(keys)
        self.secret = self.door.secret_of(self.device.id) if self.device else b""

    def judge(self, item: CheckInItemIn) -> Verdict:
        """Whoever was answered before gets that answer, whatever has changed since."""
        if item.id in self.facts.failed:
            return self._failed_before(item, self.facts.failed[item.id])
        if item.id in self.facts.check_ins:
            return self.compare(item, self.facts.check_ins[item.id])
        try:
            self._check(item)
            return self._turned_away(item, item.fault) if item.fault else self._record(item)
        except ScanRefused as refusal:
            self._keep(item, refusal.fault)
            return Verdict(ItemOutcome.REFUSED, refusal=refusal)
        except DomainError as refusal:
            return Verdict(ItemOutcome.REFUSED, refusal=refusal)

    def compare(self, item: CheckInItemIn, before: CheckIn) -> Verdict:
        """The same again, or something else under the same id."""
        if item.nonce != before.nonce or not self._is_same(item, before, self._row(item)):
            return Verdict(ItemOutcome.REFUSED, refusal=ConflictingBody())
        return Verdict(ItemOutcome.REPEATED, before)

    def _failed_before(self, item: CheckInItemIn, before: FailedScan) -> Verdict:
        row = self._failed_row(item, before.fault)
        if row.scanned_key != before.scanned_key or not self._is_same(item, before, row):
            return Verdict(ItemOutcome.REFUSED, refusal=ConflictingBody())
        if item.fault is before.fault:
            return Verdict(ItemOutcome.REPEATED)
        return Verdict(ItemOutcome.REFUSED, refusal=REFUSALS[before.fault]())

    def _is_same(
        self, item: CheckInItemIn, before: CheckIn | FailedScan, row: CheckIn | FailedScan
    ) -> bool:
        name = files.open_walk_in(before.sealed, before.id, self.keys) if before.sealed else None
        return name == item.name and all(getattr(before, x) == getattr(row, x) for x in _SAID)

    def _check(self, item: CheckInItemIn) -> None:
        """What holds for every item, also for one that tells of a door that stayed closed."""
        check_stage(self.event.stage, UNDER_WAY)
        if self.device is not None:
            scans.check_nonce(self.secret, item.sequence, item.nonce)
        elif item.sequence is not None:
            raise scans.DeviceMissing
        if item.sequence in self.facts.used:
            raise UsedNonce
        if item.session_id is not None and item.session_id not in self.facts.sessions:
            raise UnknownSession

    def _record(self, item: CheckInItemIn) -> Verdict:
        self._admit(item)
        row = self._row(item)
        self.facts.check_ins[row.id] = row
        self._use(row)
        return Verdict(ItemOutcome.RECORDED, row)

    def _admit(self, item: CheckInItemIn) -> None:
        if item.ticket is not None:
            ticket = self.facts.tickets[item.ticket]
            issued = self.facts.issued.get(ticket.id) if ticket else None
            scans.check_ticket(ticket, self.event.id, issued, item.captured_at)
        if item.invitation_id is not None:
            scans.check_listed(item.invitation_id, self.facts.invitations, item.captured_at)
        scans.check_mode(item.mode, self.event.mode, is_walk_in=item.post is not None)
        days = (self.event.starts_on, self.event.ends_on)
        scans.check_day(item.captured_at, days, self.event.time_zone)
        scans.check_moment(item.captured_at, self.now)

    def _turned_away(self, item: CheckInItemIn, fault: ScanFault) -> Verdict:
        """The door that stayed closed by itself was right."""
        self._keep(item, fault)
        return Verdict(ItemOutcome.RECORDED)

    def _keep(self, item: CheckInItemIn, fault: ScanFault) -> None:
        row = self._failed_row(item, fault)
        self.facts.failed[row.id] = row
        self._use(row)

    def _use(self, row: CheckIn | FailedScan) -> None:
        if row.sequence is not None:
            self.facts.used.add(row.sequence)

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

    def _failed_row(self, item: CheckInItemIn, fault: ScanFault) -> FailedScan:
        scanned = item.scanned_hash or _hash_of(item.ticket)
        ticket = self.facts.tickets.get(item.ticket) if item.ticket is not None else None
        ours = ticket if ticket and ticket.event_id == self.event.id else None
        listed = item.invitation_id if item.invitation_id in self.facts.invitations else None
        return FailedScan(
            region_id=self.event.region_id,
            id=item.id,
            region_code=self.event.region_code,
            event_id=self.event.id,
            session_id=item.session_id if item.session_id in self.facts.sessions else None,
            fault=fault,
            scanned_key=self.door.key_of(scanned) if scanned else None,
            invitation_id=ours.invitation_id if ours else listed,
            ticket_id=ours.id if ours else None,
            office_name=item.office_name,
            post=item.post,
            direction=item.direction,
            mode=item.mode,
            device_id=self.device.id if self.device else None,
            sequence=None if fault in NUMBERLESS else item.sequence,
            captured_at=item.captured_at,
            recorded_at=self.now,
            sealed=files.seal_walk_in(item.name, item.id, self.keys) if item.name else None,
        )


def _hash_of(ticket: str | None) -> str | None:
    return hashlib.sha256(ticket.encode()).hexdigest() if ticket is not None else None
