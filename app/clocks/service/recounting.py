"""Counts every open clock again under a changed law."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.repository.recounting import RecountRepository
from app.clocks.rules.law import Law
from app.clocks.rules.recounting import Move, OpenClock, Recount


@dataclass
class Tally:
    """How many clocks were counted, and how many of them move."""

    clocks: int = 0
    moved: int = 0
    earlier: int = 0

    def add(self, clocks: int, moves: Sequence[Move]) -> None:
        self.clocks += clocks
        self.moved += len(moves)
        self.earlier += sum(each.is_earlier for each in moves)


class Recounting:
    """One count of all open clocks under one law."""

    def __init__(self, session: AsyncSession, law: Law) -> None:
        self.clocks = RecountRepository(session)
        self.recount = Recount(law)
        self.revision = law.revision
        self.tally = Tally()

    async def look(self) -> AsyncIterator[Sequence[Move]]:
        """What would move, chunk by chunk; nothing is changed."""
        async for _, moves in self._chunks(None):
            yield moves

    async def apply(self, at: datetime, tell: Callable[[int], None] = lambda done: None) -> None:
        """Move them, and write beside every open clock the revision that it was counted under."""
        async for clocks, moves in self._chunks(self.revision):
            await self.clocks.move(moves, self.revision, at)
            await self.clocks.keep(clocks, self.revision)
            tell(self.tally.clocks)

    async def _chunks(
        self, before: int | None
    ) -> AsyncIterator[tuple[Sequence[OpenClock], Sequence[Move]]]:
        last = None
        while clocks := await self.clocks.next_open(last, before=before):
            moves = self.recount.moves(clocks, await self.clocks.pauses(clocks))
            self.tally.add(len(clocks), moves)
            yield clocks, moves
            last = clocks[-1]
