"""Keys of rows: UUIDv7 (RFC 9562), ordered by time, made by the application or by the phone."""

from uuid import UUID

import uuid_utils
from asyncpg.pgproto import pgproto


def new_id() -> UUID:
    """Make a key; as the driver's own kind, which is made and sent without Python's help."""
    made: UUID = pgproto.UUID(uuid_utils.uuid7().bytes)
    return made
