"""The format in which invitations lie encrypted in the database."""

from uuid import UUID

from pydantic import BaseModel

from app.cases.models.handling import Clarification
from app.core.crypto import Keyring


class SealedInvitation(BaseModel):
    """Who is invited, where he is no reported person of the case, and whereto."""

    name: str | None
    place: str


def seal(said: SealedInvitation, id: UUID, keys: Keyring) -> bytes:
    return keys.seal(said.model_dump_json().encode(), id)


def open_invitation(row: Clarification, keys: Keyring) -> SealedInvitation:
    return SealedInvitation.model_validate_json(keys.open(row.sealed_invitation, row.id))
