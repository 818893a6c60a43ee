from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind
from app.core.batches import Unreadable
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid, NotFound
from app.core.outcomes import ItemOutcome
from app.core.texts import Text
from app.declarations.files import seal_strokes
from app.declarations.models.declarations import Declaration
from app.declarations.models.room import CollectingDevice, SignatureCapture, SignatureMark
from app.declarations.repository.changes import ChangeRepository
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.room import CaptureRepository, DeviceRepository
from app.declarations.rules import room
from app.declarations.rules.certified import Source
from app.declarations.rules.choosing import Candidate, Result, choose, settle
from app.declarations.rules.room import Phase, Reach
from app.declarations.rules.tickets import Ticket, TicketFor
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.batches import BatchIn, ItemIn
from app.declarations.service.items import ItemReader, Origin
from app.declarations.service.tickets import TicketMaker
from app.declarations.service.writing import SignatureWriter
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter

UNKNOWN_DEVICE: Final = Fault(
    "/device_id",
    "unknown-device",
    Text("Perangkat ini tidak terdaftar di sini.", "This device is not registered here."),
)


class Answer(NamedTuple):
    """The id of an item, where it can be read, what became of it, and the ticket of who signed."""

    id: UUID | None
    what: Result | Unreadable
    ticket: str | None = None


