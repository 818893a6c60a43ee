from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Model, Scale
from app.ledger.rules.logs import LogName

_APPEND_ONLY: Final = {"info": {"scale": Scale.LOG, "append_only": True}}


class LedgerLog(Base):
    """One append-only log; whoever adds to it holds this row until the commit."""

    __tablename__ = "ledger_log"
    __table_args__ = ({"info": {"scale": Scale.LOG}},)

    name: Mapped[LogName] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)


class LedgerLeaf(Base):
    """One entry of a log, as everybody may read it, and what it is about, which is ours to know."""

    __tablename__ = "ledger_leaf"
    __table_args__ = (
        # Tells which entries of the journal are chained; signatures are spared the cost.
        Index(None, "subject_id", postgresql_where=text("log = 'journal'")),
        _APPEND_ONLY,
    )

    log: Mapped[LogName] = mapped_column(primary_key=True)
    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    data: Mapped[bytes]
    region_id: Mapped[int]
    subject_id: Mapped[UUID]
    # When its transaction began: how long it waits for a checkpoint is a figure of the service.
    added_at: Mapped[datetime] = mapped_column(init=False, server_default=text("now()"))


class LedgerTile(Base):
    """256 hashes of one level (C2SP tlog-tiles), written once all of them are known."""

    __tablename__ = "ledger_tile"
    __table_args__ = (_APPEND_ONLY,)

    log: Mapped[LogName] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes]


class LedgerEdge(Base):
    """The hashes of the last tile of a level, not yet full; it can be recomputed from the rest."""

    __tablename__ = "ledger_edge"
    __table_args__ = ({"info": {"scale": Scale.LOG}},)

    log: Mapped[LogName] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column(BigInteger)
    hashes: Mapped[bytes]


class LedgerCheckpoint(Base):
    """What we signed of a log: so many leaves, and the root over them (C2SP tlog-checkpoint)."""

    __tablename__ = "ledger_checkpoint"
    __table_args__ = (_APPEND_ONLY,)

    log: Mapped[LogName] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes]
    note: Mapped[str]
    signer_id: Mapped[UUID]
    at: Mapped[datetime]


class LedgerKey(Model):
    """The key that signs the checkpoints of a log; whoever publishes holds its row.

    One that has ended cannot sign: its private half is gone.
    """

    __tablename__ = "ledger_key"
    __table_args__ = (
        Index(None, "log", unique=True, postgresql_where=text("until IS NULL")),
        CheckConstraint("(until IS NULL) = (sealed_private IS NOT NULL)", "signs_while_in_use"),
        {"info": {"scale": Scale.LOCAL}},
    )

    log: Mapped[LogName]
    origin: Mapped[str]
    verifier_key: Mapped[str]
    sealed_private: Mapped[bytes | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None] = mapped_column(default=None)


class LedgerWitness(Model):
    """Somebody outside who cosigns what is consistent with what he saw before."""

    __tablename__ = "ledger_witness"
    __table_args__ = (
        Index(None, "name", unique=True, postgresql_where=text("until IS NULL")),
        {"info": {"scale": Scale.LOCAL}},
    )

    name: Mapped[str]
    operator: Mapped[str]
    verifier_key: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None] = mapped_column(default=None)


class LedgerCosignature(Base):
    """What a witness said of a checkpoint of ours, one line of a signed note."""

    __tablename__ = "ledger_cosignature"
    __table_args__ = (_APPEND_ONLY,)

    log: Mapped[LogName] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    witness_id: Mapped[UUID] = mapped_column(primary_key=True)
    line: Mapped[str]
    at: Mapped[datetime]


class LedgerChain(Base):
    """How far the journal of one cluster is chained: every entry of a transaction below is a leaf.

    Transaction ids mean nothing in another cluster, into which a dump is restored.
    """

    __tablename__ = "ledger_chain"
    __table_args__ = ({"info": {"scale": Scale.LOG}},)

    cluster: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    below: Mapped[int] = mapped_column(BigInteger)
    # Whether what a dump brought along, under numbers not given out here yet, was chained.
    is_settled: Mapped[bool]
