from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Scale
from app.ledger.rules.logs import LogName


class LedgerLog(Base):
    """One append-only log; whoever adds to it holds this row until the commit."""

    __tablename__ = "ledger_log"
    __table_args__ = ({"info": {"scale": Scale.LOG}},)

    name: Mapped[LogName] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)


class LedgerLeaf(Base):
    """One entry of a log, as everybody may read it, and what it is about, which is ours to know."""

    __tablename__ = "ledger_leaf"
    __table_args__ = ({"info": {"scale": Scale.LOG, "append_only": True}},)

    log: Mapped[LogName] = mapped_column(primary_key=True)
    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    data: Mapped[bytes]
    region_id: Mapped[int]
    subject_id: Mapped[UUID]
