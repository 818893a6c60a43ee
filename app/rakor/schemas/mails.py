"""What crosses the wire about the e-mail to invited offices: no address, and no letter."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.clocks.rules.reminding import ReminderKind
from app.core.paging import Slice
from app.correspondence.rules.notices import NoticeState
from app.rakor.rules.mails import MailKind


class InvitationMailOut(BaseModel):
    """A letter to an invited office, and what became of it."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": "01932b5e-7c00-7000-8000-000000000021",
                    "invitation_id": "01932b5e-7c00-7000-8000-000000000004",
                    "kind": "update",
                    "reminder": None,
                    "state": "sent",
                    "sequence": 1,
                    "tries": 1,
                    "queued_at": "2024-09-22T03:00:00Z",
                    "settled_at": "2024-09-22T03:01:00Z",
                }
            ]
        },
    )

    id: UUID
    invitation_id: UUID
    kind: MailKind
    reminder: ReminderKind | None = Field(description="Which one, of a reminder.")
    state: NoticeState = Field(description="Undeliverable: the box is not there, or stays full.")
    sequence: int | None = Field(description="The SEQUENCE of its calendar entry, once written.")
    tries: int
    queued_at: datetime
    settled_at: datetime | None = Field(description="When it was sent or given up.")


class InvitationMailFilter(Slice):
    invitation_id: UUID | None = None
    kind: MailKind | None = None
    state: NoticeState | None = None
