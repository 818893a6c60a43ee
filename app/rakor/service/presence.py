from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.posts.rules.categories import PostCategory
from app.rakor.models.events import Event, EventSession
from app.rakor.models.presence import EventQuorum
from app.rakor.repository.events import EventRepository
from app.rakor.repository.presence import CheckInRepository, Invited, PresenceRepository, Seen
from app.rakor.rules.attendance import Presence, presence_of, totals_of
from app.rakor.rules.events import TO_COME, check_stage
from app.rakor.rules.quorum import QuorumRule, Standing, stand
from app.rakor.rules.stays import Scan, Sighting, Span, people_of, sight
from app.rakor.schemas.presence import (
    AttendanceOut,
    PresenceOut,
    QuorumIn,
    QuorumOut,
    QuorumStandingOut,
    WalkInOut,
)
from app.rakor.service.events import Organiser, unknown


class Scope(NamedTuple):
    """What presence is asked of: the whole event, or one session; and when that was over."""

    event: Event
    span: Span | None
    ends_at: datetime | None

    @property
    def session_id(self) -> UUID | None:
        return self.span.id if self.span else None

    def sight(self, scans: Iterable[Scan]) -> Sighting:
        return sight(scans, self.span, self.ends_at, self.event.time_zone)

    def came(self, scans: Iterable[Scan]) -> list[datetime]:
        """When those of a group came, one for each of them."""
        sighted = [self.sight(each) for each in people_of(scans, self.event.time_zone)]
        return [each.first_at for each in sighted if each.first_at is not None]


class AttendanceService:
    """Who was there for which office, and whether they were enough."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.presence = PresenceRepository(session)
        self.check_ins = CheckInRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)

    async def attendance(self, event_id: UUID, session_id: UUID | None = None) -> AttendanceOut:
        scope = await self._scope(await self.events.get(event_id), session_id)
        seen = await self.check_ins.seen(scope.event)
        items = await self._items(scope, seen)
        return AttendanceOut(
            event_id=scope.event.id,
            session_id=scope.session_id,
            invited=len(items),
            totals=totals_of(item.presence for item in items),
            items=items,
            walk_ins=_walk_ins(scope, seen),
        )

    async def set_quorum(self, event_id: UUID, form: QuorumIn) -> QuorumOut:
        """Say how many it takes, while the event lies ahead."""
        event = await self.organiser.take(event_id)
        check_stage(event.stage, TO_COME)
        rules = [
            EventQuorum(
                event_id=event.id, category=each.category, at_least=each.at_least, unit=each.unit
            )
            for each in form.rules
        ]
        await self.presence.replace_quorum(event, rules)
        await self.journal.record("event.quorum_set", event, rules=len(rules))
        return await self._quorum(await self._scope(event, None), rules)

    async def quorum(self, event_id: UUID, session_id: UUID | None) -> QuorumOut:
        scope = await self._scope(await self.events.get(event_id), session_id)
        return await self._quorum(scope, await self.presence.quorum(scope.event))

    async def _quorum(self, scope: Scope, rows: Sequence[EventQuorum]) -> QuorumOut:
        rules = [QuorumRule(each.category, each.at_least, each.unit) for each in rows]
        seen = await self.check_ins.seen(scope.event) if rules else []
        items = await self._items(scope, seen) if rules else []
        standings = stand(rules, _by_category(items))
        return QuorumOut(
            event_id=scope.event.id,
            session_id=scope.session_id,
            is_reached=all(each.is_reached for each in standings),
            items=[_standing(each) for each in standings],
        )

    async def _items(self, scope: Scope, seen: Sequence[Seen]) -> list[PresenceOut]:
        """Those invited, and those who had come when their invitation was withdrawn."""
        scans: defaultdict[UUID, list[Scan]] = defaultdict(list)
        for each in seen:
            if each.invitation_id is not None:
                scans[each.invitation_id].append(each.scan)
        invited = await self.presence.invited(scope.event)
        return [
            _presence(each, scope.sight(scans.get(each.id, ())))
            for each in invited
            if each.withdrawn_at is None or each.id in scans
        ]

    async def _scope(self, event: Event, session_id: UUID | None) -> Scope:
        sessions = await self.events.run_down(event)
        if session_id is None:
            ends_at = max((each.ends_at for each in sessions), default=None)
            return Scope(event, None, ends_at)
        chosen = [_span(each) for each in sessions if each.id == session_id]
        if not chosen:
            raise Invalid(unknown("/query/session_id"))
        return Scope(event, chosen[0], chosen[0].ends_at)


def _span(session: EventSession) -> Span:
    return Span(session.id, session.held_on, session.starts_at, session.ends_at)


def _presence(invited: Invited, sighting: Sighting) -> PresenceOut:
    return PresenceOut(
        invitation_id=invited.id,
        office_id=invited.office_id,
        office_name=invited.office_name,
        region_code=invited.region_code,
        post=invited.post,
        role=invited.role,
        category=invited.category,
        answer=invited.answer,
        presence=presence_of(invited.answer, sighting.modes),
        first_at=sighting.first_at,
        signed_by=sighting.signed_by,
        left_at=sighting.left_at,
        left_early=sighting.left_early,
        duplicates=sighting.duplicates,
    )


def _walk_ins(scope: Scope, seen: Sequence[Seen]) -> list[WalkInOut]:
    """By office and post: who they were stays sealed."""
    scans: defaultdict[tuple[str, str], list[Scan]] = defaultdict(list)
    for each in seen:
        if each.office_name is not None and each.post is not None:
            scans[each.office_name, each.post].append(each.scan)
    return [
        WalkInOut(
            office_name=office,
            post=post,
            people=len(came),
            first_at=min(came),
            signed_by=scope.sight(scans[office, post]).signed_by,
        )
        for office, post in sorted(scans)
        if (came := scope.came(scans[office, post]))
    ]


def _by_category(
    items: Sequence[PresenceOut],
) -> Mapping[PostCategory, Sequence[Presence]]:
    found: defaultdict[PostCategory, list[Presence]] = defaultdict(list)
    for each in items:
        if each.category is not None:
            found[each.category].append(each.presence)
    return found


def _standing(standing: Standing[PostCategory]) -> QuorumStandingOut:
    return QuorumStandingOut(
        category=standing.rule.category,
        at_least=standing.rule.at_least,
        unit=standing.rule.unit,
        invited=standing.invited,
        came=standing.came,
        needed=standing.needed,
        is_reached=standing.is_reached,
    )
