"""What the worker does with clocks that run."""

from datetime import datetime

from app.clocks.service.previews import PreviewService
from app.clocks.service.reminders import ReminderService
from app.core.actors import SYSTEM
from app.core.database import Sessions


async def remind(sessions: Sessions, now: datetime) -> int:
    """Tell the desks of their deadlines, each once; return how many reminders were made."""
    async with sessions.begin() as session:
        return await ReminderService(session, SYSTEM, now).remind()


async def catch_up(sessions: Sessions, now: datetime) -> int:
    """Count again what was counted under an older revision of the law; return how many moved."""
    async with sessions.begin() as session:
        return await PreviewService(session, SYSTEM, now).catch_up()
