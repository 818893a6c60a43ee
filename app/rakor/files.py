"""How what may tell of persons is kept: sealed under the id of what it belongs to."""

from uuid import UUID

from app.core.crypto import Keyring
from app.rakor.schemas.minutes import MinutesIn


def seal_minutes(content: MinutesIn, minutes_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(content.model_dump_json().encode(), minutes_id)


def open_minutes(sealed: bytes, minutes_id: UUID, keys: Keyring) -> MinutesIn:
    return MinutesIn.model_validate_json(keys.open(sealed, minutes_id))


def seal_reason(reason: str, invitation_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(reason.encode(), invitation_id)


def open_reason(sealed: bytes, invitation_id: UUID, keys: Keyring) -> str:
    return keys.open(sealed, invitation_id).decode()
