from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.core.paging import Found
from app.core.passwords import hash_token, new_token
from app.correspondence.rules.notices import NoticeState
from app.evidence.repository.evidence import EvidenceRepository
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.followups import EventFollowUp, FollowUpAddress
from app.rakor.repository.events import EventRepository
from app.rakor.repository.followups import FollowUpRepository
from app.rakor.repository.minutes import MinutesRepository
from app.rakor.repository.owed import OwedRepository
from app.rakor.rules import events as event_rules
from app.rakor.rules import followups as rules
from app.rakor.rules.followups import EventFollowUpState
from app.rakor.rules.minutes import check_decision
from app.rakor.schemas.followups import (
    EventFollowUpIn,
    EventFollowUpOut,
    FollowUpBeginningIn,
    FollowUpCompletionIn,
    FollowUpDetailOut,
    FollowUpFilter,
    OwingOfficeFilter,
    OwingOfficeOut,
    PlannedFollowUpOut,
    ProgressContent,
)
from app.rakor.schemas.invitations import ReissueIn
from app.rakor.service.events import Organiser, unknown
from app.rakor.service.progress import Progress, told


@dataclass(frozen=True)
class Responsible:
    """The office that is to act; only a registered one has an id."""

    name: str
    region_code: str
    office_id: UUID | None = None


