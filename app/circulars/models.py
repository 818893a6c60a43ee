from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.circulars.rules.circulars import CircularKind, CircularState, Nature
from app.clocks.rules.reminding import ReminderKind
from app.core.actors import ActorKind
from app.core.database import Json, Model, Scale
from app.correspondence.rules.notices import NoticeState
from app.posts.rules.categories import PostCategory

_LOCAL: Final = {"info": {"scale": Scale.LOCAL}}


class Circular(Model):
    """A circular or appeal; `office_id` keeps it, `issuer` is who issues it in its own words.

    `content` is the text as it was issued, whose SHA-256 stands in the log; `ended_on` is the first
    day on which it is in force no more. A draft that names no first day begins on that of its
    letter, whatever day that comes to be.
    """

    __tablename__ = "circular"
    __table_args__ = (
        Index(None, "drafted_at", "id"),
        Index(None, "region_code", postgresql_ops={"region_code": "text_pattern_ops"}),
        Index(None, "office_id"),
        Index(
            "ix_circular_issued_number",
            "region_code",
            "issuer",
            "number",
            "dated_on",
            unique=True,
            postgresql_where=text("issued_at IS NOT NULL"),
        ),
        _LOCAL,
    )

    region_id: Mapped[int]
    region_code: Mapped[str]
    time_zone: Mapped[str]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    office_name: Mapped[str]
    kind: Mapped[CircularKind]
    issuer: Mapped[str]
    signer_post: Mapped[str]
    signer_name: Mapped[str]
    number: Mapped[str]
    dated_on: Mapped[date]
    place: Mapped[str | None]
    nature: Mapped[Nature]
    subject: Mapped[str]
    body: Mapped[str | None]
    legal_basis: Mapped[list[str]] = mapped_column(JSONB)
    ends: Mapped[list[Json]] = mapped_column(JSONB)
    copies_to: Mapped[list[str]] = mapped_column(JSONB)
    in_force_from: Mapped[date | None]
    acknowledge_by: Mapped[date | None]
    drafted_at: Mapped[datetime]
    addressees: Mapped[list[Json]] = mapped_column(JSONB, default_factory=list)
    attachments: Mapped[list[Json]] = mapped_column(JSONB, default_factory=list)
    state: Mapped[CircularState] = mapped_column(default=CircularState.DRAFT)
    issued_at: Mapped[datetime | None] = mapped_column(default=None)
    content: Mapped[str | None] = mapped_column(default=None)
    content_hash: Mapped[bytes | None] = mapped_column(default=None)
    issued_leaf: Mapped[int | None] = mapped_column(BigInteger, default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("circular.id"), default=None)
    ending_reason: Mapped[str | None] = mapped_column(default=None)
    ended_leaf: Mapped[int | None] = mapped_column(BigInteger, default=None)
    version: Mapped[int] = mapped_column(default=1)


class CircularObligation(Model):
    """What every addressed office has to do, by when, and to whom it reports."""

    __tablename__ = "circular_obligation"
    __table_args__ = (Index(None, "circular_id", "place", unique=True), _LOCAL)

    circular_id: Mapped[UUID] = mapped_column(ForeignKey("circular.id"))
    place: Mapped[int] = mapped_column(SmallInteger)
    what: Mapped[str]
    due_on: Mapped[date | None]
    report_to: Mapped[str | None]


