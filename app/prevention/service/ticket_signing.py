"""Who signs by a ticket of the door: its holder, as the target of the invitation."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.batches import Unreadable
from app.core.crypto import Keyring
from app.core.errors import DomainError
from app.declarations.repository.room import CaptureRepository
from app.declarations.rules.choosing import refused
from app.declarations.schemas.batches import ItemIn, TargetRef
from app.declarations.service.batches import Answer
from app.prevention.repository.gatherings import InvitedTargetRepository
from app.prevention.rules.gatherings import NotOnRoster
from app.prevention.schemas.one_qr import RoomItemIn
from app.rakor.models.events import Event
from app.rakor.repository.tickets import TicketRepository
from app.rakor.rules.faults import UnknownTicket
from app.rakor.rules.scans import IssuedTicket, Ticket, check_ticket
from app.rakor.service.ticket_book import TicketReader

Brought: TypeAlias = RoomItemIn | Unreadable

# An item without a time is refused for that; until then its ticket counts as shown last.
_LATEST: Final = datetime.max.replace(tzinfo=UTC)


class Facts(NamedTuple):
    """What is known of the tickets of a batch; `before` are the items that were recorded."""

    tickets: Mapping[UUID, Ticket | None]
    issued: Mapping[UUID, IssuedTicket]
    seats: Mapping[UUID, TargetRef]
    before: frozenset[UUID]


class TicketSigner:
    """Turns what was signed by a ticket into what the declaration takes."""

    def __init__(self, session: AsyncSession, keys: Keyring) -> None:
        self.issued = TicketRepository(session)
        self.captures = CaptureRepository(session)
        self.seats = InvitedTargetRepository(session)
        self.reader = TicketReader(keys)

    async def read(
        self, event: Event, declaration_id: UUID, items: Sequence[Brought]
    ) -> list[ItemIn | Answer]:
        """Each as an item of the declaration, or the answer to what cannot be one."""
        facts = await self._facts(event, declaration_id, items)
        return [self._read(event, facts, each) for each in items]

    async def _facts(self, event: Event, declaration_id: UUID, items: Sequence[Brought]) -> Facts:
        shown = {x.id: x.ticket for x in items if isinstance(x, RoomItemIn) and x.ticket}
        if not shown:
            return Facts({}, {}, {}, frozenset())
        tickets = {id: self.reader.read(written) for id, written in shown.items()}
        return Facts(
            tickets,
            await self.issued.issued(event, {each.id for each in tickets.values() if each}),
            {
                each.invitation_id: TargetRef(id=each.target_id, region_id=each.target_region_id)
                for each in await self.seats.of(declaration_id, event.id)
            },
            frozenset(await self.captures.earlier(shown.keys())),
        )

    def _read(self, event: Event, facts: Facts, item: Brought) -> ItemIn | Answer:
        if isinstance(item, Unreadable):
            return Answer(None, item)
        try:
            target = item.target if item.ticket is None else _target(event, facts, item)
        except DomainError as refusal:
            return refuse(item, refusal)
        return item.as_item(target)


def refuse(item: Brought, refusal: DomainError) -> Answer:
    if isinstance(item, Unreadable):
        return Answer(None, item)
    return Answer(item.id, refused(refusal))


def _target(event: Event, facts: Facts, item: RoomItemIn) -> TargetRef:
    """The target of the invitation; what was recorded before stays so, whatever has become of
    its ticket since."""
    ticket = facts.tickets[item.id]
    if ticket is None:
        raise UnknownTicket
    if item.id not in facts.before:
        issued = facts.issued.get(ticket.id)
        check_ticket(ticket, event.id, issued, item.captured_at or _LATEST)
    if ticket.invitation_id not in facts.seats:
        raise NotOnRoster
    return facts.seats[ticket.invitation_id]
