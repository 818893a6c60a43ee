from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale
from app.core.texts import Language
from app.correspondence.rules.messages import Side
from app.correspondence.rules.notices import NoticeState
from app.receipts.rules import ReceiptKind


class Message(Model):
    """What a reporter and an office wrote to each other about a subject, encrypted.

    Of the office's side the officer is known inside; the reporter sees the office alone.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index(None, "subject_id", "sent_at", "id"),
        # What nobody has read yet is little, however long the correspondence grows.
        Index("ix_message_unread", "subject_id", "side", postgresql_where=text("read_at IS NULL")),
        {"info": {"scale": Scale.LOCAL}},
    )

    subject_id: Mapped[UUID]
    kind: Mapped[ReceiptKind]
    region_id: Mapped[int]
    region_code: Mapped[str]
    side: Mapped[Side]
    sealed: Mapped[bytes]
    sent_at: Mapped[datetime]
    office_id: Mapped[UUID | None] = mapped_column(default=None)
    officer_id: Mapped[UUID | None] = mapped_column(default=None)
    read_at: Mapped[datetime | None] = mapped_column(default=None)


class Contact(Model):
    """The address that a reporter left, encrypted; without one nothing is ever sent."""

    __tablename__ = "contact"
    __table_args__ = (
        Index(None, "subject_id", unique=True),
        {"info": {"scale": Scale.LOCAL}},
    )

    subject_id: Mapped[UUID]
    kind: Mapped[ReceiptKind]
    region_id: Mapped[int]
    region_code: Mapped[str]
    sealed: Mapped[bytes]
    language: Mapped[Language] = mapped_column(String(2))
    left_at: Mapped[datetime]


class Notice(Model):
    """That there is news for a reporter: one at a time, from the news until it was read."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(None, "subject_id", unique=True),
        Index("ix_notice_due", "due_at", postgresql_where=text("state = 'pending'")),
        {"info": {"scale": Scale.LOCAL}},
    )

    subject_id: Mapped[UUID]
    kind: Mapped[ReceiptKind]
    region_id: Mapped[int]
    region_code: Mapped[str]
    due_at: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.PENDING)
    tries: Mapped[int] = mapped_column(default=0)
