"""What is not folded yet: acts of the journal, leaves of its log, and whether there are any."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, literal_column, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.repository import CLUSTER, HIGH
from app.ledger.repository.leaves import LeafRepository
from app.ledger.rules.logs import LogName
from app.stats.models.figures import FigureState
from app.stats.repository.folding import STATE, Subject
from app.stats.repository.sources.table import MOVED_BY, ONLY_LOOKED

_FAN_OUT: Final = {"fan_out": True}
# In words, as the index has it that leaves them out.
_SIGNED: Final[ColumnElement[str]] = literal_column("'signature.added'")


class Place(NamedTuple):
    """Where an act stands in the order in which acts are folded."""

    transaction_id: int
    id: UUID


class Act(NamedTuple):
    """Something that was done."""

    place: Place
    action: str
    subject: Subject


class WaitingRepository:
    """Looks, without a lock, at what is to be folded."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def acts(self, behind: Place, high: int, most: int) -> Sequence[Act]:
        """The next acts, of transactions below `high` (fan-out)."""
        entry = JournalEntry
        place = tuple_(entry.transaction_id, entry.id)
        query = (
            select(entry.transaction_id, entry.id, entry.action, entry.region_id, entry.subject_id)
            .where(place > behind, entry.transaction_id < high, *_moving())
            .order_by(entry.transaction_id, entry.id)
            .limit(most)
        )
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return [Act(Place(*row[:2]), row[2], Subject(*row[3:])) for row in rows]

    async def oldest(self) -> datetime | None:
        """When the first act was done that is not folded, or while all is to be told anew, the
        first of all; nothing where none waits (fan-out)."""
        since = await self._since()
        if since is None:
            query = select(JournalEntry.at).where(*_moving()).order_by(JournalEntry.transaction_id)
        else:
            query = select(func.min(JournalEntry.at)).where(*_unfolded(since))
        return await self.session.scalar(query.limit(1), execution_options=_FAN_OUT)

    async def has_folded(self, until: datetime) -> bool:
        """Whether all that was done before a moment is folded, by what is committed (fan-out)."""
        if await self._since() is None:
            return False
        oldest = await self.oldest()
        return oldest is None or oldest >= until

    async def waits(self, behind: int) -> bool:
        """Whether something is to be folded, or nothing was since that transaction (fan-out)."""
        since = await self._since()
        if since is None or since < behind:
            return True
        acts = select(exists().where(*_unfolded(since)))
        return bool(await self.session.scalar(acts, execution_options=_FAN_OUT))

    async def retells(self) -> bool:
        """Whether all is being told anew, or is to be."""
        return await self._since() is None

    async def leaves(self) -> int:
        """How many leaves are committed."""
        return await LeafRepository(self.session, LogName.DECLARATIONS).size()

    async def has_leaves(self) -> bool:
        counted = select(FigureState.leaves).where(FigureState.name == STATE)
        return (await self.session.scalar(counted) or 0) < await self.leaves()

    async def _since(self) -> int | None:
        """From which transaction on acts are not folded; nothing where all is to be told anew, as
        in a cluster in which nothing was folded."""
        query = select(FigureState.since_transaction).where(
            FigureState.name == STATE,
            FigureState.cluster == CLUSTER,
            FigureState.retelling.is_(None),
        )
        return await self.session.scalar(query)


def _unfolded(since: int) -> tuple[ColumnElement[bool], ...]:
    # What carries a number from `HIGH` on was written in another cluster, and told since.
    entry = JournalEntry.transaction_id
    return entry >= since, entry < HIGH, *_moving()


def _moving() -> tuple[ColumnElement[bool], ...]:
    action = JournalEntry.action
    kind = func.split_part(action, ".", 1)
    return action != _SIGNED, kind.in_(MOVED_BY), ~action.regexp_match(ONLY_LOOKED)
