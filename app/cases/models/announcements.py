from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.rules.decisions import Result
from app.cases.rules.requirements import NotRegisteredReason
from app.cases.rules.states import CaseKind, State
from app.core.database import Model, Scale
from app.elections.rules import Regime


class Announcement(Model):
    """What the public was told of a case; it stays as it was told, and a later one follows it."""

    __tablename__ = "announcement"
    __table_args__ = (
        Index(None, "announced_at", "id"),
        Index(None, "follows_id", unique=True),
        Index(
            "ix_announcement_region_code_prefix",
            "region_code",
            "announced_at",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        Index(None, "case_id", "announced_at"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    # Of the office, not of the event: with the day, a village would say too much.
    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID]
    office: Mapped[str]
    number: Mapped[str | None]
    kind: Mapped[CaseKind]
    regime: Mapped[Regime]
    election_code: Mapped[str | None]
    state: Mapped[State]
    result: Mapped[Result | None]
    not_registered_reason: Mapped[NotRegisteredReason | None]
    categories: Mapped[list[str]] = mapped_column(JSONB)
    text_id: Mapped[str]
    text_en: Mapped[str]
    announced_at: Mapped[datetime]
    officer_id: Mapped[UUID | None]
    # The announcement of the same case that this one supersedes.
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("announcement.id"), default=None)
