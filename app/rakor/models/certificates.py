from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.certificates.rules.states import PaperState
from app.core.database import Model, Scale
from app.rakor.rules.attendance import Presence
from app.rakor.rules.events import ParticipantRole

_VALID = text("state = 'valid'")


class AttendanceCertificate(Model):
    """That somebody was at an event, on paper; its code hangs on `number`, which was drawn.

    It is made out to a post in an office, and where a name is known to a person, who is sealed.
    """

    __tablename__ = "attendance_certificate"
    __table_args__ = (
        Index(None, "event_id", "issued_at", "id"),
        Index(None, "number", unique=True),
        Index(
            "ix_attendance_certificate_invited",
            "invitation_id",
            unique=True,
            postgresql_where=_VALID,
        ),
        Index(
            "ix_attendance_certificate_walk_in",
            "check_in_id",
            unique=True,
            postgresql_where=_VALID,
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation.id"))
    # No key: check-ins are national.
    check_in_id: Mapped[UUID | None]
    office_name: Mapped[str]
    post: Mapped[str]
    represents: Mapped[str | None]
    role: Mapped[ParticipantRole]
    presence: Mapped[Presence]
    sealed: Mapped[bytes | None]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UUID | None]
    state: Mapped[PaperState] = mapped_column(default=PaperState.VALID)
    replaces_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("attendance_certificate.id"), default=None
    )
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_reason: Mapped[bytes | None] = mapped_column(default=None)
