from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.repository import Row
from app.audit.service import Journal
from app.core.actors import Actor
from app.core.arrays import together
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody
from app.core.places import regency_of
from app.declarations.repository.writing import WritingRepository
from app.declarations.rules.kinds import Group, SignatureState
from app.declarations.rules.persons import commitment
from app.declarations.rules.wishes import Recorded, Wish, in_the_way
from app.declarations.service.changes import SignatureChanger
from app.ledger.rules.acts import Act, ActLeaf, write_act
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter

_ADDED: Final = "signature.added"


class _Written(NamedTuple):
    """One of those that are the first, with all that is written of it."""

    wish: Wish
    recorded: Recorded
    leaf: Leaf
    entry: Row


class SignatureWriter:
    """The one way in which signatures are written: by the batch, each with its leaf in the log and
    its entry in the journal, in the caller's transaction.

    Callers hold the declarations first (`DeclarationRepository.held`), then come here.
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.log = LogWriter(session, LogName.DECLARATIONS)
        self.signatures = WritingRepository(session)
        self.changer = SignatureChanger(session, actor, now, keys)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def write(self, wishes: Sequence[Wish]) -> list[Recorded]:
        """Write those that are the first; return for each wish what is recorded now.

        A wish was written, or is a repeat, where the answer has its id; otherwise the answer is
        the earlier signature of the same person or target. A repeat may have said something else.
        Whoever brings a signer under the id of a target is refused, with all that came along.
        """
        if await self.signatures.under_targets([each for each in wishes if each.has_own_id]):
            raise ConflictingBody
        # Nearly all of them will be the first, and while the log is held others wait.
        ready = self._prepare(wishes)
        next_index = await self.log.hold()
        found = await self.signatures.earlier(wishes)
        earlier = {at: known for at in found if (known := in_the_way(found[at], wishes[at]))}
        weak = [each for at in found.keys() - earlier.keys() for each in found[at]]
        next_index = await self._displace(next_index, weak)
        answers, written = self._answers(wishes, earlier, next_index)
        await self._add(
            next_index, [_Written(wishes[at], answers[at], *ready[at]) for at in written]
        )
        return answers

    def _answers(
        self, wishes: Sequence[Wish], earlier: Mapping[int, Recorded], next_index: int
    ) -> tuple[list[Recorded], list[int]]:
        """What is recorded for each wish, and the places of those that are the first."""
        first: dict[object, Recorded] = {}
        written: list[int] = []
        answers: list[Recorded] = []
        for place, wish in enumerate(wishes):
            names = _names(wish)
            in_batch = (first[each] for each in names if each in first)
            known = earlier.get(place) or next(in_batch, None)
            if known is None:
                known = self._record(wish, next_index + len(written))
                written.append(place)
                first.update(dict.fromkeys(names, known))
            answers.append(known)
        return answers, written

    async def _displace(self, next_index: int, weak: Sequence[Recorded]) -> int:
        """Let nobody whom the organiser has not checked keep a target from signing."""
        some = {(each.region_id, each.id): each for each in weak}
        return await self.changer.displace(next_index, list(some.values())) if some else next_index

    def _prepare(self, wishes: Sequence[Wish]) -> list[tuple[Leaf, Row]]:
        entries = self.journal.prepare(
            _ADDED,
            [(each, _payload(each.declaration_id, each.group)) for each in wishes],
        )
        return [(self._leaf(each), entry) for each, entry in zip(wishes, entries, strict=True)]

    async def _add(self, next_index: int, written: Sequence[_Written]) -> None:
        if not written:
            return
        async with together(self.session):
            await self.signatures.add(
                [each.wish for each in written], [each.recorded for each in written]
            )
            await self.log.append(next_index, [each.leaf for each in written])
            await self.journal.add(_ADDED, [each.entry for each in written])

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

    def _leaf(self, wish: Wish) -> Leaf:
        act = ActLeaf(
            act=Act.SIGNED,
            declaration=wish.declaration_id,
            text=wish.text_hash,
            region=regency_of(wish.region_code),
            group=wish.group,
            role=wish.role,
            commitment=commitment(
                wish.id, wish.person_hash, wish.method, wish.captured_at, self.now
            ),
        )
        return Leaf(write_act(act), wish.region_id, wish.id)


# In a rush thousands say the same.
@lru_cache(maxsize=1_024)
def _payload(declaration_id: UUID, group: Group) -> Mapping[str, str]:
    return {"declaration": str(declaration_id), "group": group}


def _names(wish: Wish) -> list[object]:
    """By what two wishes of one batch are the same signature, or of the same person or target."""
    where = (wish.region_id, wish.declaration_id)
    persons = ((*where, mark) for mark in (wish.person_key, *wish.marks))
    target = [] if wish.stands_for is None else [(wish.region_id, wish.stands_for)]
    return [(wish.region_id, wish.id), *persons, *target]
