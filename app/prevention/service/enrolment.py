"""The invited of an event on the roster of its declaration."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.places import area_of, lies_in
from app.declarations.models.declarations import Declaration, Target
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.coverage import CoverageRepository
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.rosters import RosterRepository
from app.declarations.rules import rosters as roster_rules
from app.declarations.rules import steps
from app.declarations.rules.kinds import Group, SignatoryRole, Status
from app.declarations.rules.roster_rows import RosterRow
from app.declarations.service.counting import settle_states
from app.declarations.service.enrolling import Enroller
from app.declarations.service.rosters import RosterService, listed_of
from app.prevention.models.gatherings import InvitedTarget
from app.prevention.repository.gatherings import InvitedTargetRepository
from app.prevention.rules import gatherings as rules
from app.prevention.schemas.gatherings import EnrolmentIn, EnrolmentOut
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.service.events import Organiser


class Wanted(NamedTuple):
    """An invitation whose holder should sign, and as which row of the roster."""

    invitation: Invitation
    row: RosterRow


class Sorted(NamedTuple):
    """Invitations by what can be done with them."""

    wanted: list[Wanted]
    without_group: list[UUID]
    outside: list[UUID]


class EnrolmentService:
    """Puts one target on a roster for each invitation; repeatable, as invitations change."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.organiser = Organiser(EventRepository(session, actor), actor)
        self.invitations = InvitationRepository(session)
        self.declarations = DeclarationRepository(session, actor)
        self.joined = InvitedTargetRepository(session)
        self.targets = RosterRepository(session)
        self.counts = CountRepository(session)
        self.coverage = CoverageRepository(session)
        self.rosters = RosterService(session, actor, now, keys)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def enrol(self, event_id: UUID, form: EnrolmentIn) -> EnrolmentOut:
        """Whoever invites or enrols at the same time waits for the event."""
        event = await self.organiser.take(event_id)
        declaration = await self.counts.hold_with(self.declarations, form.declaration_id)
        if event.id != declaration.event_id and declaration.id != event.declaration_id:
            raise rules.NotJoined
        steps.accept_roster(declaration.status)
        invited = await self.invitations.of(event)
        before, removed = await self._settle(declaration, event, {each.id for each in invited})
        new = [each for each in invited if each.id not in before]
        sorted_ = _sorted(new, declaration, {x.invitation_id: x.group for x in form.groups})
        added = await self._add(event, declaration, sorted_.wanted)
        self._name(event, declaration)
        await self.journal.record("event.invited_enrolled", event, added=added, removed=removed)
        return EnrolmentOut(
            event_id=event.id,
            declaration_id=declaration.id,
            on_roster=len(before) + len(sorted_.wanted),
            added=added,
            removed=removed,
            without_group=sorted_.without_group,
            outside=sorted_.outside,
        )

    def _name(self, event: Event, declaration: Declaration) -> None:
        """From now on both name each other: the page of an invitation leads to the signing."""
        if event.declaration_id is None:
            event.declaration_id = declaration.id
            event.version += 1

    async def _settle(
        self, declaration: Declaration, event: Event, standing: Collection[UUID]
    ) -> tuple[set[UUID], int]:
        """Forget targets that somebody took off, and take off those of withdrawn invitations;
        return whose invitations have a target still, and how many were taken off."""
        rows = await self.joined.of(declaration.id, event.id)
        still = await self.joined.still(declaration.id, {each.target_id for each in rows})
        kept = [each for each in rows if each.target_id in still]
        gone = [each for each in rows if each.target_id not in still]
        needed = {each.target_id for each in kept if each.invitation_id in standing}
        removed = 0
        for each in [each for each in kept if each.invitation_id not in standing]:
            if each.is_added and each.target_id not in needed:
                if not await self._take_off(declaration, each):
                    continue
                removed += 1
            gone.append(each)
        await self.joined.forget([each.id for each in gone])
        return {each.invitation_id for each in kept if each.invitation_id in standing}, removed

    async def _take_off(self, declaration: Declaration, row: InvitedTarget) -> bool:
        """Unless somebody has signed: that stays, whoever was invited."""
        try:
            await self.rosters.remove(declaration.id, row.target_id)
        except roster_rules.AlreadySigned:
            return False
        return True

    async def _add(self, event: Event, declaration: Declaration, wanted: Sequence[Wanted]) -> int:
        """Join each to the target that there is for its post, or to a new one; return how many
        are new."""
        enroller = Enroller(declaration, self.keys)
        places = await self.targets.placements({each.row.region_code for each in wanted})
        known = await self._known(declaration, enroller, wanted, places)
        regions = [places[each.row.region_code] for each in wanted]
        found, new = _seated(enroller, [each.row for each in wanted], regions, known)
        rows = [
            InvitedTarget(
                event_id=event.id,
                invitation_id=each.invitation.id,
                declaration_id=declaration.id,
                target_region_id=region_id,
                target_id=target_id,
                is_added=target_id in new,
                joined_at=self.now,
            )
            for each, region_id, target_id in zip(wanted, regions, found, strict=True)
        ]
        await self._list(declaration, list(new.values()))
        await self.joined.add(rows)
        return len(new)

    async def _known(
        self,
        declaration: Declaration,
        enroller: Enroller,
        wanted: Sequence[Wanted],
        places: Mapping[str, int],
    ) -> dict[tuple[int, bytes], UUID]:
        """The posts that are on the roster already, by whatever way they came there."""
        marks = {x for each in enroller.marks_of([x.row for x in wanted]) for x in each}
        return dict(await self.joined.listed(declaration.id, set(places.values()), marks))

    async def _list(self, declaration: Declaration, targets: Sequence[Target]) -> None:
        await self.targets.add(targets)
        listed = [listed_of(each) for each in targets]
        await self.coverage.add_targets(Counter(each.office for each in listed))
        if declaration.status is not Status.PLANNED and listed:
            await self.coverage.settle_new(listed)
        await settle_states(self.session, [declaration.id])


def _sorted(
    invited: Sequence[Invitation], declaration: Declaration, named: Mapping[UUID, Group]
) -> Sorted:
    found = Sorted([], [], [])
    for each in invited:
        group = rules.group_of(each.id, each.category, each.role, named)
        if group is None:
            found.without_group.append(each.id)
        elif _within(each, declaration):
            found.wanted.append(Wanted(each, _row(each, group)))
        else:
            found.outside.append(each.id)
    return found


def _within(invitation: Invitation, declaration: Declaration) -> bool:
    return lies_in(invitation.region_code, area_of(declaration.region_code))


def _row(invitation: Invitation, group: Group) -> RosterRow:
    """The post, without a name: whoever signs for it says who it is."""
    return RosterRow(
        line=0,
        name="",
        position=invitation.post,
        office=invitation.office_name,
        group=group,
        role=SignatoryRole.SIGNATORY,
        region_code=invitation.region_code,
        employee_number=None,
        represents=None,
    )


def _seated(
    enroller: Enroller,
    rows: Sequence[RosterRow],
    regions: Sequence[int],
    known: dict[tuple[int, bytes], UUID],
) -> tuple[list[UUID], dict[UUID, Target]]:
    """The target of each row, of those that are known or new; and the new ones by their ids."""
    found: list[UUID] = []
    new: dict[UUID, Target] = {}
    for row, region_id, marks in zip(rows, regions, enroller.marks_of(rows), strict=True):
        target_id = next((known[region_id, x] for x in marks if (region_id, x) in known), None)
        if target_id is None:
            target = enroller.enrol(row, region_id)
            target_id = known[region_id, target.person_key] = target.id
            new[target_id] = target
        found.append(target_id)
    return found, new
