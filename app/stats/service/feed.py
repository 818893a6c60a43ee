"""Exports of figures: piece by piece, so that a slow reader holds neither memory nor database."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from pydantic import BaseModel

from app.core.actors import Actor
from app.core.database import Sessions
from app.core.remembered import Remembered
from app.stats.models.figures import FigureDelta
from app.stats.repository.feed import FeedRepository, Mark
from app.stats.repository.figures import Codes, check_countable
from app.stats.repository.questions import Question
from app.stats.repository.reached import reached
from app.stats.rules import snapshots
from app.stats.rules.crossing import check_exported
from app.stats.rules.dimensions import own_dimensions
from app.stats.rules.units import Unit
from app.stats.schemas.feed import CellsFilter, ChangeOut, ChangesFilter, CountedCell, WholeOut
from app.stats.schemas.figures import FigureFilter
from app.stats.service.asking import Asking

CHANGES_AT_ONCE: Final = 1_000
"""Read in one piece: some hundred kilobytes."""
CELLS_AT_ONCE: Final = 20_000
"""Read in one piece, some megabytes: who asks for the next one has all of it counted again."""
_LAST: Final = UUID(int=2**128 - 1)

Pieces: TypeAlias = AsyncIterator[Sequence[BaseModel]]


@dataclass(frozen=True)
class Changes:
    """A question that was found in order: of which units, after which fold."""

    asked: Question
    units: list[Unit]
    since: int


@dataclass(frozen=True)
class Cells:
    """A question that was found in order, with how its counts are kept."""

    asked: Question
    by: tuple[str, ...]
    about: str


class Exports:
    """Opened on the sessions of the process: each piece is a unit of work of its own, which ends
    before its lines are sent. All of them are as of the fold at which the export began."""

    def __init__(
        self,
        sessions: Sessions,
        actor: Actor,
        now: datetime,
        *,
        changes: int = CHANGES_AT_ONCE,
        cells: int = CELLS_AT_ONCE,
    ) -> None:
        self.sessions = sessions
        self.actor = actor
        self.now = now
        self.most_changes = changes
        self.most_cells = cells

    async def check_changes(self, wanted: ChangesFilter) -> Changes:
        """Refuse what may not be asked before anything is sent."""
        async with self.sessions.begin() as session:
            to = await reached(session)
            since = to.first_fold if wanted.since_fold is None else wanted.since_fold
            snapshots.check(since, to.first_fold, to.fold, "/since_fold")
            place = FigureFilter(region=wanted.region, election=wanted.election)
            asking = Asking(session, self.actor, self.now, to, Remembered())
            asked = await asking.question(place, wanted.unit or Unit.COMPLAINT)
        return Changes(asked, [wanted.unit] if wanted.unit else list(Unit), since)

    def changes(self, found: Changes) -> AsyncIterator[bytes]:
        return _written(self._changes(found), found.asked)

    async def check_cells(self, wanted: CellsFilter) -> Cells:
        check_exported(wanted.by, wanted.across)
        async with self.sessions.begin() as session:
            to = await reached(session)
            asking = Asking(session, self.actor, self.now, to, Remembered())
            asked = await asking.question(wanted, wanted.unit)
            names = [wanted.by, *([wanted.across] if wanted.across else [])]
            by = tuple(asking.name_of(asked, each, wanted.level) for each in names)
            check_countable(asked, by)
            about = await asking.about(asked)
        return Cells(asked, by, about.model_dump_json(exclude={"rows"}))

    def cells(self, found: Cells) -> AsyncIterator[bytes]:
        """A line that says what is counted, then one for each count that is not zero."""
        return _written(self._cells(found), found.asked, found.about)

    async def _changes(self, found: Changes) -> Pieces:
        after, is_more = Mark(found.since, _LAST), True
        while is_more:
            async with self.sessions.begin() as session:
                feed = FeedRepository(session)
                deltas = await feed.changes(found.asked, found.units, after, self.most_changes)
            yield [_change(each) for each in deltas]
            is_more = len(deltas) == self.most_changes
            after = Mark(deltas[-1].fold, deltas[-1].id) if is_more else after

    async def _cells(self, found: Cells) -> Pieces:
        after: Codes = ()
        is_more = True
        while is_more:
            async with self.sessions.begin() as session:
                feed = FeedRepository(session)
                counts = await feed.cells(found.asked, found.by, after, self.most_cells)
                # Asked after the counts: a rebuild that comes later has not touched them.
                to = await reached(session)
            snapshots.check(found.asked.snapshot or 0, to.first_fold, to.fold)
            yield [_cell(codes, count) for codes, count in counts.items()]
            is_more = len(counts) == self.most_cells
            after = [*counts][-1] if is_more else after


async def _written(pieces: Pieces, asked: Question, about: str = "") -> AsyncIterator[bytes]:
    """Whoever breaks off, or is broken off by a rebuild, never comes to the last line."""
    lines = 0
    if about:
        yield _line(about)
    async for piece in pieces:
        lines += len(piece)
        yield b"".join(_line(each.model_dump_json()) for each in piece)
    yield _line(WholeOut(complete_to=asked.snapshot or 0, lines=lines).model_dump_json())


def _line(json: str) -> bytes:
    return f"{json}\n".encode()


def _cell(codes: Codes, count: int) -> CountedCell:
    key, across = (*codes, None)[:2]
    return CountedCell(key=key or "", across=across, count=count)


def _change(delta: FigureDelta) -> ChangeOut:
    return ChangeOut(
        fold=delta.fold,
        reason=delta.reason,
        unit=delta.unit,
        change=delta.change,
        region_code=delta.region_code,
        election_code=delta.election_code,
        day=delta.day,
        codes={by: getattr(delta, by) for by in own_dimensions(delta.unit)},
    )
