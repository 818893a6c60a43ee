"""Keeps the figures: what was done since the last fold changes them, and nothing else does."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.repository import Horizon
from app.audit.service import Sequencer
from app.core.database import Sessions
from app.stats.models.figures import FigureState
from app.stats.repository.folding import Fold, FoldingRepository, Subject
from app.stats.repository.reached import oldest_uncounted
from app.stats.repository.sources.table import MOVED_BY, SOURCES, kind_of
from app.stats.repository.stages import StageRepository
from app.stats.repository.waiting import Act, Place, WaitingRepository
from app.stats.rules.facts import Told, differences, moved
from app.stats.rules.stages import Stages
from app.stats.rules.units import Unit

MOST_ACTS: Final = 1_000
MOST_THINGS: Final = 1_000
MOST_LEAVES: Final = 100_000
"""Of one unit of work. Leaves are counted together by region, group and day, so that many cost
little more than few: 3,000 cost 90 µs each, 100,000 a tenth of that."""

MOST_PIECES: Final = 10
"""Of what is told anew in one round: acts are folded between."""

MOST_BEHIND: Final = 100
"""Transactions that may pass without an act before the next one is looked for beyond them."""

SIGNED: Final = "signature"
RETOLD: Final = "figures.retold"
_UNITS: Final = tuple(SOURCES)


class Folder:
    """Folds in one unit of work; whatever is folded twice changes nothing the second time."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.folding = FoldingRepository(session)
        self.waiting = WaitingRepository(session)
        self.now = now

    async def begin(self, horizon: Horizon) -> Place:
        """Return behind which place acts are to be folded. All is to be told anew where the
        calendars have changed by which stages are told, or where this is another cluster."""
        state, stages = await self.folding.hold(), StageRepository(self.session)
        cluster, calendar = await self.folding.cluster(), await stages.fingerprint()
        if state.cluster != cluster:
            state.cluster, state.since_transaction = cluster, horizon.low
            await self._retell_from_the_first(state)
        if state.calendar != calendar:
            state.calendar = await stages.renew()
            await self._retell_from_the_first(state)
        return Place(state.since_transaction, UUID(int=0))

    async def fold(self, behind: Place, horizon: Horizon) -> Sequence[Act]:
        """Tell anew what the next acts were done with; return them."""
        acts = await self.waiting.acts(behind, horizon.high, MOST_ACTS)
        state = await self.folding.hold()
        stages = await StageRepository(self.session).stages()
        changed = 0
        for action, subjects in _by_action(acts).items():
            for unit in MOVED_BY[kind_of(action)]:
                ids = await self.folding.touched(unit, subjects)
                changed += await self._tell(state, unit, (action, ids), stages)
        await self._reach(state, _settled(acts, horizon))
        await self._end(state, changed)
        return acts

    async def retell(self) -> int:
        """Tell the next things anew, where all is to be; return how many."""
        state = await self.folding.hold()
        if state.retelling is None:
            return 0
        stages = await StageRepository(self.session).stages()
        told = changed = 0
        while state.retelling and told < MOST_THINGS:
            ids = await self.folding.behind(state.retelling, state.retold, MOST_THINGS - told)
            changed += await self._tell(state, state.retelling, (RETOLD, ids), stages)
            told += len(ids)
            state.retelling, state.retold = _next(state.retelling, ids)
        await self._end(state, changed)
        await self.folding.reach(state)
        return told

    async def count_leaves(self) -> int:
        """Count a piece of the log of signatures; return how many leaves it had."""
        state = await self.folding.hold()
        beyond = min(await self.waiting.leaves(), state.leaves + MOST_LEAVES)
        counted = max(beyond - state.leaves, 0)
        if counted:
            by_act: dict[str, Counter[Told]] = defaultdict(Counter)
            for each in await self.folding.signed(state.leaves, beyond):
                by_act[each.act][each.told] += each.change
            for act, changes in by_act.items():
                await self._note(state, f"{SIGNED}.{act}", changes)
            state.leaves = beyond
            await self._end(state, counted)
        return counted

    async def _retell_from_the_first(self, state: FigureState) -> None:
        state.retelling, state.retold = _UNITS[0], None
        await self.folding.reach(state)

    async def _reach(self, state: FigureState, since_transaction: int) -> None:
        """All that was done by transactions below this one is folded."""
        if state.since_transaction < since_transaction:
            state.since_transaction = since_transaction
            await self.folding.reach(state)

    async def _tell(
        self, state: FigureState, unit: Unit, why: tuple[str, list[UUID]], stages: Stages
    ) -> int:
        reason, ids = why
        if not ids:
            return 0
        before = await self.folding.before(unit, ids)
        found = differences(before, await self.folding.now(unit, ids, stages))
        await self.folding.replace(unit, found.gone, found.new)
        await self._note(state, reason, found.changes)
        return len(found.gone) + len(found.new)

    async def _note(self, state: FigureState, reason: str, changes: Mapping[Told, int]) -> None:
        await self.folding.note(Fold(state.fold + 1, self.now), reason, changes)
        await self.folding.add(moved(changes))

    async def _end(self, state: FigureState, changed: int) -> None:
        if changed:
            state.fold += 1
            await self.folding.reach(state, self.now)


