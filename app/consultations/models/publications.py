"""The tables of what is published: texts of its own, sealed until a second person has read them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.consultations.rules.publishing import PublicationState
from app.core.database import Base, Model, Scale


class Publication(Model):
    """A text that somebody wrote for the public, and what a second person made of it."""

    __tablename__ = "publication"
    __table_args__ = (
        Index(None, "consultation_id", "drafted_at"),
        Index(
            "ix_publication_live",
            "consultation_id",
            unique=True,
            postgresql_where=text("state = 'published'"),
        ),
        {"info": {"scale": Scale.LOCAL}},
    )

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("consultation_answer.id"))
    state: Mapped[PublicationState]
    sealed: Mapped[bytes]
    drafted_by: Mapped[UUID | None]
    drafted_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    # Why it was rejected or withdrawn.
    sealed_reason: Mapped[bytes | None] = mapped_column(default=None)


class PublishedAnswer(Base):
    """What the public reads and searches: it names no person, no place and no office."""

    __tablename__ = "published_answer"
    __table_args__ = (
        Index(None, "words", postgresql_using="gin"),
        Index(
            "ix_published_answer_question_trigrams",
            "question",
            postgresql_using="gin",
            postgresql_ops={"question": "gin_trgm_ops"},
        ),
        Index(None, "published_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    answer_id: Mapped[UUID]
    question: Mapped[str]
    answer: Mapped[str]
    words: Mapped[str] = mapped_column(TSVECTOR)
    published_at: Mapped[datetime]


class PublishedVote(Model):
    """That somebody found it helpful, or not; who it was is not kept."""

    __tablename__ = "published_vote"
    __table_args__ = (
        Index(None, "publication_id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    is_helpful: Mapped[bool]
