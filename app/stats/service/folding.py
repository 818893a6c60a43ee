"""Keeps the figures: what was done since the last fold changes them, and nothing else does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Sequencer
from app.core.database import Sessions
from app.stats.models.figures import FigureState
from app.stats.repository.folding import Fold, FoldingRepository, Subject
from app.stats.repository.sources.table import MOVED_BY, kind_of
from app.stats.repository.stages import StageRepository
from app.stats.rules.facts import Told, differences, moved
from app.stats.rules.stages import Stages
from app.stats.rules.units import Unit

MOST_SUBJECTS: Final = 1_000
MOST_LEAVES: Final = 100_000
"""Of one unit of work. Leaves are counted together by region, group and day, so that many cost
little more than few: 3,000 cost 90 µs each, 100,000 a tenth of that."""

MOST_BEHIND: Final = 100
"""Transactions that may pass without an act before the next one is looked for beyond them."""

SIGNED: Final = "signature"

Acts = Mapping[str, Sequence[Subject]]


class Folder:
    """Folds in one unit of work; whatever is folded twice changes nothing the second time."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.folding = FoldingRepository(session)
        self.now = now

    async def fold(self, acts: Acts) -> int:
        """Tell anew what these acts were done with; return the number of changes."""
        state = await self.folding.hold()
        stages = await StageRepository(self.session).stages()
        changed = 0
        for action, subjects in acts.items():
            for unit in MOVED_BY[kind_of(action)]:
                changed += await self._retell(state, unit, (action, subjects), stages)
        return await self._end(state, changed)

    async def count_leaves(self) -> int:
        """Count a piece of the log of signatures; return how many leaves it had."""
        state = await self.folding.hold()
        beyond = min(await self.folding.leaves(), state.leaves + MOST_LEAVES)
        counted = max(beyond - state.leaves, 0)
        if counted:
            for each in await self.folding.signed(state.leaves, beyond):
                await self._note(state, f"{SIGNED}.{each.act}", {each.told: each.change})
            state.leaves = beyond
            await self._end(state, counted)
        return counted

    async def reach(self, since_transaction: int) -> None:
        """All that was done by transactions below this one is folded."""
        state = await self.folding.hold()
        if state.since_transaction != since_transaction:
            state.since_transaction = since_transaction
            await self.folding.reach(state)

    async def begin(self) -> int:
        """Return since which transaction acts are to be folded: since the first, where the
        calendars have changed by which stages are told."""
        state, stages = await self.folding.hold(), StageRepository(self.session)
        calendar = await stages.fingerprint()
        if state.calendar != calendar:
            await stages.renew()
            state.calendar, state.since_transaction = calendar, 0
            await self.folding.reach(state)
        return state.since_transaction

    async def _retell(
        self,
        state: FigureState,
        unit: Unit,
        done: tuple[str, Sequence[Subject]],
        stages: Stages,
    ) -> int:
        action, subjects = done
        ids = await self.folding.touched(unit, subjects)
        if not ids:
            return 0
        before = await self.folding.before(unit, ids)
        found = differences(before, await self.folding.now(unit, ids, stages))
        await self.folding.replace(unit, found.gone, found.new)
        await self._note(state, action, found.changes)
        return len(found.gone) + len(found.new)

    async def _note(self, state: FigureState, reason: str, changes: Mapping[Told, int]) -> None:
        await self.folding.note(Fold(state.fold + 1, self.now), reason, changes)
        await self.folding.add(moved(changes))

    async def _end(self, state: FigureState, changed: int) -> int:
        if changed:
            state.fold += 1
            await self.folding.reach(state, self.now)
        return changed


class Folding:
    """Folds all that was committed, piece by piece, each in a unit of work of its own."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    async def fold(self, now: datetime) -> int:
        """Return how many acts and leaves were folded."""
        return await self.fold_acts(now) + await self.count_leaves(now)

    async def fold_acts(self, now: datetime) -> int:
        """Return how many acts were folded, of all but signatures."""
        if not await self._has_work():
            return 0
        async with self.sessions.begin() as session:
            # Taken before the entries are read: what commits meanwhile is read again next time.
            horizon = await Sequencer(session).horizon()
            since = await Folder(session, now).begin()
            acts = await FoldingRepository(session).acts(since if since <= horizon.high else 0)
        for piece in _pieces(acts):
            async with self.sessions.begin() as session:
                await Folder(session, now).fold(piece)
        async with self.sessions.begin() as session:
            await Folder(session, now).reach(horizon.low)
        return len(acts)

    async def _has_work(self) -> bool:
        """A look without a lock or a write, for the many rounds in which nothing was done."""
        async with self.sessions.begin() as session:
            horizon = await Sequencer(session).horizon()
            return await FoldingRepository(session).waits(horizon.low - MOST_BEHIND)

    async def count_leaves(self, now: datetime) -> int:
        """Return how many acts on signatures were counted."""
        if not await self._has_leaves():
            return 0
        counted, piece = 0, MOST_LEAVES
        # A smaller piece is the last: more may come for as long as somebody signs.
        while piece == MOST_LEAVES:
            async with self.sessions.begin() as session:
                piece = await Folder(session, now).count_leaves()
            counted += piece
        return counted

    async def _has_leaves(self) -> bool:
        async with self.sessions.begin() as session:
            return await FoldingRepository(session).has_leaves()


async def lag_of(session: AsyncSession, now: datetime) -> float:
    """Seconds since the oldest act that is not folded; 0 where nothing waits."""
    oldest = await FoldingRepository(session).oldest()
    return max((now - oldest).total_seconds(), 0.0) if oldest else 0.0


def _pieces(acts: Iterable[tuple[str, Subject]]) -> Iterator[dict[str, list[Subject]]]:
    """Each subject once for each kind of act, under the last of them, so many at a time."""
    last = {(kind_of(action), subject): action for action, subject in acts}
    rest = iter(last.items())
    while piece := list(islice(rest, MOST_SUBJECTS)):
        by_action: dict[str, list[Subject]] = {}
        for (_, subject), action in piece:
            by_action.setdefault(action, []).append(subject)
        yield by_action
