from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.declarations.models.signing import SignatureChange, SignatureReason
from app.declarations.repository.changes import ChangeRepository
from app.declarations.rules.changes import STATE_AFTER, Change, Grounds, Rule
from app.declarations.rules.kinds import Check, SignatureState
from app.declarations.rules.wishes import Recorded
from app.ledger.rules.acts import Act, read_act, write_act
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter


class SignatureChanger:
    """The one way in which signatures change after they were written: the state, a leaf where it
    counts otherwise now, the trace and the journal, in the caller's transaction.

    Callers hold the declaration, then call `hold`, and read what they change only after it.
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.log = LogWriter(session, LogName.DECLARATIONS)
        self.changes = ChangeRepository(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def hold(self) -> int:
        """Wait until nobody signs or changes beside; return the index of the next leaf."""
        return await self.log.hold()

    async def apply(
        self, next_index: int, change: Change, signatures: Sequence[Recorded], grounds: Grounds
    ) -> int:
        """Do the same to all of them; return the index of the next leaf after it."""
        if not signatures:
            return next_index
        counts = change in STATE_AFTER
        if counts:
            await self.changes.put_state(signatures, STATE_AFTER[change])
            await self.log.append(next_index, await self._leaves(change, signatures))
        traces = [
            self._trace(change, each, grounds, next_index + place if counts else None)
            for place, each in enumerate(signatures)
        ]
        await self.changes.add(traces, self._reasons(traces, grounds.reason))
        told = {"rule": grounds.rule.value} if grounds.rule else {}
        await self.journal.record_all(
            f"signature.{change.value}",
            [(each, {"declaration": str(each.declaration_id), **told}) for each in signatures],
        )
        return next_index + len(signatures) if counts else next_index

    async def displace(self, next_index: int, signatures: Sequence[Recorded]) -> int:
        """Reject those whom nobody has checked, because their person has come; return the index of
        the next leaf after it."""
        grounds = Grounds(rule=Rule.TARGET_HAS_COME)
        for each in signatures:
            await self.changes.put_check(each, Check.REJECTED, each.stands_for)
        counted = [each for each in signatures if each.state is SignatureState.VALID]
        others = [each for each in signatures if each.state is not SignatureState.VALID]
        next_index = await self.apply(next_index, Change.INVALIDATED, counted, grounds)
        return await self.apply(next_index, Change.REJECTED, others, grounds)

    async def _leaves(self, change: Change, signatures: Sequence[Recorded]) -> list[Leaf]:
        """What the first leaf said, with another act: whoever recounts needs no more."""
        first = await self.changes.leaves([each.leaf_index for each in signatures])
        leaves = []
        for each in signatures:
            signed = read_act(first[each.leaf_index])
            later = signed._replace(act=Act(change.value), of=each.leaf_index)
            leaves.append(Leaf(write_act(later), each.region_id, each.id))
        return leaves

    def _trace(
        self, change: Change, signature: Recorded, grounds: Grounds, leaf_index: int | None
    ) -> SignatureChange:
        return SignatureChange(
            region_id=signature.region_id,
            id=new_id(),
            signature_id=signature.id,
            region_code=signature.region_code,
            change=change,
            rule=grounds.rule,
            why=grounds.why,
            invalidation_id=grounds.invalidation_id,
            actor_kind=self.actor.kind,
            actor_id=self.actor.id,
            at=self.now,
            leaf_index=leaf_index,
        )

    def _reasons(
        self, traces: Sequence[SignatureChange], reason: str | None
    ) -> list[SignatureReason]:
        if reason is None:
            return []
        return [
            SignatureReason(
                region_id=each.region_id,
                id=each.id,
                signature_id=each.signature_id,
                region_code=each.region_code,
                sealed=self.keys.seal(reason.encode(), each.id),
            )
            for each in traces
        ]
