from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.repository.handling import HandlingRepository
from app.cases.rules.states import AFTER_FORWARDING, State
from app.cases.rules.steps import StepName
from app.cases.service.stepping import Stepping
from app.clocks.models import DeadlineClock
from app.clocks.rules.norms import Step
from app.clocks.rules.running import Desk, Outcome
from app.clocks.service.keeper import ClockKeeper
from app.core.actors import SYSTEM, Actor, Permission
from app.offices.repository import OfficeRepository
from app.referrals.models.following import ControlAction, ReferralPerson, ReferralStage
from app.referrals.models.referrals import Referral
from app.referrals.repository.facts import FactsRepository
from app.referrals.repository.following import FollowingRepository
from app.referrals.repository.referrals import ReferralRepository
from app.referrals.rules.authorities import Flow
from app.referrals.rules.control import is_blocked
from app.referrals.rules.stages import possible
from app.referrals.rules.states import FollowUpStatus, ReferralState, state_of_case
from app.referrals.rules.steps import (
    ReferralSide,
    ReferralStep,
    ReferralTransition,
    Standing,
    check,
)

_UNDECIDED = frozenset({ReferralState.RELAYED, ReferralState.NOT_FOLLOWED_UP})


@dataclass(frozen=True)
class Held:
    """A referral held for a step, its case, the row that allows it, and who takes it."""

    referral: Referral
    case: Case
    row: ReferralTransition
    side: ReferralSide


@dataclass(frozen=True)
class Followed:
    """What is known of a referral beside itself."""

    persons: Sequence[ReferralPerson]
    stages: Sequence[ReferralStage]
    controls: Sequence[ControlAction]
    clocks: Sequence[DeadlineClock]


