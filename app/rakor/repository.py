from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor, Permission
from app.core.errors import NotFound
from app.core.models import Grant
from app.core.once import insert_once
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.core.visibility import visible_to
from app.elections.models import Election
from app.offices.models import Office
from app.rakor.models import CheckIn, Event, EventSession, Invitation, InvitationReason, Minutes
from app.rakor.rules.attendance import AttendanceMode
from app.rakor.schemas.attendance import InvitationFilter
from app.rakor.schemas.events import EventFilter
from app.regions.models import Region


class EventRepository:
    """The events that one actor can see; those once published everybody can."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, *rows: Event | EventSession) -> None:
        self.session.add_all(rows)

    async def get(self, event_id: UUID, *, lock: bool = False) -> Event:
        """An event of the actor's area, or to which his office was invited."""
        query = self._visible().where(Event.id == event_id)
        return await self._one(query.with_for_update() if lock else query)

    async def get_open(self, event_id: UUID) -> Event:
        return await self._one(self._open().where(Event.id == event_id))

    async def find(self, wanted: EventFilter) -> Found[Event]:
        query = _during(self._open(), wanted)
        for column, value in (
            (Event.stage, wanted.stage),
            (Event.level, wanted.level),
            (Event.office_id, wanted.office_id),
            (Event.election_code, wanted.election_code),
        ):
            query = query if value is None else query.where(column == value)
        if wanted.kind is not None:
            query = query.where(Event.kinds.contains([wanted.kind]))
        if wanted.region is not None:
            query = query.where(Event.region_code.startswith(area_of(wanted.region)))
        return await newest_first(self.session, query, (Event.drafted_at, Event.id), wanted)

    async def run_down(self, event: Event) -> Sequence[EventSession]:
        query = select(EventSession).where(EventSession.event_id == event.id)
        in_order = query.order_by(EventSession.starts_at, EventSession.id)
        return (await self.session.scalars(in_order)).all()

    async def has_session(self, event: Event, session_id: UUID) -> bool:
        query = select(EventSession.id).where(EventSession.event_id == event.id)
        return await self.session.scalar(query.where(EventSession.id == session_id)) is not None

    async def office(self, office_id: UUID) -> Office | None:
        return await self.session.get(Office, office_id)

    async def region(self, code: str) -> Region | None:
        return await self.session.get(Region, code)

    async def election(self, code: str) -> Election | None:
        return await self.session.get(Election, code)

    async def _one(self, query: Select[Event]) -> Event:
        event = await self.session.scalar(query)
        if event is None:
            raise NotFound
        return event

    def _visible(self) -> Select[Event]:
        return select(Event).where(self._seen_by_staff())

    def _open(self) -> Select[Event]:
        return select(Event).where(or_(Event.published_at.is_not(None), self._seen_by_staff()))

    def _seen_by_staff(self) -> ColumnElement[bool]:
        # A door open to everybody does not ask for the permission, so the query does.
        if not self.actor.may(Permission.READ_EVENTS):
            return false()
        return visible_to(self.actor, Event.id, Event.region_code)


