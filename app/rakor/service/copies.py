"""Events that are held again: a series, made of copies of an earlier event."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.places import Place
from app.rakor import files
from app.rakor.models.events import Event, EventSession
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.rules.events import ANNOUNCED, check_stage
from app.rakor.rules.plans import NoCopy, check_copies, moved
from app.rakor.schemas.copies import CopiesIn, CopiesOut, RepeatedIn
from app.rakor.schemas.events import EventOut
from app.rakor.schemas.invitations import IssuedOut
from app.rakor.schemas.plans import EventPlan
from app.rakor.service.events import Organiser
from app.rakor.service.guests import GuestList
from app.rakor.service.invitations import InvitationService
from app.rakor.service.plans import Seat, drafted


class CopyService:
    """Planning an event again for other days, and inviting those again who were invited before."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.invitations = InvitationRepository(session)
        self.letters = InvitationService(session, actor, now, keys)
        self.guests = GuestList(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.now = now
        self.keys = keys

    async def copy(self, event_id: UUID, form: CopiesIn) -> CopiesOut:
        """Draft the event again, with its run-down, for each of these days."""
        source = await self.organiser.take(event_id)
        check_copies(form.days, source.ends_on - source.starts_on)
        run_down = await self.events.run_down(source)
        invited = await self.invitations.count(source) > 0
        _join(source)
        copies = [_copied(source, day, self.now) for day in form.days]
        for copy in copies:
            copy.copied_from_id = source.id if invited else source.copied_from_id or source.id
        await self.events.add_first(copies)
        self.events.add(*(_held_again(each, source, to) for to in copies for each in run_down))
        said = {"copied_from": str(source.id)}
        await self.journal.record_all("event.drafted", [(copy, said) for copy in copies])
        return CopiesOut(items=[EventOut.model_validate(copy) for copy in copies])

    async def invite_again(self, event_id: UUID, form: RepeatedIn) -> IssuedOut:
        """Invite whom the event before invited, as far as they have not been invited yet."""
        event = await self.organiser.take(event_id)
        check_stage(event.stage, ANNOUNCED)
        if event.copied_from_id is None:
            raise NoCopy
        before = await self.events.get(event.copied_from_id)
        invited = await self.invitations.of(before)
        guests = await self.guests.again(event, invited, await self._emails(before))
        return await self.letters.send(event, guests, form.letter_number)

    async def _emails(self, before: Event) -> dict[UUID, str]:
        """Where the letters of the event before were sent, by invitation."""
        return {
            invitation.id: files.open_address(sealed, invitation.id, self.keys).email
            for invitation, sealed in await self.invitations.addressed(before)
        }


def _join(source: Event) -> None:
    """A series is called by its first event, which joins it with its first copy."""
    if source.series_id is None:
        source.series_id = source.id
        source.version += 1


def _copied(source: Event, day: date, now: datetime) -> Event:
    plan = EventPlan.model_validate(source, from_attributes=True)
    # What belongs to that one meeting stays with it.
    own = dict.fromkeys(
        (
            "description",
            "declaration_id",
            "circular_id",
            "online_link",
            "assignment_letter",
            "repository_link",
        )
    )
    days = {"starts_on": day, "ends_on": day + (source.ends_on - source.starts_on)}
    if source.answers_due_on is not None:
        days["answers_due_on"] = day - (source.starts_on - source.answers_due_on)
    place = Place(source.region_id, source.region_code)
    seat = Seat(source.office_id, source.office_name, place, source.time_zone)
    copy = drafted(plan.model_copy(update={**own, **days}), seat, now)
    copy.series_id = source.series_id
    return copy


def _held_again(session: EventSession, source: Event, copy: Event) -> EventSession:
    by = copy.starts_on - source.starts_on
    return EventSession(
        event_id=copy.id,
        held_on=session.held_on + by,
        starts_at=moved(session.starts_at, by, source.time_zone),
        ends_at=moved(session.ends_at, by, source.time_zone),
        title=session.title,
        contributors=session.contributors,
    )
