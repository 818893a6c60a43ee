from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import ActorKind
from app.core.database import Base, Json, Scale
from app.core.ids import new_id

_APPEND_ONLY: Final = {"info": {"scale": Scale.LOG, "append_only": True}}


class JournalEntry(Base):
    """What was done, by whom, when and where; written with the act, never changed."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index(None, "region_id", "subject_id"),
        Index(None, "region_id", "transaction_id"),
        Index(None, "transaction_id"),
        # For who follows what is done with things: signatures come by thousands a second, and are
        # followed by their log.
        Index(
            "ix_journal_entry_of_things",
            "transaction_id",
            "id",
            postgresql_where=text("action <> 'signature.added'"),
        ),
        _APPEND_ONLY,
    )

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-2)
    at: Mapped[datetime]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]
    office_id: Mapped[UUID | None]
    action: Mapped[str]
    subject_id: Mapped[UUID]
    region_code: Mapped[str]
    payload: Mapped[Json]
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id, sort_order=-1)
    # Decides which entries are older than every running transaction (commit-safe horizon).
    transaction_id: Mapped[int] = mapped_column(
        BigInteger, init=False, server_default=text("(pg_current_xact_id()::text::bigint)")
    )


class JournalSequence(Base):
    """The gapless number of an entry in its region, given by the worker after the commit."""

    __tablename__ = "journal_sequence"
    __table_args__ = (Index(None, "region_id", "entry_id", unique=True), _APPEND_ONLY)

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID]


class JournalCounter(Base):
    """The last number given in a region; whoever numbers its entries holds this row."""

    __tablename__ = "journal_counter"
    __table_args__ = ({"info": {"scale": Scale.LOG}},)

    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(BigInteger)
