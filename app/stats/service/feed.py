"""Exports of figures: line by line in flat memory, each in a unit of work of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from app.core.actors import Actor
from app.core.database import Sessions
from app.stats.models.figures import FigureDelta
from app.stats.repository.feed import FeedRepository
from app.stats.repository.figures import Question
from app.stats.repository.reached import reached
from app.stats.rules.crossing import check_exported
from app.stats.rules.dimensions import own_dimensions
from app.stats.rules.units import Unit
from app.stats.schemas.feed import CellsFilter, ChangeOut, ChangesFilter, CountedCell
from app.stats.schemas.figures import FigureFilter
from app.stats.service.asking import Asking


@dataclass(frozen=True)
class Cells:
    """A question that was found in order, with how its counts are kept."""

    asked: Question
    by: tuple[str, ...]
    about: str


class Exports:
    """Opened on the sessions of the process: what it sends outlives the request's own."""

    def __init__(self, sessions: Sessions, actor: Actor, now: datetime) -> None:
        self.sessions = sessions
        self.actor = actor
        self.now = now

    async def check_changes(self, wanted: ChangesFilter) -> Question:
        """Refuse what may not be asked before anything is sent."""
        async with self.sessions.begin() as session:
            asking = Asking(session, self.actor, self.now, await reached(session))
            place = FigureFilter(region=wanted.region, election=wanted.election)
            return await asking.question(place, wanted.unit or Unit.COMPLAINT)

    async def changes(self, asked: Question, wanted: ChangesFilter) -> AsyncIterator[bytes]:
        units = [wanted.unit] if wanted.unit else list(Unit)
        async with self.sessions.begin() as session:
            feed = FeedRepository(session)
            async for delta in feed.changes(asked, units, wanted.since_fold):
                yield _line(_change(delta).model_dump_json())

    async def check_cells(self, wanted: CellsFilter) -> Cells:
        check_exported(wanted.by, wanted.across)
        async with self.sessions.begin() as session:
            asking = Asking(session, self.actor, self.now, await reached(session))
            asked = await asking.question(wanted, wanted.unit)
            names = [wanted.by, *([wanted.across] if wanted.across else [])]
            by = tuple(asking.name_of(asked, each, wanted.level) for each in names)
            about = await asking.about(asked)
        return Cells(asked, by, about.model_dump_json(exclude={"rows"}))

    async def cells(self, found: Cells) -> AsyncIterator[bytes]:
        """A line that says what is counted, then one for each count that is not zero."""
        yield _line(found.about)
        async with self.sessions.begin() as session:
            async for *codes, count in FeedRepository(session).cells(found.asked, *found.by):
                key, across = (*map(str, codes), None)[:2]
                cell = CountedCell(key=key or "", across=across, count=int(count))
                yield _line(cell.model_dump_json())


def _line(json: str) -> bytes:
    return f"{json}\n".encode()


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
