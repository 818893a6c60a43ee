from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.clocks.rules.reminding import ReminderKind
from app.core.database import Model, Scale
from app.correspondence.rules.notices import NoticeState
from app.rakor.rules.mails import MailKind


class InvitationMail(Model):
    """A letter to an invited office, written from what is so when it is sent: nothing of it is
    kept but why and when, and the SEQUENCE that its calendar entry had.

    `asked` counts how often it was wanted; `taken` is that count when it was taken out, so that
    what is wanted again while it is on its way is sent once more.
    """

    __tablename__ = "invitation_mail"
    __table_args__ = (
        Index(None, "event_id", "queued_at", "id"),
        Index(None, "invitation_id"),
        Index("ix_invitation_mail_due", "due_at", postgresql_where=text("state = 'pending'")),
        Index(
            "ix_invitation_mail_pending",
            "invitation_id",
            "kind",
            unique=True,
            postgresql_where=text("state = 'pending'"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    kind: Mapped[MailKind]
    reminder: Mapped[ReminderKind | None]
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.PENDING)
    asked: Mapped[int] = mapped_column(default=1)
    taken: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
