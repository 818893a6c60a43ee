from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Model, Scale
from app.declarations.rules import Group, Kind, Method, SignatoryRole, Status


class PledgeText(Model):
    """One version of a text that people sign; once published, its content never changes."""

    __tablename__ = "pledge_text"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        Index(None, "added_at", "id"),
        {"info": {"scale": Scale.REFERENCE}},
    )

    code: Mapped[str]
    version: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(JSONB)
    opening: Mapped[dict[str, str]] = mapped_column(JSONB)
    points: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    legal_basis: Mapped[list[str]] = mapped_column(JSONB)
    content_hash: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str]
    added_at: Mapped[datetime]


class Declaration(Model):
    """What an office lets people sign; `version` counts its changes, for the ETag."""

    __tablename__ = "declaration"
    __table_args__ = (
        Index(None, "created_at", "id"),
        Index(None, "office_id"),
        Index(
            "ix_declaration_region",
            "region_code",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        {"info": {"scale": Scale.REFERENCE}},
    )

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    # As it was on that day: the document keeps the name under which it was made.
    office_name: Mapped[str]
    region_id: Mapped[int]
    region_code: Mapped[str]
    election_code: Mapped[str | None] = mapped_column(ForeignKey("election.code"))
    # An event of `rakor`, a neighbour: an id and no key, `prevention` joins the two.
    event_id: Mapped[UUID | None]
    pledge_text_id: Mapped[UUID] = mapped_column(ForeignKey("pledge_text.id"))
    kind: Mapped[Kind]
    title: Mapped[str]
    place: Mapped[str]
    local_points: Mapped[list[dict[str, str | None]]] = mapped_column(JSONB)
    held_on: Mapped[date]
    led_by: Mapped[str]
    legal_basis: Mapped[list[str]] = mapped_column(JSONB)
    status: Mapped[Status]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class Signature(Base):
    """One signature, with what the public tally needs and nothing about the person.

    `region_code` is that of the signer's office as it was, `region_id` the regency around it.
    """

    __tablename__ = "signature"
    __table_args__ = (
        # One person counts once in a declaration and region, by key.
        UniqueConstraint("region_id", "declaration_id", "person_key"),
        Index(None, "declaration_id", "recorded_at", "id"),
        # A phone that repeats names its id, and perhaps another region than before.
        Index(None, "id"),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"))
    region_code: Mapped[str]
    group: Mapped[Group]
    role: Mapped[SignatoryRole]
    method: Mapped[Method]
    # The blind index of the person, and the index key that made it.
    key_id: Mapped[UUID]
    person_key: Mapped[bytes]
    captured_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]


class Signer(Base):
    """Who signed: name, position, office, NIP and whom they represent, sealed."""

    __tablename__ = "signer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["region_id", "signature_id"], ["signature.region_id", "signature.id"]
        ),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    signature_id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[str]
    sealed: Mapped[bytes]