class CircularAddressee(Model):
    """One addressed office in the cascade; `parent_id` is who forwarded to it, `office_key` that
    of the catalogue of posts, by which it is addressed once; `ancestors` are all above it, so that
    whoever forwards finds at once what came of it.

    Whom somebody named in forwarding counts against `named_under`: the next office upwards that the
    issuer, a register or the catalogue knows.

    `next_due_on` is the day of what it owes next; `owed`, `done` and `forwarded` count its
    obligations, its reports and the offices that it forwarded to: so the rates of 84,000 offices
    are one pass over these rows. `code_turn` counts how often its code was made anew.
    """

    __tablename__ = "circular_addressee"
    __table_args__ = (
        Index("ix_circular_addressee_once", "circular_id", "office_key", unique=True),
        Index(
            "ix_circular_addressee_named_under",
            "named_under",
            postgresql_where=text("named_under IS NOT NULL"),
        ),
        Index(None, "circular_id", "addressed_at", "id"),
        Index(None, "parent_id", "addressed_at", "id"),
        Index(
            "ix_circular_addressee_office_id",
            "office_id",
            "addressed_at",
            "id",
            postgresql_where=text("office_id IS NOT NULL"),
        ),
        Index(None, "region_code", postgresql_ops={"region_code": "text_pattern_ops"}),
        Index(None, "circular_id", "next_due_on"),
        Index(None, "ancestors", postgresql_using="gin"),
        # The rates without a look at the rows themselves: measured, three quarters of the time.
        Index(
            "ix_circular_addressee_figures",
            "circular_id",
            "depth",
            "category",
            postgresql_include=["acknowledged_at", "forwarded", "owed", "done", "next_due_on"],
        ),
        # Whom the rounds can tell anything at all.
        Index(
            "ix_circular_addressee_reached",
            "next_due_on",
            postgresql_where=text("office_id IS NOT NULL OR sealed_email IS NOT NULL"),
        ),
        _LOCAL,
    )

    circular_id: Mapped[UUID] = mapped_column(ForeignKey("circular.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("circular_addressee.id"))
    depth: Mapped[int] = mapped_column(SmallInteger)
    category: Mapped[PostCategory]
    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    office_name: Mapped[str]
    office_key: Mapped[str]
    named_under: Mapped[UUID | None] = mapped_column(ForeignKey("circular_addressee.id"))
    post: Mapped[str]
    addressed_at: Mapped[datetime]
    owed: Mapped[int] = mapped_column(SmallInteger)
    next_due_on: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None] = mapped_column(default=None)
    acknowledged_by: Mapped[ActorKind | None] = mapped_column(default=None)
    forwarded: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    done: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))
    ancestors: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid()), default_factory=list, server_default=text("'{}'")
    )
    sealed_email: Mapped[bytes | None] = mapped_column(default=None)
    code_turn: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class CircularReport(Model):
    """An addressed office did what it had to; what it wrote and sent as proof lies sealed."""

    __tablename__ = "circular_report"
    __table_args__ = (
        Index(None, "addressee_id", "obligation_id", unique=True),
        Index(None, "circular_id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    circular_id: Mapped[UUID] = mapped_column(ForeignKey("circular.id"))
    addressee_id: Mapped[UUID] = mapped_column(ForeignKey("circular_addressee.id"))
    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("circular_obligation.id"))
    done_on: Mapped[date]
    reported_at: Mapped[datetime]
    reported_by: Mapped[ActorKind]
    sealed: Mapped[bytes]
    evidence_ids: Mapped[list[str]] = mapped_column(JSONB)


class CircularReminder(Model):
    """An addressed office is told, once, that what it owes is nearly due, due, or late: its desk
    where it has one, and by e-mail where an address is known."""

    __tablename__ = "circular_reminder"
    __table_args__ = (
        Index(None, "addressee_id", "kind", "due_on", unique=True),
        Index(None, "at", "id"),
        Index(None, "office_id", "at", "id"),
        Index(
            "ix_circular_reminder_mail",
            "mail_due_at",
            postgresql_where=text("mail = 'pending'"),
        ),
        _LOCAL,
    )

    addressee_id: Mapped[UUID] = mapped_column(ForeignKey("circular_addressee.id"))
    circular_id: Mapped[UUID] = mapped_column(ForeignKey("circular.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    kind: Mapped[ReminderKind]
    due_on: Mapped[date]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None] = mapped_column(default=None)
    mail: Mapped[NoticeState | None] = mapped_column(default=None)
    mail_due_at: Mapped[datetime | None] = mapped_column(default=None)
    tries: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))