class Folding:
    """Folds all that was committed, piece by piece, each in a unit of work of its own."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    async def fold(self, now: datetime) -> int:
        """Return how many acts, leaves, and things told anew were folded."""
        folded = await self.fold_acts(now)
        while await self._retells():
            folded += await self.fold_acts(now)
        return folded + await self.count_leaves(now)

    async def fold_acts(self, now: datetime) -> int:
        """Fold all acts but signatures, and tell some things anew where all are to be; return how
        many."""
        if not await self._has_work():
            return 0
        async with self.sessions.begin() as session:
            # Taken before the entries are read: what commits meanwhile is read again next time.
            horizon = await Sequencer(session).horizon()
            behind = await Folder(session, now).begin(horizon)
        folded, acts = 0, MOST_ACTS
        while acts == MOST_ACTS:
            async with self.sessions.begin() as session:
                piece = await Folder(session, now).fold(behind, horizon)
            acts, behind = len(piece), piece[-1].place if piece else behind
            folded += acts
        return folded + await self._retell(now)

    async def _retell(self, now: datetime) -> int:
        told = 0
        for _ in range(MOST_PIECES):
            async with self.sessions.begin() as session:
                piece = await Folder(session, now).retell()
            told += piece
            if piece < MOST_THINGS:
                break
        return told

    async def _has_work(self) -> bool:
        """A look without a lock or a write, for the many rounds in which nothing was done."""
        async with self.sessions.begin() as session:
            horizon = await Sequencer(session).horizon()
            return await WaitingRepository(session).waits(horizon.low - MOST_BEHIND)

    async def _retells(self) -> bool:
        async with self.sessions.begin() as session:
            return await WaitingRepository(session).retells()

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
            return await WaitingRepository(session).has_leaves()


async def lag_of(session: AsyncSession, now: datetime) -> float:
    """Seconds since the oldest act that is not folded; 0 where nothing waits."""
    oldest = await WaitingRepository(session).oldest()
    return max((now - oldest).total_seconds(), 0.0) if oldest else 0.0


async def signed_lag_of(session: AsyncSession, now: datetime) -> float:
    """Seconds since the oldest signature that is not counted; 0 where none waits."""
    oldest = await session.scalar(oldest_uncounted())
    return max((now - oldest).total_seconds(), 0.0) if oldest else 0.0


def _by_action(acts: Sequence[Act]) -> dict[str, list[Subject]]:
    """Each subject once for each kind of act, under the last of them."""
    last = {(kind_of(each.action), each.subject): each.action for each in acts}
    by_action: dict[str, list[Subject]] = defaultdict(list)
    for (_, subject), action in last.items():
        by_action[action].append(subject)
    return by_action


def _settled(acts: Sequence[Act], horizon: Horizon) -> int:
    """Below which transaction all is folded, once these acts are: more may wait behind them."""
    is_last = len(acts) < MOST_ACTS
    return horizon.low if is_last else min(acts[-1].place.transaction_id, horizon.low)


def _next(unit: Unit, ids: Sequence[UUID]) -> tuple[Unit | None, UUID | None]:
    """Where telling anew goes on: behind the last of these, or where there was none, with the
    next unit."""
    if ids:
        return unit, ids[-1]
    rest = _UNITS[_UNITS.index(unit) + 1 :]
    return (rest[0] if rest else None), None
