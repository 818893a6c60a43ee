from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.rakor.models.invitations import (
    Invitation,
    InvitationAddress,
    InvitationDeputy,
    InvitationReason,
)

Secret = type[InvitationReason] | type[InvitationDeputy] | type[InvitationAddress]


class InvitationSecrets:
    """What is kept sealed beside an invitation: one of each kind, the last one given."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of(self, invitation: Invitation, kind: Secret) -> bytes | None:
        query = select(kind.sealed).where(kind.invitation_id == invitation.id)
        return await self.session.scalar(query)

    async def keep(self, invitation: Invitation, kind: Secret, sealed: bytes | None) -> None:
        """Keep this one, and none from before it."""
        await self.session.execute(delete(kind).where(kind.invitation_id == invitation.id))
        if sealed is not None:
            self.session.add(kind(invitation_id=invitation.id, sealed=sealed))
