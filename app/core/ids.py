"""Keys of rows: UUIDv7 (RFC 9562), ordered by time, made by the application or by the phone."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()
