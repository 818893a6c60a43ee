from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found
from app.rakor.models.mails import InvitationMail
from app.rakor.repository.events import EventRepository
from app.rakor.repository.mails import MailRepository
from app.rakor.schemas.mails import InvitationMailFilter
from app.rakor.service.events import Organiser


class MailService:
    """What an organiser sees of the e-mail to those whom he invited."""

    def __init__(self, session: AsyncSession, actor: Actor, _: datetime, __: Keyring) -> None:
        self.organiser = Organiser(EventRepository(session, actor), actor)
        self.mails = MailRepository(session)

    async def find(self, event_id: UUID, wanted: InvitationMailFilter) -> Found[InvitationMail]:
        event = await self.organiser.take(event_id, lock=False)
        return await self.mails.find(event, wanted)