class BatchService:
    """Takes what was collected without network: each item once, whatever is sent again."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.devices = DeviceRepository(session)
        self.captures = CaptureRepository(session)
        self.changes = ChangeRepository(session)
        self.reader = ItemReader(session, actor, now, keys)
        self.log = LogWriter(session, LogName.DECLARATIONS)
        self.writer = SignatureWriter(session, actor, now, keys)
        self.tickets = TicketMaker(keys)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def take(self, declaration_id: UUID, form: BatchIn) -> list[Answer]:
        """Record what can be recorded in the caller's transaction; answer in the same order."""
        device = await self._device(declaration_id, form.device_id)
        declaration = await self.declarations.held(declaration_id)
        phase = Phase(declaration.status, declaration.closed_at)
        origin = Origin(declaration, phase, device, self._reach(declaration, device))
        items = [each for each in form.items if isinstance(each, ItemIn)]
        candidates = await self.reader.read(origin, items)
        results = await self._record(device, items, candidates)
        await self._note(origin, results)
        by_itself = device if self.actor.kind is ActorKind.RECEIPT else None
        told = zip(items, results, strict=True)
        return [
            Answer(None, each)
            if isinstance(each, Unreadable)
            else self._answer(by_itself, *next(told))
            for each in form.items
        ]

    def _answer(self, device: CollectingDevice | None, item: ItemIn, result: Result) -> Answer:
        """With the ticket, so that the room can hand it over at once, also where the first answer
        was lost; officers hand it out by an operation of its own, which the journal tells of."""
        signed = result.recorded
        if signed is None or device is None or not _is_shown(device, item, result):
            return Answer(item.id, result)
        ticket = Ticket(signed.region_id, signed.id, TicketFor.SIGNATURE)
        return Answer(item.id, result, self.tickets.write(ticket))

    async def _device(
        self, declaration_id: UUID, device_id: UUID | None
    ) -> CollectingDevice | None:
        """The device that sends, or whose items an officer of the organiser's area sends."""
        if self.actor.kind is ActorKind.RECEIPT:
            device = await self.devices.get(declaration_id, self.actor.subject)
            if device_id not in (None, device.id):
                raise Invalid(UNKNOWN_DEVICE)
            room.accept_device(device.expires_at + room.LATE, device.revoked_at, self.now)
            return device
        await self.declarations.get(declaration_id)
        if device_id is None:
            return None
        try:
            return await self.devices.get(declaration_id, device_id)
        except NotFound as missing:
            raise Invalid(UNKNOWN_DEVICE) from missing

    def _reach(self, declaration: Declaration, device: CollectingDevice | None) -> Reach | None:
        """Where the credential of a device reaches; an officer answers for what he sends."""
        if device is None or self.actor.kind is not ActorKind.RECEIPT:
            return None
        return Reach(declaration.region_code, device.regions, device.offices)

    async def _record(
        self,
        device: CollectingDevice | None,
        items: Sequence[ItemIn],
        candidates: Sequence[Candidate],
    ) -> list[Result]:
        # Whoever else sends the same waits here, and then finds it done.
        await self.log.hold()
        earlier = await self.captures.earlier([each.item_id for each in candidates])
        choice = choose(candidates, earlier, await self._used(device, candidates))
        wishes = [wish for place in choice.written if (wish := candidates[place].wish)]
        recorded = await self.writer.write(wishes) if wishes else []
        results = settle(choice, candidates, recorded, self.now)
        await self._keep(device, items, candidates, results)
        await self._stand(candidates, results)
        return results

    async def _stand(self, candidates: Sequence[Candidate], results: Sequence[Result]) -> None:
        """Say of whoever signed under another id than the roster has who of the roster it is."""
        for candidate, result in zip(candidates, results, strict=True):
            target_id = candidate.wish.stands_for if candidate.wish else None
            if target_id is not None and result.outcome is ItemOutcome.RECORDED:
                signature = _of(result)
                await self.changes.put_check(signature, signature.check, target_id)

    async def _used(
        self, device: CollectingDevice | None, candidates: Sequence[Candidate]
    ) -> set[int | Source]:
        """Which of their numbers and electronic signatures served already."""
        numbers = [each.sequence for each in candidates if each.sequence is not None]
        documents = {each.source.evidence_id for each in candidates if each.source is not None}
        used: set[int | Source] = set()
        if device is not None and numbers:
            used |= await self.captures.used(device.id, numbers)
        if documents:
            used |= await self.captures.used_sources(documents)
        return used

    async def _keep(
        self,
        device: CollectingDevice | None,
        items: Sequence[ItemIn],
        candidates: Sequence[Candidate],
        results: Sequence[Result],
    ) -> None:
        """Keep where each signature came from, and what was drawn."""
        new = [
            (item, candidate, result)
            for item, candidate, result in zip(items, candidates, results, strict=True)
            if result.outcome is ItemOutcome.RECORDED
        ]
        await self.captures.add(
            [_capture(device, *each) for each in new],
            [self._mark(item, result) for item, _, result in new if item.drawing is not None],
        )

    def _mark(self, item: ItemIn, result: Result) -> SignatureMark:
        where = _of(result)
        return SignatureMark(
            region_id=where.region_id,
            id=where.id,
            region_code=where.region_code,
            sealed=seal_strokes(item.drawing or [], where.id, self.keys),
        )

    async def _note(self, origin: Origin, results: Sequence[Result]) -> None:
        counts = Counter(each.outcome for each in results)
        if counts[ItemOutcome.RECORDED]:
            await self.journal.record(
                "signatures.collected",
                origin.declaration,
                device_id=str(origin.device.id) if origin.device else "",
                recorded=counts[ItemOutcome.RECORDED],
                refused=counts[ItemOutcome.REFUSED],
            )


def _capture(
    device: CollectingDevice | None, item: ItemIn, candidate: Candidate, result: Result
) -> SignatureCapture:
    where = _of(result)
    return SignatureCapture(
        region_id=where.region_id,
        id=where.id,
        region_code=where.region_code,
        item_id=item.id,
        body_mac=candidate.body_mac,
        device_id=device.id if device and item.paper is None else None,
        sequence=item.sequence if device and item.paper is None else None,
        evidence_id=item.paper.evidence_id if item.paper else None,
        page=item.paper.page if item.paper else None,
        document_signature=candidate.source.signature if candidate.source else None,
    )


def _of(result: Result) -> Recorded:
    if result.recorded is None:
        raise ValueError("Only what was recorded is kept.")
    return result.recorded


def _is_shown(device: CollectingDevice, item: ItemIn, result: Result) -> bool:
    """Whether the device has collected it, and the person, whom nobody has erased, has no personal
    link that opens it."""
    if item.target is not None and result.recorded and item.target.id == result.recorded.id:
        return False
    known = result.known
    return known is None or (known.device_id == device.id and known.body_mac is not None)
