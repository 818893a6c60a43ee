"""What the worker does with the open data."""

from datetime import datetime

from app.core.database import Sessions
from app.open_data.service.noting import CorrectionNoting


async def note_corrections(sessions: Sessions, now: datetime) -> None:
    """Note what the newest public tables correct; a table that was looked through stays noted."""
    async with sessions.begin() as session:
        waiting = await CorrectionNoting(session, now).waiting()
    for frozen in waiting:
        async with sessions.begin() as session:
            await CorrectionNoting(session, now).note(frozen)
