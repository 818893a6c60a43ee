"""The database: one engine, one kind of session, one transaction per unit of work."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, TypeAlias
from uuid import UUID

from sqlalchemy import DateTime, Enum, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from app.core.crypto import KeysOutdated
from app.core.ids import new_id

_LONGEST_STATEMENT: Final = 30
"""Seconds after which a statement is given up: a server that vanished must not hold the pool."""

_HOUR: Final = 3_600

Sessions: TypeAlias = async_sessionmaker[AsyncSession]
Json: TypeAlias = dict[str, Any]


class Scale(StrEnum):
    """How a table grows and where its rows may lie; every table declares one in its `info`."""

    NATIONAL = "national"
    LOG = "log"
    REFERENCE = "reference"
    LOCAL = "local"


def values_of(kind: type[StrEnum]) -> list[str]:
    """Store an enumeration by its values, which are ours to keep, not by its Python names."""
    return [member.value for member in kind]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """Root of every table: a typed constructor, named constraints, UTC moments, text enums."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        StrEnum: Enum(StrEnum, native_enum=False, length=40, values_callable=values_of),
        Json: JSONB,
    }


class Model(Base, kw_only=True, eq=False):
    """A table whose rows have an id from birth; tables keyed otherwise extend `Base`."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id, sort_order=-1)


# Classes and codes after which the same request may succeed (PostgreSQL, appendix A).
_PASSING: Final = ("08", "25006", "25P03", "40001", "40P01", "53", "55P03", "57014", "57P")


def sqlstate_of(trouble: BaseException) -> str:
    """The code PostgreSQL gave (appendix A), or nothing where it did not get to answer."""
    return str(getattr(getattr(trouble, "orig", trouble), "sqlstate", "") or "")


def may_pass(trouble: BaseException) -> bool:
    """Whether the same work may succeed a moment later: the database was away or busy, or the
    keys have changed."""
    lost = isinstance(trouble, DBAPIError) and trouble.connection_invalidated
    passing = (OSError, TimeoutError, InterfaceError, PoolTimeout, KeysOutdated)
    return lost or sqlstate_of(trouble).startswith(_PASSING) or isinstance(trouble, passing)


def open_engine(
    url: str, *, pool: int = 20, prepared: bool = True, patience: float = _LONGEST_STATEMENT
) -> AsyncEngine:
    """Open the pool of one process; `prepared` off is for poolers that share connections."""
    cache: Json = {} if prepared else {"statement_cache_size": 0}
    query = "" if prepared else ("&" if "?" in url else "?") + "prepared_statement_cache_size=0"
    return create_async_engine(
        url + query,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=10,
        hide_parameters=True,
        connect_args={"timeout": 5, "command_timeout": patience, **cache},
    )


def open_sessions(
    bind: AsyncEngine | AsyncConnection, info: Mapping[str, object] | None = None
) -> Sessions:
    """Make the session factory; `async with sessions.begin() as session:` is a unit of work."""
    return async_sessionmaker(bind, expire_on_commit=False, info=dict(info or {}))


@asynccontextmanager
async def opened_patiently(url: str, at_once: int = 1) -> AsyncIterator[Sessions]:
    """Sessions for what an operator waits for: a statement may take an hour."""
    engine = open_engine(url, pool=at_once, patience=_HOUR)
    try:
        yield open_sessions(engine)
    finally:
        await engine.dispose()
