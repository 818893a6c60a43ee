from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found
from app.rakor import files
from app.rakor.models.minutes import PublishedDecision
from app.rakor.repository.events import EventRepository
from app.rakor.repository.minutes import DecisionRepository, MinutesRepository
from app.rakor.rules import minutes as rules
from app.rakor.schemas.minutes import DecisionFilter, DecisionPublicationIn
from app.rakor.service.events import Organiser


class DecisionService:
    """What an event publishes of its decisions: in words of their own, which name no person."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.minutes = MinutesRepository(session)
        self.decisions = DecisionRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.now = now
        self.keys = keys

    async def publish(self, event_id: UUID, form: DecisionPublicationIn) -> PublishedDecision:
        """Publish a decision of the minutes that the chair has approved."""
        event = await self.organiser.take(event_id)
        last = await self.minutes.last(event)
        if last is None or await self.minutes.approval(last) is None:
            raise rules.MinutesNotApproved
        content = files.open_minutes(last.sealed, last.id, self.keys)
        rules.check_decision(form.number, [each.number for each in content.decisions], "/number")
        if await self.decisions.has(event, form.number):
            raise rules.DecisionPublished
        decision = PublishedDecision(
            event_id=event.id,
            number=form.number,
            text=form.text,
            minutes_version=last.version,
            published_at=self.now,
        )
        self.decisions.add(decision)
        await self.journal.record("decision.published", event, number=form.number)
        return decision

    async def find(self, event_id: UUID, wanted: DecisionFilter) -> Found[PublishedDecision]:
        return await self.decisions.page(await self.events.get_open(event_id), wanted)

    async def withdraw(self, event_id: UUID, decision_id: UUID) -> PublishedDecision:
        """Take back what was published; the decision itself stays in the minutes."""
        event = await self.organiser.take(event_id)
        decision = await self.decisions.get(event, decision_id)
        decision.withdrawn_at = self.now
        await self.journal.record("decision.withdrawn", event, number=decision.number)
        return decision
