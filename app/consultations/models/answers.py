"""The tables of the law that is cited, and of answers that cite it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.clocks.rules.norms import Confidence
from app.core.database import Base, Model, Scale


class StoredArticle(Base):
    """One version of an article; `rules.articles.Article` says what the columns mean."""

    __tablename__ = "law_article"
    __table_args__ = ({"info": {"scale": Scale.REFERENCE}},)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    law: Mapped[str]
    article: Mapped[str]
    about_id: Mapped[str]
    about_en: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[Confidence]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    digest: Mapped[str]


class ConsultationAnswer(Model):
    """What an office answered, encrypted; a later answer takes its place and changes nothing."""

    __tablename__ = "consultation_answer"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    sealed: Mapped[bytes]
    office_id: Mapped[UUID | None]
    officer_id: Mapped[UUID | None]
    answered_at: Mapped[datetime]


class Citation(Model):
    """An article as it stood when an answer cited it."""

    __tablename__ = "consultation_citation"
    __table_args__ = (
        Index(None, "answer_id", "position"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("consultation_answer.id"))
    position: Mapped[int]
    code: Mapped[str]
    version: Mapped[int]
    law: Mapped[str]
    article: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    digest: Mapped[str]
