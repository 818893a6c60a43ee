"""What the desks of addressed offices are told of circulars."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.circulars.models import CircularReminder
from app.circulars.router.doors import answers, may_read
from app.circulars.schemas.reminders import CircularReminderFilter, CircularReminderOut
from app.circulars.service.reminders import CircularReminderService
from app.core.paging import Found
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/circular-reminders", "circulars")

Reminders = Annotated[CircularReminderService, opened(CircularReminderService)]


@router.get("", response_model=Page[CircularReminderOut], dependencies=[may_read])
async def list_circular_reminders(
    wanted: Annotated[CircularReminderFilter, Query()], service: Reminders
) -> Found[CircularReminder]:
    """List what addressed offices were told of: nearly due, due, or late, newest first."""
    return await service.find(wanted)


@router.post("/{reminder_id}/reading", response_model=CircularReminderOut, dependencies=answers)
async def mark_circular_reminder_read(reminder_id: UUID, service: Reminders) -> CircularReminder:
    """Note that your office has read a reminder."""
    return await service.read(reminder_id)