class ReferralSteps:
    """What every step of a referral has in common: allowed, counted, written down, and told to
    the case, which follows on its own, for the authority has no business in it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.referrals = ReferralRepository(session, actor)
        self.following = FollowingRepository(session)
        self.facts = FactsRepository(session)
        self.handling = HandlingRepository(session)
        self.offices = OfficeRepository(session)
        self.cases = Stepping(session, SYSTEM, now)
        self.clocks = ClockKeeper(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def begin(self, referral_id: UUID, step: ReferralStep) -> Held:
        """Hold it for a step, its case first, as every step of the case does; NotFound out of
        sight, NotAllowed, or IllegalStep with its objection."""
        referral = await self.referrals.get(referral_id)
        case = await self.cases.cases.held(referral.case_id)
        await self.referrals.lock(referral)
        standing = await self.standing(referral, case)
        row = check(step, standing)
        return Held(referral, case, row, _taken_by(row, standing))

    async def standing(self, referral: Referral, case: Case) -> Standing:
        known = await self.followed(referral)
        return Standing(
            flow=referral.flow,
            state=referral.state,
            sides=sides_of(referral, case, self.actor),
            persons=referral.persons,
            sanctioned=sum(each.status is FollowUpStatus.SANCTIONED for each in known.persons),
            stages_possible=len(possible(referral.flow, [each.stage for each in known.stages])),
            response_missed=self.is_response_missed(referral, known.clocks),
            records_blocked=len(blocked(known.controls)),
        )

    async def followed(self, referral: Referral) -> Followed:
        return Followed(
            persons=await self.following.persons(referral),
            stages=await self.following.stages(referral),
            controls=await self.following.controls(referral),
            clocks=await self.clocks.all_of(referral.id),
        )

    def is_response_missed(self, referral: Referral, clocks: Sequence[DeadlineClock]) -> bool:
        """Whether the staffing authority has not decided in time; where no rule gives it any time,
        BKN judges for itself."""
        mine = [each for each in clocks if each.step is Step.STAFFING_AUTHORITY_RESPONSE]
        if referral.state not in _UNDECIDED:
            return False
        missed = [each.outcome is Outcome.MISSED or self._is_late(each) for each in mine]
        return missed[-1] if missed else True

    def _is_late(self, clock: DeadlineClock) -> bool:
        return clock.ended_at is None and clock.due_at <= self.now

    async def finish(
        self, held: Held, to: ReferralState | None = None, **payload: str | int | bool
    ) -> Referral:
        """Write down that the step was taken, and let the case follow."""
        referral = held.referral
        referral.state = to or referral.state
        referral.version += 1
        await self.due_again(referral)
        await self.journal.record(
            f"referral.{held.row.step}",
            referral,
            state=referral.state,
            version=referral.version,
            side=held.side,
            **payload,
        )
        await self._follow(held)
        return referral

    async def due_again(self, referral: Referral) -> None:
        await self.referrals.flush()
        clock = await self.clocks.next_due(referral.id)
        referral.next_due_at = clock.due_at if clock else None
        referral.next_due_on = clock.due_on if clock else None

    async def start_clock(
        self, referral: Referral, step: Step, office_id: UUID, at: datetime | None = None
    ) -> None:
        """At the desk and in the zone of whoever must act."""
        office = await self.offices.get(office_id)
        desk = Desk(office.id, office.time_zone)
        await self.clocks.start(referral, step, referral.regime, at or self.now, desk)

    async def end_clocks(
        self, referral: Referral, *steps: Step, at: datetime | None = None
    ) -> None:
        """Those of these steps, or all."""
        for clock in await self._open(referral, steps):
            await self.clocks.end(clock, at)

    async def close_clocks(self, referral: Referral, *, done: bool) -> None:
        """Nothing is due any more: what was done or is late has ended, the rest need not be."""
        for clock in await self._open(referral, ()):
            if done or self._is_late(clock):
                await self.clocks.end(clock)
            else:
                await self.clocks.cancel(clock)

    async def _open(self, referral: Referral, steps: Sequence[Step]) -> list[DeadlineClock]:
        await self.referrals.flush()
        running = await self.clocks.open_of(referral.id)
        return [each for each in running if not steps or each.step in steps]

    async def _follow(self, held: Held) -> None:
        """The state of the case after what all its referrals have come to."""
        if held.case.state not in AFTER_FORWARDING:
            return
        to = await self.state_of(held.case)
        if to is not held.case.state:
            step = StepName.RECORD_FOLLOW_UP
            case, _ = await self.cases.begin(held.case.id, step)
            await self.cases.finish(case, step, to, referral_id=str(held.referral.id))

    async def state_of(self, case: Case) -> State:
        """Where the case stands by what its referrals have come to."""
        present = await self._present(case)
        forwarded = await self.all_forwarded(case)
        return state_of_case((each.state for each in present), all_forwarded=forwarded)

    async def all_forwarded(self, case: Case) -> bool:
        """Whether every category that was decided has left the house."""
        decided = {each.category for each in await self.handling.categories(case)}
        return decided <= {each.category for each in await self._present(case)}

    async def _present(self, case: Case) -> list[Referral]:
        """Without those that were returned and forwarded again."""
        await self.referrals.flush()
        return [each for each in await self.referrals.of_case(case) if each.replaced_at is None]


def sides_of(referral: Referral, case: Case, actor: Actor) -> frozenset[ReferralSide]:
    """On which sides of a referral an actor stands."""
    office = actor.office_id
    if office is None or not actor.may(Permission.ANSWER_REFERRALS):
        return frozenset()
    on_paper = referral.relayed_at is not None and referral.relayed_to_id is None
    itself = referral.flow is Flow.STAFFING_AUTHORITY or on_paper
    holds = office == case.office_id and actor.may(Permission.FORWARD_CASES)
    sides = {
        ReferralSide.ADDRESSEE: office == referral.office_id,
        ReferralSide.STAFFING: office == referral.relayed_to_id
        or (office == referral.office_id and itself),
        ReferralSide.HOLDER: holds,
    }
    return frozenset(side for side, stands in sides.items() if stands)


def blocked(controls: Sequence[ControlAction]) -> set[UUID]:
    """The persons whose records are blocked now."""
    persons = {each.person_id for each in controls if each.person_id is not None}
    return {
        id for id in persons if is_blocked([each.kind for each in controls if each.person_id == id])
    }


def _taken_by(row: ReferralTransition, now: Standing) -> ReferralSide:
    """An authority acts for itself where it can; the holder records what came on paper."""
    return next(each for each in ReferralSide if each in row.sides and each in now.sides)


async def recount_referrals(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """For the journal of clocks: a revision of the law moved what is due."""
    await ReferralRepository(session, actor).due_again(int(entry.payload["revision"]))
