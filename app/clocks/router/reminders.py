from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.clocks.models import ClockReminder
from app.clocks.router.doors import Reminders, may_be_reminded
from app.clocks.schemas.reminders import ReminderFilter, ReminderOut
from app.core.paging import Found
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/clocks", "clocks")


@router.get("/reminders", response_model=Page[ReminderOut], dependencies=[may_be_reminded])
async def list_reminders(
    wanted: Annotated[ReminderFilter, Query()], reminders: Reminders
) -> Found[ClockReminder]:
    """List what is nearly due, due, or late in your area, newest first."""
    return await reminders.find(wanted)


@router.post(
    "/reminders/{reminder_id}/reading",
    response_model=ReminderOut,
    dependencies=[may_be_reminded, idempotent, can_be_rehearsed],
)
async def mark_reminder_read(reminder_id: UUID, reminders: Reminders) -> ClockReminder:
    """Note that your desk has read a reminder."""
    return await reminders.read(reminder_id)