class FollowUpService:
    """The follow-up plan of an event: who does what by when, and what became of it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.minutes = MinutesRepository(session)
        self.evidence = EvidenceRepository(session, actor)
        self.follow_ups = FollowUpRepository(session, actor)
        self.owed = OwedRepository(session, actor)
        self.organiser = Organiser(self.events, actor)
        self.progress = Progress(session, actor, now, keys)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def plan(self, event_id: UUID, form: EventFollowUpIn) -> PlannedFollowUpOut:
        """Say what an office is to do; its code is in this answer and nowhere else."""
        event = await self.organiser.take(event_id)
        event_rules.check_stage(event.stage, event_rules.UNDER_WAY)
        rules.check_due(form.due_on, event.starts_on)
        await self._check_decision(event, form.decision_number)
        code = new_token()
        follow_up = await self._planned(event, form, code)
        self.follow_ups.add(follow_up)
        await self._address(follow_up, code, form.email)
        if follow_up.office_id is not None:
            self.follow_ups.show_to(follow_up.office_id, follow_up, self.now)
        await self.journal.record("follow_up.planned", follow_up, event=str(event.id))
        return PlannedFollowUpOut(**dict(told(follow_up, self.now)), code=code)

    async def find(self, wanted: FollowUpFilter) -> Found[EventFollowUpOut]:
        found = await self.follow_ups.find(wanted, self.now)
        items = [told(each, self.now) for each in found.items]
        return Found(items, found.next_cursor, found.total)

    async def owing(self, wanted: OwingOfficeFilter) -> Found[OwingOfficeOut]:
        return await self.owed.find(wanted, self.now)

    async def describe(self, follow_up_id: UUID) -> FollowUpDetailOut:
        return await self.progress.describe(await self.follow_ups.get(follow_up_id))

    async def begin(self, follow_up_id: UUID, form: FollowUpBeginningIn) -> EventFollowUpOut:
        follow_up = await self._reportable(follow_up_id)
        said = ProgressContent(note=form.note)
        return await self.progress.step(follow_up, EventFollowUpState.IN_PROGRESS, said)

    async def complete(self, follow_up_id: UUID, form: FollowUpCompletionIn) -> EventFollowUpOut:
        follow_up = await self._reportable(follow_up_id)
        if form.evidence_id is not None:
            await self._check_file(follow_up, form.evidence_id)
        said = ProgressContent(note=form.note, link=form.link)
        return await self.progress.step(follow_up, EventFollowUpState.DONE, said, form.evidence_id)

    async def reissue(self, follow_up_id: UUID, form: ReissueIn) -> PlannedFollowUpOut:
        """A new code, and perhaps another address: the code before opens nothing any more."""
        follow_up = await self.follow_ups.get(follow_up_id, lock=True)
        await self.organiser.check(follow_up.organiser_id)
        rules.check_unfinished(follow_up.state)
        code = new_token()
        follow_up.code_hash = hash_token(code)
        await self._address(follow_up, code, form.email)
        await self.journal.record("follow_up.reissued", follow_up)
        return PlannedFollowUpOut(**dict(told(follow_up, self.now)), code=code)

    async def cancel(self, follow_up_id: UUID, reason: str) -> EventFollowUpOut:
        """Only the organiser takes back what was agreed."""
        follow_up = await self.follow_ups.get(follow_up_id, lock=True)
        await self.organiser.check(follow_up.organiser_id)
        said = ProgressContent(note=reason)
        return await self.progress.step(follow_up, EventFollowUpState.CANCELLED, said)

    async def _reportable(self, follow_up_id: UUID) -> EventFollowUp:
        follow_up = await self.follow_ups.get(follow_up_id, lock=True)
        rules.check_reporter(
            is_responsible=follow_up.office_id == self.actor.office_id,
            is_organiser=await self.organiser.is_of(follow_up.organiser_id),
        )
        return follow_up

    async def _check_file(self, follow_up: EventFollowUp, evidence_id: UUID) -> None:
        """It was added to the follow-up itself, or to the event."""
        for subject_id in (follow_up.id, follow_up.event_id):
            if await self.evidence.among(subject_id, [evidence_id]):
                return
        raise Invalid(unknown("/evidence_id"))

    async def _address(self, follow_up: EventFollowUp, code: str, email: str | None) -> None:
        """Where the reminders go, with the code; the reminder that came last goes there anew."""
        known = await self.follow_ups.address_of(follow_up)
        if email is None and known is not None:
            email = files.open_address(known.sealed, follow_up.id, self.keys).email
        if email is None:
            return
        sealed = files.seal_address(files.Address(email, code), follow_up.id, self.keys)
        if known is None:
            self.follow_ups.add(FollowUpAddress(id=follow_up.id, sealed=sealed))
        else:
            known.sealed = sealed
        for each in await self.follow_ups.reminders_of(follow_up):
            if rules.is_still_said(each.kind, follow_up.due_at, self.now):
                each.mail_state, each.mail_due_at = NoticeState.PENDING, self.now
                each.mail_tries = 0

    async def _check_decision(self, event: Event, number: int | None) -> None:
        if number is None:
            return
        last = await self.minutes.last(event)
        decisions = files.open_minutes(last.sealed, last.id, self.keys).decisions if last else []
        check_decision(number, [each.number for each in decisions], "/decision_number")

    async def _planned(self, event: Event, form: EventFollowUpIn, code: str) -> EventFollowUp:
        responsible = await self._responsible(form)
        return EventFollowUp(
            event_id=event.id,
            region_id=event.region_id,
            region_code=event.region_code,
            organiser_id=event.office_id,
            number=await self.follow_ups.count(event) + 1,
            action=form.action,
            decision_number=form.decision_number,
            office_id=responsible.office_id,
            office_name=responsible.name,
            office_region_code=responsible.region_code,
            due_on=form.due_on,
            time_zone=event.time_zone,
            due_at=rules.due_at(form.due_on, event.time_zone),
            code_hash=hash_token(code),
            planned_at=self.now,
        )

    async def _responsible(self, form: EventFollowUpIn) -> Responsible:
        office = await self.events.office(form.office_id) if form.office_id else None
        if office is not None:
            return Responsible(office.name, office.region_code, office.id)
        region = await self.events.region(form.region_code) if form.region_code else None
        if region is None or form.office_name is None:
            raise Invalid(unknown("/office_id" if form.office_id else "/region_code"))
        return Responsible(form.office_name, region.code)
