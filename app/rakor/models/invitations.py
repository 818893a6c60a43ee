from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Model, Scale
from app.posts.rules.categories import PostCategory
from app.rakor.rules.attendance import Answer
from app.rakor.rules.events import ParticipantRole

_LOCAL: Final = {"info": {"scale": Scale.LOCAL}}


class Invitation(Model):
    """An office asked to send the holder of a post; who has the code answers for it.

    Who accepts draws the next number of the event's queue: those with the lowest numbers have a
    seat, as many as it has. That is told anew at each reading, and stored nowhere. `office_key` is
    that of the catalogue of posts, by which the office is known again elsewhere.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index(None, "event_id", "invited_at", "id"),
        Index(None, "code_hash", unique=True),
        Index(None, "event_id", "queue_number", unique=True),
        _LOCAL,
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    region_code: Mapped[str]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    office_name: Mapped[str]
    office_key: Mapped[str]
    post: Mapped[str]
    role: Mapped[ParticipantRole]
    letter_number: Mapped[str | None]
    code_hash: Mapped[bytes]
    invited_at: Mapped[datetime]
    answer: Mapped[Answer | None] = mapped_column(default=None)
    deputy_post: Mapped[str | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    category: Mapped[PostCategory | None] = mapped_column(default=None)
    duty_letter_number: Mapped[str | None] = mapped_column(default=None)
    queue_number: Mapped[int | None] = mapped_column(default=None)
    joins_online: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class InvitationReason(Base):
    """Why an office declined: it may tell of somebody's health, so it is sealed."""

    __tablename__ = "invitation_reason"
    __table_args__ = (_LOCAL,)

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    sealed: Mapped[bytes]


class InvitationDeputy(Base):
    """The name of the deputy that an office sends, sealed."""

    __tablename__ = "invitation_deputy"
    __table_args__ = (_LOCAL,)

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    sealed: Mapped[bytes]


class InvitationAddress(Base):
    """The e-mail address of an office and the code that is sent there, sealed together: of an
    invitation without an address only the hash of the code is kept."""

    __tablename__ = "invitation_address"
    __table_args__ = (_LOCAL,)

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    sealed: Mapped[bytes]
