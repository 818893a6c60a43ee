from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.outcomes import ItemOutcome
from app.rakor.models.presence import CheckIn, FailedScan
from app.rakor.repository.events import EventRepository
from app.rakor.repository.presence import CheckInRepository, PresenceRepository
from app.rakor.repository.tickets import TicketRepository
from app.rakor.rules.faults import UsedNonce
from app.rakor.schemas.check_ins import CheckInItemIn
from app.rakor.service.judging import Facts, Judge, Origin, Verdict
from app.rakor.service.ticket_book import TicketReader


class Recorder:
    """Records what doors saw, each item once: in any order, however often, whoever brings it."""

    def __init__(
        self, session: AsyncSession, events: EventRepository, now: datetime, keys: Keyring
    ) -> None:
        self.events = events
        self.check_ins = CheckInRepository(session)
        self.presence = PresenceRepository(session)
        self.tickets = TicketRepository(session)
        self.reader = TicketReader(keys)
        self.keys = keys
        self.now = now

    async def record(self, origin: Origin, items: Sequence[CheckInItemIn]) -> list[Verdict]:
        """What became of each item, in the same order; what is new is written."""
        facts = await self._facts(origin, items)
        known = facts.check_ins.keys() | facts.failed.keys()
        judge = Judge(origin, facts, self.now, self.keys)
        verdicts = [judge.judge(each) for each in items]
        new = [each for id, each in facts.check_ins.items() if id not in known]
        failed = [each for id, each in facts.failed.items() if id not in known]
        await self.check_ins.add(FailedScan, failed)
        added = await self.check_ins.add(CheckIn, new)
        if len(added) == len(new):
            return verdicts
        # Somebody else wrote the same at the same instant; by now that is done.
        lost = {each.id for each in new} - added
        return await self._settle(judge, lost, list(zip(items, verdicts, strict=True)))

    async def _settle(
        self, judge: Judge, lost: set[UUID], judged: Sequence[tuple[CheckInItemIn, Verdict]]
    ) -> list[Verdict]:
        before = await self.check_ins.earlier(judge.event.region_id, lost)
        refused = Verdict(ItemOutcome.REFUSED, refusal=UsedNonce())
        return [
            verdict
            if item.id not in lost
            else judge.compare(item, before[item.id])
            if item.id in before
            else refused
            for item, verdict in judged
        ]

    async def _facts(self, origin: Origin, items: Sequence[CheckInItemIn]) -> Facts:
        event, device = origin
        ids = {each.id for each in items}
        tickets = {each.ticket: self.reader.read(each.ticket) for each in items if each.ticket}
        named = {each.invitation_id for each in items if each.invitation_id}
        sequences = {each.sequence for each in items if each.sequence}
        return Facts(
            tickets=tickets,
            issued=await self.tickets.issued(event, {each.id for each in tickets.values() if each}),
            invitations=await self.presence.known(event, named),
            sessions={each.id for each in await self.events.run_down(event)},
            used=await self.check_ins.used(device, sequences) if device else set(),
            check_ins=dict(await self.check_ins.earlier(event.region_id, ids)),
            failed=dict(await self.check_ins.failed(event.region_id, ids)),
        )
