"""The format in which invitations and plenaries lie encrypted in the database."""

from uuid import UUID

from pydantic import BaseModel

from app.cases.models.handling import Clarification, Plenary
from app.cases.schemas.plenaries import SeatOut
from app.core.crypto import Keyring


class SealedInvitation(BaseModel):
    """Who is invited, where he is no reported person of the case, and whereto."""

    name: str | None
    place: str


class SealedPlenary(BaseModel):
    """The members present by name, with vote and opinion, and the reasoning."""

    present: list[SeatOut]
    reasoning: str


def seal(said: SealedInvitation | SealedPlenary, id: UUID, keys: Keyring) -> bytes:
    return keys.seal(said.model_dump_json().encode(), id)


def open_invitation(row: Clarification, keys: Keyring) -> SealedInvitation:
    return SealedInvitation.model_validate_json(keys.open(row.sealed_invitation, row.id))


def open_plenary(row: Plenary, keys: Keyring) -> SealedPlenary:
    return SealedPlenary.model_validate_json(keys.open(row.sealed, row.id))
