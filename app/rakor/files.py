"""How what may tell of persons is kept: sealed under the id of what it belongs to."""

import json
from typing import NamedTuple
from uuid import UUID

from app.core.crypto import Keyring
from app.rakor.schemas.minutes import MinutesIn


class Address(NamedTuple):
    """Where an invitation is sent, and the code that is sent with it."""

    email: str
    code: str


def seal_minutes(content: MinutesIn, minutes_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(content.model_dump_json().encode(), minutes_id)


def open_minutes(sealed: bytes, minutes_id: UUID, keys: Keyring) -> MinutesIn:
    return MinutesIn.model_validate_json(keys.open(sealed, minutes_id))


def seal_words(words: str, invitation_id: UUID, keys: Keyring) -> bytes:
    """The reason of who declines, or the name of a deputy."""
    return keys.seal(words.encode(), invitation_id)


def open_words(sealed: bytes, invitation_id: UUID, keys: Keyring) -> str:
    return keys.open(sealed, invitation_id).decode()


def seal_address(address: Address, invitation_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(json.dumps(address).encode(), invitation_id)


def open_address(sealed: bytes, invitation_id: UUID, keys: Keyring) -> Address:
    return Address(*json.loads(keys.open(sealed, invitation_id)))
