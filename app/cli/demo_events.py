"""The meetings of the demo: the four of 2024 that are known, by offices and posts only.

Place, day and who took part are real; who answered how, what was said and who signed is invented,
and the purpose of each event says so.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from app.cli.demo_meeting import Ceremony, Circle, Guest, Meeting
from app.cli.demo_signing import SigningTable
from app.core.actors import PUBLIC, SYSTEM, ActorKind
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.declarations.schemas.declarations import DeclarationIn
from app.declarations.service.declarations import DeclarationService
from app.offices.models import Office
from app.offices.service import OfficeService
from app.rakor.models.events import Event
from app.rakor.schemas.answers import AnswerIn
from app.rakor.schemas.check_ins import CheckInIn
from app.rakor.schemas.invitations import InvitationsIn, InvitedIn, IssuedInvitationOut
from app.rakor.schemas.plans import EventIn
from app.rakor.service.answers import AnswerService
from app.rakor.service.check_ins import CheckInService
from app.rakor.service.events import EventService
from app.rakor.service.invitations import InvitationService
from app.rakor.service.minutes import MinutesService
from app.rakor.service.sessions import RunDownService
from app.regions.models import Region
from app.regions.rules import Level
from app.regions.schemas import RegionFilter
from app.regions.service import RegionService

EVENTS: Final = Path(__file__).parent / "data" / "demo_events.json"
MOST_BELOW: Final = 200
"""The largest page: no regency has as many districts, no district as many villages."""

_MEETINGS: Final = TypeAdapter(list[Meeting])


async def hold_events(session: AsyncSession, keys: Keyring) -> None:
    for meeting in _MEETINGS.validate_json(EVENTS.read_bytes()):
        offices = OfficeService(session, SYSTEM, meeting.drafted_at)
        office = await offices.managed(meeting.office_code)
        await Secretariat(session, keys, office).hold(meeting)


class Secretariat:
    """An office that takes its meetings through their stages."""

    def __init__(self, session: AsyncSession, keys: Keyring, office: Office) -> None:
        self.session = session
        self.keys = keys
        self.office = office
        self.actor = replace(SYSTEM, office_id=office.id)

    async def hold(self, meeting: Meeting) -> Event:
        event = await self._announce(meeting)
        guests = [*meeting.guests, *await self._heads(meeting.circles)]
        issued = await self._invite(event, guests, meeting.invited_at)
        await self._answer(guests, issued, meeting.answered_at)
        await self._open_doors(event, guests, issued, meeting)
        if meeting.declaration is not None:
            await self._declare(event, guests, meeting.drafted_at, meeting.declaration)
        await self._minute(event, meeting)
        return await self._events(meeting.reported_at).report(event.id)

    async def _minute(self, event: Event, meeting: Meeting) -> None:
        """Somebody presides, who approves what was written."""
        chair = replace(self.actor, kind=ActorKind.OFFICER, id=new_id())
        minutes = MinutesService(self.session, chair, meeting.reported_at, self.keys)
        written = await minutes.write(event.id, meeting.minutes)
        await minutes.approve(event.id, written.version)

    async def _announce(self, meeting: Meeting) -> Event:
        drafting = self._events(meeting.drafted_at)
        form = EventIn.model_validate({"office_id": self.office.id} | meeting.plan)
        event = await drafting.draft(form)
        run_down = RunDownService(self.session, self.actor, meeting.drafted_at)
        for each in meeting.sessions:
            await run_down.add(event.id, each)
        return await self._events(meeting.invited_at).publish(event.id)

    async def _heads(self, circles: Sequence[Circle]) -> list[Guest]:
        return [
            Guest(
                post=circle.post,
                office_name=f"{circle.office} {region.name}",
                region_code=region.code,
                signs=circle.signs,
            )
            for circle in circles
            for region in await self._regions(circle.level)
            if region.code not in circle.without
        ]

    async def _regions(self, level: Level) -> list[Region]:
        districts = await self._below(self.office.region_code)
        if level is Level.DISTRICT:
            return districts
        return [each for district in districts for each in await self._below(district.code)]

    async def _below(self, code: str) -> list[Region]:
        wanted = RegionFilter(parent=code, limit=MOST_BELOW)
        return list((await RegionService(self.session).find(wanted)).items)

    async def _invite(
        self, event: Event, guests: Sequence[Guest], at: datetime
    ) -> list[IssuedInvitationOut]:
        form = InvitationsIn(invited=[await self._addressed(guest, at) for guest in guests])
        letters = InvitationService(self.session, self.actor, at, self.keys)
        return (await letters.invite(event.id, form)).items

    async def _addressed(self, guest: Guest, at: datetime) -> InvitedIn:
        """A registered office is invited by its id, any other by its name and region."""
        office_id = None
        if guest.office_code is not None:
            offices = OfficeService(self.session, self.actor, at)
            office_id = (await offices.managed(guest.office_code)).id
        return InvitedIn(
            office_id=office_id,
            office_name=guest.office_name,
            region_code=guest.region_code,
            post=guest.post,
            role=guest.role,
        )

    async def _answer(
        self, guests: Sequence[Guest], issued: Sequence[IssuedInvitationOut], at: datetime
    ) -> None:
        invited = AnswerService(self.session, PUBLIC, at, self.keys)
        for guest, invitation in zip(guests, issued, strict=True):
            if guest.answer is not None:
                form = AnswerIn(
                    code=invitation.code,
                    answer=guest.answer,
                    deputy_post=guest.deputy_post,
                    reason=guest.reason,
                )
                await invited.answer(form)

    async def _open_doors(
        self,
        event: Event,
        guests: Sequence[Guest],
        issued: Sequence[IssuedInvitationOut],
        meeting: Meeting,
    ) -> None:
        await self._events(meeting.began_at).hold(event.id)
        arrivals = [
            CheckInIn(invitation_id=invitation.id, mode=guest.came, captured_at=meeting.began_at)
            for guest, invitation in zip(guests, issued, strict=True)
            if guest.came is not None
        ]
        for arrival in (*arrivals, *meeting.walk_ins):
            door = CheckInService(self.session, self.actor, arrival.captured_at, self.keys)
            await door.check_in(event.id, new_id(), arrival)

    async def _declare(
        self, event: Event, guests: Sequence[Guest], planned_at: datetime, ceremony: Ceremony
    ) -> None:
        form = DeclarationIn.model_validate({"event_id": event.id} | ceremony.plan)
        declaration = await self._declarations(planned_at).plan(form)
        await self._declarations(ceremony.opened_at).open(declaration.id)
        table = SigningTable(self.session, self.actor, ceremony.opened_at, self.keys)
        await table.collect(declaration.id, guests)
        await self._declarations(ceremony.closed_at).close(declaration.id)

    def _events(self, at: datetime) -> EventService:
        return EventService(self.session, self.actor, at)

    def _declarations(self, at: datetime) -> DeclarationService:
        return DeclarationService(self.session, self.actor, at)
