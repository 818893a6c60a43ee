"""What the worker does for events."""

from datetime import datetime

from app.core.actors import SYSTEM
from app.core.database import Sessions
from app.rakor.service.reminders import FollowUpReminderService


async def remind_of_follow_ups(sessions: Sessions, now: datetime) -> int:
    """Tell the desks of follow-ups, each once; return how many reminders were made."""
    async with sessions.begin() as session:
        return await FollowUpReminderService(session, SYSTEM, now).remind()
