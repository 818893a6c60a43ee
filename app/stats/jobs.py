"""What the worker does with the figures for everybody."""

from datetime import datetime

from app.core.database import Sessions
from app.stats.rules.units import PUBLIC
from app.stats.service.figures import PublicTableService


async def freeze_public_tables(sessions: Sessions, now: datetime) -> None:
    """Freeze the tables of the day that has begun; a table that is there stays as it is."""
    for unit in PUBLIC:
        async with sessions.begin() as session:
            await PublicTableService(session, now).read(unit)
