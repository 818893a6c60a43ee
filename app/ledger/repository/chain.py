from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    LargeBinary,
    Select,
    SQLColumnExpression,
    Text,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.audit.models import JournalEntry
from app.audit.repository import CLUSTER, Horizon
from app.ledger.models import LedgerChain, LedgerLeaf
from app.ledger.rules.chain import ENTRY, LEAF, NOBODY

# In words: a parameter would hide from the planner that the index of the journal's leaves serves.
_JOURNAL: Final[ColumnElement[str]] = literal_column("'journal'")
_OF_ENTRY: Final = (JournalEntry.region_id, JournalEntry.id)
_FAN_OUT: Final = {"fan_out": True}
_UTC: Final = 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'


@dataclass(frozen=True, slots=True)
class Appended:
    """How many entries became leaves, and the newest transaction that wrote one of them."""

    number: int
    newest: int


class ChainRepository:
    """What is chained of the journal, and what waits (fan-out)."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def lock(self) -> LedgerChain:
        """The chain of this cluster, made where it is missing; one worker at a time holds it."""
        number = await self.cluster()
        first = insert(LedgerChain).values(cluster=number, below=0, is_settled=False)
        await self.session.execute(first.on_conflict_do_nothing())
        query = select(LedgerChain).where(LedgerChain.cluster == number)
        return (await self.session.scalars(query.with_for_update())).one()

    async def read(self) -> LedgerChain:
        """The chain of this cluster as it is; where nothing was chained yet, one from the start."""
        number = await self.cluster()
        query = select(LedgerChain).where(LedgerChain.cluster == number)
        found = await self.session.scalar(query)
        return found or LedgerChain(cluster=number, below=0, is_settled=False)

    async def cluster(self) -> int:
        number: int = (await self.session.scalars(select(CLUSTER))).one()
        return number

    async def append(self, chain: LedgerChain, horizon: Horizon, first: int, most: int) -> Appended:
        """Make leaves, from this index on, of what was committed and is none, the oldest
        transaction first.

        The database hashes: brought here and back, four times as much would have to be done.
        """
        by = (JournalEntry.transaction_id, *_OF_ENTRY)
        index = literal(first, BigInteger) + func.row_number().over(order_by=by) - 1
        names = ("log", "index", "data", "region_id", "subject_id")
        leaf: tuple[SQLColumnExpression[object], ...] = (_JOURNAL, index, _leaf(), *_OF_ENTRY)
        columns: list[ColumnElement[object]] = [
            each.label(name) for name, each in zip(names, leaf, strict=True)
        ]
        waiting = (
            select(*columns, JournalEntry.transaction_id)
            .where(_waits(chain, horizon))
            .order_by(*by)
            .limit(most)
            .cte("waiting")
        )
        added = insert(LedgerLeaf).from_select(names, select(*(waiting.c[each] for each in names)))
        newest = func.coalesce(func.max(waiting.c.transaction_id), 0)
        done = select(func.count(), newest).select_from(waiting).add_cte(added.cte("added"))
        number, last = (await self.session.execute(done, execution_options=_FAN_OUT)).one()
        return Appended(number, last)

    async def oldest(self, chain: LedgerChain, horizon: Horizon) -> datetime | None:
        """When the first of them was written."""
        query = select(JournalEntry.at).where(_waits(chain, horizon))
        return await self.session.scalar(query.order_by(JournalEntry.transaction_id).limit(1))


def _leaf() -> ColumnElement[bytes]:
    """As `rules.chain.write_leaf` writes it; an audit and a test hold one against the other."""
    lines = (
        cast(JournalEntry.id, Text),
        cast(JournalEntry.region_id, Text),
        func.to_char(func.timezone("UTC", JournalEntry.at), _UTC),
        JournalEntry.actor_kind,
        _or_nobody(JournalEntry.actor_id),
        _or_nobody(JournalEntry.office_id),
        JournalEntry.action,
        cast(JournalEntry.subject_id, Text),
        JournalEntry.region_code,
        cast(JournalEntry.payload, Text),
    )
    entry = func.convert_to(func.concat_ws("\n", ENTRY, *lines), "UTF8")
    word = func.translate(func.encode(func.sha256(entry), "base64"), "+/", "-_")
    return func.convert_to(func.concat(LEAF, func.rtrim(word, "=")), "UTF8", type_=LargeBinary())


def _or_nobody(id: InstrumentedAttribute[UUID | None]) -> ColumnElement[str]:
    return func.coalesce(cast(id, Text), NOBODY)


def _waits(chain: LedgerChain, horizon: Horizon) -> ColumnElement[bool]:
    # Each is looked up on its own: joined, all leaves of the journal would be read every second.
    leaf: Select[int] = select(LedgerLeaf.index).where(
        LedgerLeaf.log == _JOURNAL, LedgerLeaf.subject_id == JournalEntry.id
    )
    unchained = leaf.correlate(JournalEntry).limit(1).scalar_subquery().is_(None)
    here = JournalEntry.transaction_id < horizon.high
    known = here if chain.is_settled else or_(here, JournalEntry.transaction_id >= horizon.high)
    return (JournalEntry.transaction_id >= chain.below) & known & unchained
