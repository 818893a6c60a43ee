"""The tables of a question: what may be known of it, and what is sealed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.consultations.rules.questions import AskerKind, ConsultationState
from app.core.database import Base, Model, Scale


class Consultation(Model):
    """What may be known of a question without knowing what was asked, or by whom."""

    __tablename__ = "consultation"
    __table_args__ = (
        Index(None, "asked_at", "id"),
        Index(
            "ix_consultation_region_code_prefix",
            "region_code",
            "asked_at",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        Index(
            "ix_consultation_unanswered",
            "asked_at",
            "id",
            postgresql_where=text("answer_id IS NULL"),
        ),
        Index(None, "turned_on", postgresql_where=text("turned_on IS NOT NULL")),
        {"info": {"scale": Scale.LOCAL}},
    )

    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID]
    asker: Mapped[AskerKind]
    state: Mapped[ConsultationState]
    asked_at: Mapped[datetime]
    # The answer that counts; earlier ones stay readable.
    answer_id: Mapped[UUID | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    unread_messages: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # When a round first saw that its answer, or its text, is to be reviewed.
    stale_since: Mapped[datetime | None] = mapped_column(default=None)
    # What its author says of the answer.
    helpful: Mapped[bool | None] = mapped_column(default=None)
    # The id of the complaint that its author made of it: the desk of neither side is told, for a
    # name that was given here would open the identity of a reporter there.
    sealed_complaint: Mapped[bytes | None] = mapped_column(default=None)
    # The day of the turn, until a round tells the desk of it: told at once, its moment would be
    # that of the complaint.
    turned_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def own_state(self) -> ConsultationState:
        """As its author knows it; the desk hears of a turn when its day is over."""
        return ConsultationState.TURNED if self.sealed_complaint else self.state


class ConsultationQuestion(Base):
    """The question itself, encrypted: it is free text about its author."""

    __tablename__ = "consultation_question"
    __table_args__ = ({"info": {"scale": Scale.LOCAL, "append_only": True}},)

    id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    sealed: Mapped[bytes]
