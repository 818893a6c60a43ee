"""Migrations run over the same async driver as the service, against every table it knows."""

import asyncio
from importlib import import_module
from pkgutil import walk_packages

from alembic import context
from alembic.operations.ops import CreateTableOp, MigrationScript
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

import app
from app.core.database import Base
from app.core.settings import Settings

for room in walk_packages(app.__path__, "app."):
    if "models" in room.name.split("."):
        import_module(room.name)


def leave_out_info(_: object, __: object, directives: list[MigrationScript]) -> None:
    """A table's `info` is for the code that reads the models; a migration has no use for it."""
    for script in directives:
        for step in script.upgrade_ops.ops if script.upgrade_ops else ():
            if isinstance(step, CreateTableOp):
                step.info = {}


def migrate(connection: Connection) -> None:
    context.configure(
        connection,
        target_metadata=Base.metadata,
        compare_type=True,
        process_revision_directives=leave_out_info,
    )
    with context.begin_transaction():
        context.run_migrations()


async def connect() -> None:
    url = context.config.attributes.get("url") or Settings().owner_url
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(connect())
