from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import PUBLIC
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, DomainError
from app.core.once import Done
from app.declarations import files
from app.declarations.repository.tickets import Invited, Opening, TicketRepository
from app.declarations.repository.writing import WritingRepository
from app.declarations.rules import room, steps
from app.declarations.rules.holders import accept_name
from app.declarations.rules.tickets import (
    Redemption,
    Ticket,
    TicketFor,
    UnknownTicket,
    accept_state,
    read_ticket,
    write_ticket,
)
from app.declarations.rules.wishes import Recorded, Wish, in_the_way
from app.declarations.service.holders import Holders, held_by
from app.declarations.service.writing import SignatureWriter

Answer: TypeAlias = Done[Recorded] | DomainError
"""What the holder of one ticket is told: recorded now, recorded before, or refused."""


class TicketMaker:
    """Writes tickets and reads them back; our oldest receipt key is all that it needs."""

    def __init__(self, keys: Keyring) -> None:
        self._mac = partial(keys.sign_receipt, keys.first_receipt_key())

    def write(self, ticket: Ticket) -> str:
        return write_ticket(ticket, self._mac)

    def read(self, written: str) -> Ticket:
        """Raises `UnknownTicket` for whatever we have not written."""
        return read_ticket(written, self._mac)


class TicketService:
    """Signing by personal links: many at once, each with an answer of its own."""

    def __init__(self, session: AsyncSession, keys: Keyring, now: datetime) -> None:
        self.targets = TicketRepository(session)
        self.signatures = WritingRepository(session)
        self.writer = SignatureWriter(session, PUBLIC, now, keys)
        self.holders = Holders(session, keys)
        self.keys = keys
        self.now = now

    async def sign(self, redemption: Redemption) -> Done[Recorded]:
        """Sign by one ticket, or raise what its holder is told."""
        (answer,) = await self.sign_all([redemption])
        if isinstance(answer, DomainError):
            raise answer
        return answer

    async def sign_all(self, redemptions: Sequence[Redemption]) -> list[Answer]:
        """Sign all that can be signed in the caller's transaction, and answer in the same order;
        who is refused spoils it for nobody else."""
        tickets = [self._read(each) for each in redemptions]
        with_names = any(each.name is not None for each in redemptions)
        invited, held = await self._held(set(filter(None, tickets)), with_names=with_names)
        asked = {
            place: target
            for place, ticket in enumerate(tickets)
            if ticket is not None and (target := invited.get(ticket)) is not None
        }
        refused = _misnamed(redemptions, asked)
        wishes = {
            place: self._wish(target, held[target.declaration_id], redemptions[place])
            for place, target in asked.items()
            if place not in refused
        }
        recorded = await self._record(wishes, held)
        if with_names:
            refused |= await self.holders.refused(redemptions, wishes, recorded)
        return self._answers(redemptions, wishes, recorded, refused)

    async def _held(
        self, tickets: Collection[Ticket], *, with_names: bool
    ) -> tuple[dict[Ticket, Invited], dict[UUID, Opening]]:
        """The targets as they are while nobody takes one off or erases it: whoever does changes
        the version, so that they are read again only then."""
        sealed = with_names or len(self.keys.blinds(files.SIGNER, "")) > 1
        invited = await self.targets.invited(tickets, sealed=sealed)
        held = await self.targets.hold({each.declaration_id for each in invited.values()})
        if any(each.version != held[each.declaration_id].version for each in invited.values()):
            invited = await self.targets.invited(invited.keys(), sealed=sealed)
        return invited, held

    def _read(self, redemption: Redemption) -> Ticket | None:
        try:
            room.accept_own_moment(redemption.captured_at, self.now)
        except room.CapturedInFuture:
            return None
        return redemption.ticket if redemption.ticket.given_for is TicketFor.TARGET else None

    def _wish(self, target: Invited, declaration: Opening, redemption: Redemption) -> Wish:
        key_id, person_key, marks = self._person(target)
        wish = Wish(
            id=target.id,
            region_id=target.region_id,
            region_code=target.region_code,
            declaration_id=target.declaration_id,
            text_hash=bytes.fromhex(declaration.text_hash),
            group=target.group,
            role=target.role,
            method=redemption.method,
            captured_at=redemption.captured_at,
            key_id=key_id,
            person_key=person_key,
            person_hash=target.person_hash,
            marks=marks,
        )
        if redemption.name is None or target.sealed is None:
            return wish
        post = files.open_signer(target.sealed, target.id, self.keys)
        return held_by(redemption.name, wish, post, self.keys)

    def _person(self, target: Invited) -> tuple[UUID, bytes, tuple[bytes, ...]]:
        """The person under the index key in use. While two keys have rows, an earlier signature
        may lie under either, so the person is opened; at any other time the roster has it."""
        if target.sealed is None:
            return target.key_id, target.person_key, ()
        key_id = self.keys.index_key()
        person = files.person_in(files.open_signer(target.sealed, target.id, self.keys))
        mark = self.keys.blind(files.SIGNER, person)
        return key_id, mark, tuple(self.keys.blinds(files.SIGNER, person))

    async def _record(
        self, wishes: Mapping[int, Wish], held: Mapping[UUID, Opening]
    ) -> dict[int, Recorded]:
        """By place: what is recorded now, also where a repeat comes after the closing."""
        is_open = {id: each.status in steps.TAKES_SIGNATURES for id, each in held.items()}
        open_now = {at: each for at, each in wishes.items() if is_open[each.declaration_id]}
        late = {at: each for at, each in wishes.items() if at not in open_now}
        recorded = await self._standing(late) if late else {}
        if open_now:
            written = await self.writer.write(list(open_now.values()))
            recorded |= dict(zip(open_now, written, strict=True))
        return recorded

    async def _standing(self, wishes: Mapping[int, Wish]) -> dict[int, Recorded]:
        """By place: what was recorded earlier of whoever may sign no more."""
        found = await self.signatures.earlier(list(wishes.values()))
        known = {
            at: in_the_way(found.get(place, ()), wish)
            for place, (at, wish) in enumerate(wishes.items())
        }
        return {at: each for at, each in known.items() if each is not None}

    def _answers(
        self,
        redemptions: Sequence[Redemption],
        wishes: Mapping[int, Wish],
        recorded: Mapping[int, Recorded],
        refused: Mapping[int, DomainError],
    ) -> list[Answer]:
        told: set[UUID] = set()
        answers: list[Answer] = []
        for place, redemption in enumerate(redemptions):
            try:
                room.accept_own_moment(redemption.captured_at, self.now)
                if place in refused:
                    raise refused[place]
                mine = _accepted(wishes.get(place), recorded.get(place))
            except DomainError as refusal:
                answers.append(refusal)
            else:
                answers.append(Done(mine, mine.recorded_at == self.now and mine.id not in told))
                told.add(mine.id)
        return answers


def _misnamed(
    redemptions: Sequence[Redemption], asked: Mapping[int, Invited]
) -> dict[int, DomainError]:
    """Those for a post who do not say who they are, and those who say it without need."""
    refused: dict[int, DomainError] = {}
    for place, target in asked.items():
        try:
            accept_name(redemptions[place].name, needs_name=target.needs_name)
        except DomainError as refusal:
            refused[place] = refusal
    return refused


def _accepted(wish: Wish | None, recorded: Recorded | None) -> Recorded:
    """What is recorded, if it is what was wished."""
    if wish is None:
        raise UnknownTicket
    if recorded is None:
        raise steps.NotOpen
    if recorded.id != wish.id:
        raise steps.AlreadySigned
    accept_state(recorded.state)
    if (recorded.method, recorded.captured_at) != (wish.method, wish.captured_at):
        raise ConflictingBody
    return recorded
