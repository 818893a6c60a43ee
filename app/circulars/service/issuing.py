from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.files.content import hash_content, write_content
from app.circulars.models import Circular
from app.circulars.repository.circulars import CircularRepository
from app.circulars.rules import circulars as rules
from app.circulars.rules.circulars import CircularState, Ending
from app.circulars.rules.leaves import ENDED, CircularAct, CircularLeaf, write_leaf
from app.circulars.schemas.circulars import CircularRevocationIn
from app.circulars.schemas.parts import CircularAttachmentOut, CircularEndingIn
from app.circulars.schemas.shown import CircularDetailOut
from app.circulars.service.addressing import Addressing, read_line
from app.circulars.service.admitting import Admitting
from app.circulars.service.copies import CleanCopies
from app.circulars.service.describing import Describing
from app.circulars.service.issuer import Issuer, unknown
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter


class IssuingService:
    """The acts that stand in the public log: issuing a circular, and taking it out of force."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.copies = CleanCopies(session, keys)
        self.circulars = CircularRepository(session, actor)
        self.issuer = Issuer(self.circulars, actor)
        self.addressing = Addressing(session, now)
        self.admitting = Admitting(session, now)
        self.describing = Describing(self.circulars, now)
        self.log = LogWriter(session, LogName.CIRCULARS)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def issue(self, circular_id: UUID) -> CircularDetailOut:
        """Fix the text, take older circulars out of force, address every office."""
        circular = await self.issuer.take(circular_id)
        circular.state = rules.step(circular.state, CircularState.ISSUED)
        circular.in_force_from = rules.first_day(circular.in_force_from, circular.dated_on)
        attachments = [CircularAttachmentOut.model_validate(each) for each in circular.attachments]
        has_letter = any(each.is_letter for each in attachments)
        rules.check_said(circular.body, has_letter=has_letter)
        circular.attachments = await self.copies.hashed(attachments)
        # All that takes long comes before the log is held: for that every other act waits.
        addressed = await self._address(circular)
        # Before the log too: whoever revokes one of them holds it before the log as well.
        older = await self._take_older(circular)
        index = await self.log.hold()
        if await self.circulars.has_number(circular):
            raise rules.NumberTaken
        obligations = await self.circulars.obligations(circular.id)
        circular.content = write_content(circular, obligations)
        circular.content_hash = hash_content(circular.content)
        circular.issued_at, circular.issued_leaf = self.now, index
        circular.version += 1
        await self.log.append(index, [_issued(circular), *await self._end_older(circular, older)])
        await self.journal.record("circular.issued", circular, addressed=addressed)
        return await self.describing.whole(circular)

    async def _address(self, circular: Circular) -> int:
        lines = [read_line(each) for each in circular.addressees]
        addressed, _ = await self.addressing.send(circular, lines)
        await self.admitting.admit(circular)
        return addressed

    async def revoke(self, circular_id: UUID, form: CircularRevocationIn) -> CircularDetailOut:
        circular = await self.issuer.take(circular_id)
        rules.check_ended_on(form.ended_on, _since(circular), "/ended_on")
        self._end(circular, Ending.REVOKED, form.ended_on)
        circular.ending_reason = form.reason
        index = await self.log.hold()
        circular.ended_leaf = index
        await self.log.append(index, [_leaf(circular, CircularAct.REVOKED, form.ended_on)])
        await self.journal.record("circular.revoked", circular)
        return await self.describing.whole(circular)

    async def _take_older(self, circular: Circular) -> Sequence[tuple[Circular, Ending]]:
        """What this one takes out of force: issued, by the same hand, and in force before it."""
        wanted = [CircularEndingIn.model_validate(each) for each in circular.ends]
        found = await self.circulars.ended_by({each.circular_id for each in wanted})
        for place, each in enumerate(wanted):
            pointer = f"/ends/{place}/circular_id"
            older = found.get(each.circular_id)
            if older is None or older.id == circular.id:
                raise Invalid(unknown(pointer))
            await self.issuer.check(older.office_id)
            rules.check_ended_on(_since(circular), _since(older), pointer)
        return [(found[each.circular_id], each.how) for each in wanted]

    async def _end_older(
        self, circular: Circular, older: Sequence[tuple[Circular, Ending]]
    ) -> Sequence[Leaf]:
        """End them on the first day of this one; their leaves follow its own."""
        leaves: list[Leaf] = []
        for each, how in older:
            self._end(each, how, _since(circular))
            each.ended_by = circular.id
            each.ended_leaf = (circular.issued_leaf or 0) + 1 + len(leaves)
            leaves.append(_leaf(each, ENDED[how], _since(circular)))
            await self.journal.record(f"circular.{how}", each, by=str(circular.id))
        return leaves

    def _end(self, circular: Circular, how: Ending, ended_on: date) -> None:
        circular.state = rules.step(circular.state, CircularState(how.value))
        circular.ended_on = ended_on
        circular.version += 1


def _issued(circular: Circular) -> Leaf:
    return _leaf(circular, CircularAct.ISSUED, _since(circular))


def _since(circular: Circular) -> date:
    return rules.first_day(circular.in_force_from, circular.dated_on)


def _leaf(circular: Circular, act: CircularAct, on: date) -> Leaf:
    content = circular.content_hash or b""
    line = write_leaf(CircularLeaf(act, circular.id, content, on))
    return Leaf(line, circular.region_id, circular.id)