def _during(query: Select[Event], wanted: EventFilter) -> Select[Event]:
    if wanted.since is not None:
        query = query.where(Event.ends_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(Event.starts_on <= wanted.until)
    return query


class InvitationRepository:
    """The invitations of an event that the caller has got, or the one that a code opens."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, invitations: Sequence[Invitation]) -> None:
        self.session.add_all(invitations)

    async def get(self, event: Event, invitation_id: UUID) -> Invitation:
        query = self._of(event).where(Invitation.id == invitation_id)
        invitation = await self.session.scalar(query)
        if invitation is None:
            raise NotFound
        return invitation

    async def opened_by(self, code_hash: bytes) -> Invitation | None:
        query = select(Invitation).where(Invitation.code_hash == code_hash)
        return await self.session.scalar(query.with_for_update())

    async def event_of(self, invitation: Invitation) -> Event:
        query = select(Event).where(Event.id == invitation.event_id)
        return (await self.session.scalars(query)).one()

    async def of(self, event: Event) -> Sequence[Invitation]:
        query = self._of(event).order_by(Invitation.region_code, Invitation.id)
        return (await self.session.scalars(query)).all()

    async def count(self, event: Event) -> int:
        query = self._of(event).with_only_columns(func.count())
        return await self.session.scalar(query) or 0

    async def find(self, event: Event, wanted: InvitationFilter) -> Found[Invitation]:
        query = self._of(event)
        if wanted.answer is not None:
            query = query.where(Invitation.answer == wanted.answer)
        if wanted.is_answered is not None:
            query = query.where(Invitation.answer.is_not(None) == wanted.is_answered)
        by = (Invitation.invited_at, Invitation.id)
        return await newest_first(self.session, query, by, wanted)

    async def offices(self, ids: Collection[UUID]) -> Mapping[UUID, Office]:
        rows = await self.session.scalars(select(Office).where(Office.id.in_(ids)))
        return {office.id: office for office in rows}

    async def known_regions(self, codes: Collection[str]) -> set[str]:
        rows = await self.session.scalars(select(Region.code).where(Region.code.in_(codes)))
        return set(rows)

    async def show_to(self, offices: Collection[UUID], event: Event, now: datetime) -> None:
        """Let the officers of these offices see the event, once each."""
        query = select(Grant.office_id).where(Grant.subject_id == event.id)
        seen = set(await self.session.scalars(query))
        for office_id in set(offices) - seen:
            self.session.add(Grant(subject_id=event.id, office_id=office_id, since=now))

    async def reason_of(self, invitation: Invitation) -> bytes | None:
        query = select(InvitationReason.sealed)
        return await self.session.scalar(
            query.where(InvitationReason.invitation_id == invitation.id)
        )

    async def keep_reason(self, invitation: Invitation, sealed: bytes | None) -> None:
        """Keep the reason of the last answer, and of no answer before it."""
        before = delete(InvitationReason).where(InvitationReason.invitation_id == invitation.id)
        await self.session.execute(before)
        if sealed is not None:
            self.session.add(InvitationReason(invitation_id=invitation.id, sealed=sealed))

    def _of(self, event: Event) -> Select[Invitation]:
        return select(Invitation).where(Invitation.event_id == event.id)


@dataclass(frozen=True)
class Seen:
    """How somebody invited was seen at the door, and when first."""

    modes: Collection[AttendanceMode]
    first_at: datetime


class CheckInRepository:
    """The check-ins of an event; they lie in its region, which every query names."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, check_in: CheckIn) -> bool:
        """Add it; False where the id was used before in this region."""
        return await insert_once(self.session, check_in)

    async def get(self, region_id: int, check_in_id: UUID) -> CheckIn:
        query = select(CheckIn).where(CheckIn.region_id == region_id, CheckIn.id == check_in_id)
        return (await self.session.scalars(query)).one()

    async def seen(self, event: Event) -> Mapping[UUID, Seen]:
        """By invitation; leaving proves having come, so either direction counts."""
        columns = (
            CheckIn.invitation_id,
            func.array_agg(CheckIn.mode.distinct()),
            func.min(CheckIn.captured_at),
        )
        query = select(*columns).where(*_at(event), CheckIn.invitation_id.is_not(None))
        rows = await self.session.execute(query.group_by(CheckIn.invitation_id))
        return {id: Seen(modes, first_at) for id, modes, first_at in rows if id is not None}

    async def walk_ins(self, event: Event) -> Sequence[tuple[str | None, str | None, datetime]]:
        who = (CheckIn.office_name, CheckIn.post)
        query = select(*who, func.min(CheckIn.captured_at)).where(
            *_at(event), CheckIn.invitation_id.is_(None)
        )
        return (await self.session.execute(query.group_by(*who).order_by(*who))).all()


class MinutesRepository:
    """The minutes of an event: every revision is kept, the last one holds."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, minutes: Minutes) -> None:
        self.session.add(minutes)

    async def last(self, event: Event) -> Minutes | None:
        query = select(Minutes).where(Minutes.event_id == event.id)
        return await self.session.scalar(query.order_by(Minutes.version.desc()).limit(1))


def _at(event: Event) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CheckIn.region_id == event.region_id, CheckIn.event_id == event.id
