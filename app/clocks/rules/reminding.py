"""When a desk is told of a deadline: before it, at it, and after it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import NotAllowed
from app.core.texts import Text


class ReminderKind(StrEnum):
    BEFORE = "before"
    AT = "at"
    AFTER = "after"


class NotYourDesk(NotAllowed):
    """Who reads a reminder for another desk takes it from that desk's list."""

    code = "not-your-desk"
    text = Text(
        "Pengingat ini untuk kantor lain; hanya kantor itu yang menandainya sudah dibaca.",
        "This reminder is another desk's; only that desk marks it as read.",
    )


LONGEST_LEAD: Final = timedelta(days=1)
"""Our policy: a working day is left to act. No law asks us to remind."""

LEAD_SHARE: Final = 3
"""Our policy: of a short deadline a third is left, or the reminder would come with the start."""

LATE_AFTER: Final = timedelta(days=1)
"""Our policy: what was forgotten on the day is said once more, before it is given up for lost."""

LOOKED_BACK: Final = timedelta(days=14)
"""So long the worker may be away; older deadlines are in the list of what is late, and a reminder
of them would tell nobody anything."""


def reminded_from(started_at: datetime, due_at: datetime) -> datetime:
    """When a desk is first told: a day before, or a third of the time, whichever is shorter."""
    return due_at - min(LONGEST_LEAD, (due_at - started_at) / LEAD_SHARE)


def check_desk(office_id: UUID, reader: UUID | None) -> None:
    """Refuse to mark what another office has to read."""
    if office_id != reader:
        raise NotYourDesk
