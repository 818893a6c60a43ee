"""What the page of a question does with what was typed into it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.files.own_page import OwnPage, OwnStep, follow
from app.consultations.schemas.asking import RatingIn
from app.consultations.service.following import FollowingService
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import DomainError, Invalid
from app.core.ids import new_id
from app.core.paging import Slice
from app.correspondence.schemas.messages import MessageIn
from app.correspondence.service.reporter import ReporterService
from app.receipts.rules import ReceiptKind


class OwnPageService:
    """Carries out what the holder of a code chose on the page, and shows how it stands then."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.following = FollowingService(session, actor, now, keys)
        self.talking = ReporterService(session, actor, now, keys, ReceiptKind.CONSULTATION)
        self.session = session

    async def take(self, filled: Mapping[str, str]) -> None:
        """Take the step that was chosen, if any; of one that is refused nothing stays."""
        async with self.session.begin_nested():
            match filled.get("step"):
                case OwnStep.RATE:
                    await self.following.rate(RatingIn(helpful=filled.get("helpful") == "true"))
                case OwnStep.WRITE:
                    form = MessageIn.model_validate({"text": filled.get("text", "")})
                    await self.talking.put(_id(filled), form)

    async def show(self, filled: Mapping[str, str], refusal: DomainError | None = None) -> str:
        """How it stands; what is shown counts as read, so that the next news is told again."""
        found = await self.talking.find(Slice())
        await self.talking.see(found.items[0].id if found.items else None)
        shown = OwnPage(
            code=filled.get("code", ""),
            own=await self.following.follow(),
            messages=found.items,
            message_id=str(new_id()),
            filled=filled,
            refusal=refusal,
        )
        return follow(shown)


def _id(filled: Mapping[str, str]) -> UUID:
    try:
        return UUID(filled.get("message_id", ""))
    except ValueError:
        raise Invalid from None
