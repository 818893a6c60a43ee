"""How far the figures are: one cheap read that says whether an answer can have changed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.models import LoadedReference
from app.ledger.models import LedgerLeaf
from app.ledger.rules.logs import LogName
from app.stats.models.figures import FigureState


@dataclass(frozen=True)
class Reached:
    """The last fold that changed a figure and its moment, the first that can be asked again, and
    the fingerprint of the calendars and all reference data that figures are told by."""

    fold: int = 0
    at: datetime | None = None
    first_fold: int = 0
    told_by: str = ""
    signed_before: datetime | None = None
    """The moment of the fold, or of the oldest signature that it had not counted, if that is
    earlier: signatures are counted by a job of their own, in a rush every half minute."""


async def reached(session: AsyncSession) -> Reached:
    """Nothing yet before the first fold."""
    row = (await session.execute(_reached())).first()
    return Reached(row[0], row[1], row[2], f"{row[3]} {row[4]}", row[5]) if row else Reached()


@cache
def _reached() -> Select[Any]:
    between = aggregate_order_by(literal(" "), LoadedReference.name)
    loaded = select(func.string_agg(LoadedReference.digest, between)).scalar_subquery()
    state = FigureState
    signed = func.least(state.at, oldest_uncounted().scalar_subquery())
    return select(state.fold, state.at, state.first_fold, state.calendar, loaded, signed)


@cache
def oldest_uncounted() -> Select[datetime]:
    """When the first leaf of the log of signatures was added that is not counted."""
    counted = select(func.coalesce(func.max(FigureState.leaves), 0)).scalar_subquery()
    return select(LedgerLeaf.added_at).where(
        LedgerLeaf.log == LogName.DECLARATIONS, LedgerLeaf.index == counted
    )
