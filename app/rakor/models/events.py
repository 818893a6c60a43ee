from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale
from app.rakor.rules.events import Level, Mode, Stage
from app.rakor.rules.plans import PreventionForm

_REFERENCE: Final = {"info": {"scale": Scale.REFERENCE}}


class Event(Model):
    """A meeting or another act of prevention; `region_code` is the area that it is for."""

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "drafted_at", "id"),
        Index(None, "region_code", postgresql_ops={"region_code": "text_pattern_ops"}),
        Index(None, "office_id"),
        Index(None, "kinds", postgresql_using="gin"),
        Index(None, "series_id", "drafted_at", "id"),
        # Check-ins are national, and what is national points at reference tables only.
        _REFERENCE,
    )

    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    office_name: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(JSONB)
    level: Mapped[Level]
    mode: Mapped[Mode]
    title: Mapped[str]
    purpose: Mapped[str]
    venue: Mapped[str | None]
    venue_region_code: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    time_zone: Mapped[str]
    election_code: Mapped[str | None] = mapped_column(ForeignKey("election.code"))
    is_stage: Mapped[bool]
    target_groups: Mapped[list[str]] = mapped_column(JSONB)
    drafted_at: Mapped[datetime]
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    cancellation_reason: Mapped[str | None] = mapped_column(default=None)
    # What the Form Cegah asks beyond the plan (domain.md, section 5).
    other_kind: Mapped[str | None] = mapped_column(default=None)
    other_stage: Mapped[str | None] = mapped_column(default=None)
    prevention_form: Mapped[PreventionForm | None] = mapped_column(default=None)
    description: Mapped[str | None] = mapped_column(default=None)
    electoral_territory: Mapped[str | None] = mapped_column(default=None)
    # Not public: they open rooms and files.
    assignment_letter: Mapped[str | None] = mapped_column(default=None)
    repository_link: Mapped[str | None] = mapped_column(default=None)
    online_link: Mapped[str | None] = mapped_column(default=None)
    capacity: Mapped[int | None] = mapped_column(default=None)
    # Neighbours: ids without a key.
    declaration_id: Mapped[UUID | None] = mapped_column(default=None)
    circular_id: Mapped[UUID | None] = mapped_column(default=None)
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"), default=None)
    copied_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"), default=None)
    sequence: Mapped[int] = mapped_column(default=0)
    # When what calendars hold of it was changed last.
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    answers_due_on: Mapped[date | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class EventSession(Model):
    """One item of the run-down; its contributors are offices and posts, never persons."""

    __tablename__ = "event_session"
    __table_args__ = (Index(None, "event_id", "starts_at"), _REFERENCE)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    held_on: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[str]
    contributors: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(default=1)
