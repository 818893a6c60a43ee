"""The keys of the doors, and the one valid ticket of each invitation."""

import json
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.certificates.files.typesetting import qr_picture
from app.core.crypto import Keyring
from app.core.jws import JwsSigner, NotOurs
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.models.presence import EventTicket
from app.rakor.repository.tickets import TicketRepository
from app.rakor.rules.scans import Ticket
from app.rakor.schemas.tickets import EventTicketOut

# The number goes up when a key has to change.
_TICKET_KEY: Final = b"netra-ticket-key/1"
_BUNDLE_KEY: Final = b"netra-event-bundle-key/1"
_TICKET: Final = "netra-ticket+jwt"
_BUNDLE: Final = "netra-event-bundle+json"
_SEATS: Final = "netra-seats+json"


class DoorKeys:
    """All made from our oldest receipt key, which outlives every rotation."""

    def __init__(self, keys: Keyring) -> None:
        self._mac = partial(keys.sign_receipt, keys.first_receipt_key())

    def tickets(self) -> JwsSigner:
        return JwsSigner(self._mac(_TICKET_KEY), _TICKET)

    def bundles(self) -> JwsSigner:
        return JwsSigner(self._mac(_BUNDLE_KEY), _BUNDLE)

    def seats(self) -> JwsSigner:
        """Of who signs as whom, under the key of the bundles."""
        return JwsSigner(self._mac(_BUNDLE_KEY), _SEATS)

    def secret_of(self, device_id: UUID) -> bytes:
        return self._mac(b"event-device" + device_id.bytes)

    def key_of(self, scanned_hash: str) -> str:
        """Under which a scan that failed is kept: a card has so few numbers that its plain hash
        would tell them."""
        return self._mac(b"failed-scan" + bytes.fromhex(scanned_hash)).hex()


class TicketReader:
    """Reads what was scanned: a ticket of ours, or nothing."""

    def __init__(self, keys: Keyring) -> None:
        self.signer = DoorKeys(keys).tickets()

    def read(self, scanned: str) -> Ticket | None:
        try:
            said = json.loads(self.signer.open(scanned))
        except NotOurs:
            return None
        return Ticket(UUID(said["jti"]), UUID(said["aud"]), UUID(said["sub"]))


class TicketBook:
    """Gives each invitation its ticket: the same however often it is asked for.

    Whoever opens it holds the lock of the event, so that nobody gives another beside it, nor to
    somebody who is losing the seat.
    """

    def __init__(self, session: AsyncSession, keys: Keyring, now: datetime) -> None:
        self.tickets = TicketRepository(session)
        self.signer = DoorKeys(keys).tickets()
        self.now = now

    async def give(self, event: Event, invitation: Invitation) -> EventTicketOut:
        ticket = await self.tickets.valid(invitation)
        return self._shown(ticket or self.issue(event, invitation))

    async def replace(self, event: Event, invitation: Invitation) -> EventTicketOut:
        """Revoke the ticket that there is, and give another."""
        ticket = await self.tickets.valid(invitation)
        if ticket is not None:
            ticket.revoked_at = self.now
            await self.tickets.flush()
        return self._shown(self.issue(event, invitation))

    def issue(self, event: Event, invitation: Invitation) -> EventTicket:
        """Add a first ticket, or one after the last was revoked."""
        ticket = EventTicket(event_id=event.id, invitation_id=invitation.id, issued_at=self.now)
        self.tickets.add(ticket)
        return ticket

    def write(self, ticket: EventTicket) -> str:
        """The same word each time, for Ed25519 leaves nothing to chance."""
        said = {
            "jti": str(ticket.id),
            "aud": str(ticket.event_id),
            "sub": str(ticket.invitation_id),
        }
        return self.signer.sign(json.dumps(said, separators=(",", ":")).encode()).compact

    def _shown(self, ticket: EventTicket) -> EventTicketOut:
        written = self.write(ticket)
        picture = qr_picture(written, is_signed=True)
        return EventTicketOut(ticket=written, qr_svg=picture, issued_at=ticket.issued_at)
