from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody
from app.core.places import regency_of
from app.declarations.repository.writing import WritingRepository
from app.declarations.rules.kinds import SignatureState
from app.declarations.rules.persons import commitment
from app.declarations.rules.wishes import Recorded, Wish, gives_way
from app.declarations.service.changes import SignatureChanger
from app.ledger.rules.acts import Act, ActLeaf, write_act
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter


class SignatureWriter:
    """The one way in which signatures are written: by the batch, each with its leaf in the log and
    its entry in the journal, in the caller's transaction.

    Callers hold the declarations first (`DeclarationRepository.held`), then come here.
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.log = LogWriter(session, LogName.DECLARATIONS)
        self.signatures = WritingRepository(session)
        self.changer = SignatureChanger(session, actor, now, keys)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def write(self, wishes: Sequence[Wish]) -> list[Recorded]:
        """Write those that are the first; return for each wish what is recorded now.

        A wish was written, or is a repeat, where the answer has its id; otherwise the answer is
        the earlier signature of the same person. A repeat may have said something else.
        Whoever brings a signer under the id of a target is refused, with all that came along.
        """
        if await self.signatures.under_targets([each for each in wishes if not each.is_target]):
            raise ConflictingBody
        next_index = await self.log.hold()
        earlier = await self.signatures.earlier(wishes)
        next_index = await self._displace(next_index, wishes, earlier)
        first: dict[object, Recorded] = {}
        written: list[Wish] = []
        answers: list[Recorded] = []
        for place, wish in enumerate(wishes):
            known = earlier.get(place) or _among(first, wish)
            if known is None:
                known = self._record(wish, next_index + len(written))
                written.append(wish)
                first.update(dict.fromkeys(_names(wish), known))
            answers.append(known)
        await self._add(next_index, written, [first[_names(each)[0]] for each in written])
        return answers

    async def _displace(
        self, next_index: int, wishes: Sequence[Wish], earlier: dict[int, Recorded]
    ) -> int:
        """Let nobody whom the organiser has not checked keep a target from signing."""
        weak = {at: each for at, each in earlier.items() if gives_way(each, wishes[at])}
        for place in weak:
            del earlier[place]
        some = {(each.region_id, each.id): each for each in weak.values()}
        return await self.changer.displace(next_index, list(some.values())) if some else next_index

    async def _add(
        self, next_index: int, wishes: Sequence[Wish], recorded: Sequence[Recorded]
    ) -> None:
        if not wishes:
            return
        await self.signatures.add(wishes, recorded)
        leaves = [_leaf(*each) for each in zip(wishes, recorded, strict=True)]
        await self.log.append(next_index, leaves)
        await self.journal.record_all(
            "signature.added",
            [
                (each, {"declaration": str(each.declaration_id), "group": each.group})
                for each in recorded
            ],
        )

    def _record(self, wish: Wish, index: int) -> Recorded:
        return Recorded(
            id=wish.id,
            region_id=wish.region_id,
            region_code=wish.region_code,
            declaration_id=wish.declaration_id,
            group=wish.group,
            role=wish.role,
            method=wish.method,
            captured_at=wish.captured_at,
            recorded_at=self.now,
            leaf_index=index,
            state=SignatureState.VALID,
            check=wish.check,
        )


def _names(wish: Wish) -> list[object]:
    """By what two wishes of one batch are the same signature, or of the same person."""
    where = (wish.region_id, wish.declaration_id)
    return [(wish.region_id, wish.id), *((*where, mark) for mark in (wish.person_key, *wish.marks))]


def _among(first: dict[object, Recorded], wish: Wish) -> Recorded | None:
    return next((first[name] for name in _names(wish) if name in first), None)


def _leaf(wish: Wish, recorded: Recorded) -> Leaf:
    act = ActLeaf(
        act=Act.SIGNED,
        declaration=wish.declaration_id,
        text=wish.text_hash,
        region=regency_of(wish.region_code),
        group=wish.group,
        role=wish.role,
        commitment=commitment(
            wish.id, wish.person_hash, wish.method, wish.captured_at, recorded.recorded_at
        ),
    )
    return Leaf(write_act(act), wish.region_id, wish.id)
