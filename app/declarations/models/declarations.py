from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Model, Scale
from app.declarations.rules.kinds import (
    Check,
    Group,
    Kind,
    Method,
    SignatoryRole,
    SignatureState,
    Status,
)


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
    organiser: Mapped[str | None]
    # Posts, as `led_by` is one: a declaration names nobody.
    witnesses: Mapped[list[str]] = mapped_column(JSONB)
    legal_basis: Mapped[list[str]] = mapped_column(JSONB)
    # What people sign: the text with the local points; the leaves of the ledger name it.
    text_hash: Mapped[str]
    # Whether others than those on its roster can sign.
    open_link: Mapped[bool]
    status: Mapped[Status]
    cancellation_reason: Mapped[str | None] = mapped_column(default=None, init=False)
    created_at: Mapped[datetime]
    # After the last who signed, and before what was refused.
    closed_at: Mapped[datetime | None] = mapped_column(default=None, init=False)
    version: Mapped[int] = mapped_column(default=1)


class Target(Base):
    """A person or post that should sign, as the roster of a declaration names it.

    Whoever signs as this target does so under the target's id. `office` is the institution, in
    clear because coverage is counted by it; who it is lies sealed. `person_hash` commits to the
    person under `salt`; without the salt it says nothing.
    """

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("region_id", "declaration_id", "person_key"),
        Index(None, "declaration_id", "region_id", "office"),
        {"info": {"scale": Scale.NATIONAL}},
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"))
    region_code: Mapped[str]
    office: Mapped[str]
    group: Mapped[Group]
    role: Mapped[SignatoryRole]
    key_id: Mapped[UUID]
    person_key: Mapped[bytes]
    salt: Mapped[bytes | None]
    person_hash: Mapped[bytes]
    sealed: Mapped[bytes]
    # A post whose holder is not named: who signs for it says who it is.
    needs_name: Mapped[bool] = mapped_column(default=False)


class Signature(Base):
    """One signature, with what the public tally needs and nothing about the person.

    `region_code` is that of the signer's office as it was, `region_id` the regency around it.
    Who signs as a target of the roster does so under the target's id, and has a `Signer` only where
    the roster names a post alone;
    `stands_for` is the target who signed under another id: by the open link, as the organiser
    found, in a document, or again where somebody else had used the target's id.
    """

    __tablename__ = "signature"
    __table_args__ = (
        # One person counts once in a declaration and region, by key; who was rejected was another,
        # and must not stand in the way of the person.
        Index(
            "uq_signature_person",
            "region_id",
            "declaration_id",
            "person_key",
            unique=True,
            postgresql_where=text("\"check\" <> 'rejected'"),
        ),
        Index(None, "declaration_id", "recorded_at", "id"),
        Index(
            "ix_signature_waiting",
            "declaration_id",
            "recorded_at",
            "id",
            postgresql_where=text("\"check\" = 'waiting'"),
        ),
        # Few, and only looked for when their person is erased.
        Index(
            "ix_signature_rejected",
            "region_id",
            "declaration_id",
            "person_key",
            postgresql_where=text("\"check\" = 'rejected'"),
        ),
        # A phone that repeats names its id, and perhaps another region than before.
        Index(None, "id"),
        Index(
            "ix_signature_stands_for",
            "region_id",
            "stands_for",
            postgresql_where=text("stands_for IS NOT NULL"),
        ),
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
    # Of its first leaf in the log `declarations`.
    leaf_index: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[SignatureState] = mapped_column(default=SignatureState.VALID)
    check: Mapped[Check] = mapped_column(default=Check.NOT_NEEDED)
    stands_for: Mapped[UUID | None] = mapped_column(default=None)


class Signer(Base):
    """Who signed without being named on a roster: name, position, office, NIP, for whom, sealed."""

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
    salt: Mapped[bytes | None]
    sealed: Mapped[bytes]
    # Of a secret of the phone: whoever repeats with it gets the ticket again.
    secret_hash: Mapped[bytes | None] = mapped_column(default=None)
    # Whether the signature is that of a target, a post, which this person holds.
    for_target: Mapped[bool] = mapped_column(default=False)
