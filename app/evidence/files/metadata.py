"""What is said of a file, as it lies encrypted beside it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from app.core.crypto import Keyring

CONTENT: Final = "evidence"
"""The kind under which the hash of a whole file is blinded."""


class Metadata(BaseModel):
    """The hash of the whole file, and what its sender said of it."""

    sha256: str
    file_name: str | None = None
    declared_type: str | None = None
    captured_at: datetime | None = None

    def seal(self, file_id: UUID, keys: Keyring) -> bytes:
        return keys.seal(self.model_dump_json(exclude_none=True).encode(), file_id)


def open_metadata(sealed: bytes, file_id: UUID, keys: Keyring) -> Metadata:
    return Metadata.model_validate_json(keys.open(sealed, file_id))
