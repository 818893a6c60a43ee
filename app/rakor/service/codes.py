"""The one place where the code of an invitation is believed."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import WrongCredential
from app.core.passwords import hash_token
from app.core.texts import Text
from app.rakor.models.invitations import Invitation
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.rules.attendance import check_standing

WRONG_CODE: Final = Text(
    "Kode undangan tidak ada atau tidak berlaku.", "The invitation code is missing or invalid."
)


class InvitationCodes:
    """Opens invitations by their codes, for whoever holds one and has no account."""

    def __init__(self, session: AsyncSession) -> None:
        self.invitations = InvitationRepository(session)

    async def open(self, code: str) -> Invitation:
        """The invitation, also a withdrawn one: its office is told that it was withdrawn."""
        invitation = await self.invitations.opened_by(hash_token(code))
        if invitation is None:
            raise WrongCredential(WRONG_CODE)
        return invitation

    async def open_standing(self, code: str) -> Invitation:
        """The invitation, unless it was withdrawn: then it opens nothing beside itself."""
        invitation = await self.open(code)
        check_standing(invitation.withdrawn_at)
        return invitation
