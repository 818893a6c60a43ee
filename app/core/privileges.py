"""What the application's own role may do: everything with rows, nothing with tables.

The journal and the evidence can be added to and read; their past cannot be changed by the service
that writes it. What is sealed in them is sealed anew by the owner, who rotates the keys.
"""

from sqlalchemy import Connection, inspect, text

from app.core.database import Base

QUEUE = "queue"


def grant_application(connection: Connection, role: str) -> None:
    """Give the role exactly its privileges; run by the owner after every migration.

    Tables that no model knows are left closed, so that a forgotten import shows at once.
    """
    if role == connection.scalar(text("SELECT current_user")):
        return  # one role for everything: an owner cannot be kept from his own tables
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    say = connection.exec_driver_sql
    say(f"GRANT USAGE ON SCHEMA public TO {name}")
    say(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
    say(f"GRANT SELECT ON alembic_version TO {name}")
    for table, privileges in _privileges(connection).items():
        say(f'GRANT {privileges} ON "{table}" TO {name}')
    if QUEUE in inspect(connection).get_schema_names():
        _open_queue(connection, name)


def _privileges(connection: Connection) -> dict[str, str]:
    present = set(inspect(connection).get_table_names())
    return {
        table.name: "SELECT, INSERT"
        if table.info.get("append_only")
        else "SELECT, INSERT, UPDATE, DELETE"
        for table in Base.metadata.tables.values()
        if table.name in present
    }


def _open_queue(connection: Connection, name: str) -> None:
    """The queue makes its own tables; whoever acts may put a job into it."""
    say = connection.exec_driver_sql
    say(f"GRANT USAGE ON SCHEMA {QUEUE} TO {name}")
    say(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {QUEUE} TO {name}")
    say(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {QUEUE} TO {name}")
