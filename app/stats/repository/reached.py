"""How far the figures are: one cheap read that says whether an answer can have changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.models import LoadedReference
from app.stats.models.figures import FigureState


@dataclass(frozen=True)
class Reached:
    """The last fold that changed a figure and its moment, the first that can be asked again, and
    the fingerprint of the calendars and all reference data that figures are told by."""

    fold: int = 0
    at: datetime | None = None
    first_fold: int = 0
    told_by: str = ""


async def reached(session: AsyncSession) -> Reached:
    """Nothing yet before the first fold."""
    between = aggregate_order_by(literal(" "), LoadedReference.name)
    loaded = select(func.string_agg(LoadedReference.digest, between)).scalar_subquery()
    state = FigureState
    query = select(state.fold, state.at, state.first_fold, state.calendar, loaded)
    row = (await session.execute(query)).first()
    return Reached(row[0], row[1], row[2], f"{row[3]} {row[4]}") if row else Reached()
