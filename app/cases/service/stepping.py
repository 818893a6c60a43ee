from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.repository.cases import CaseRepository
from app.cases.repository.facts import FactRepository, Facts
from app.cases.rules.allowed import Situation, check
from app.cases.rules.requirements import Requirement, correctable, is_complete
from app.cases.rules.states import OPEN, State
from app.cases.rules.steps import StepName
from app.cases.rules.transitions import Transition
from app.cases.service.offers import OfferKeeper
from app.clocks.models import DeadlineClock
from app.clocks.rules.norms import Step, StopReason
from app.clocks.rules.running import Desk
from app.clocks.service.keeper import ClockKeeper
from app.complaints.rules.procedure import Status
from app.complaints.service.status import StatusService, Told
from app.core.actors import SYSTEM, Actor, ActorKind
from app.core.places import area_of, lies_in
from app.offices.repository import OfficeRepository


class Stepping:
    """What every step of a case has in common: it is asked for, allowed, counted and told."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.cases = CaseRepository(session, actor)
        self.facts = FactRepository(session)
        self.offices = OfficeRepository(session)
        self.clocks = ClockKeeper(session, actor, now)
        self.offers = OfferKeeper(session, actor, now)
        self.status = StatusService(session, SYSTEM, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def begin(self, case_id: UUID, step: StepName) -> tuple[Case, Transition]:
        """Hold the case for a step; NotFound out of sight, NotAllowed, or IllegalStep with its
        objection where the law does not allow it now."""
        case = await self.cases.held(case_id)
        return case, check(step, await self.situation(case))

    async def situation(self, case: Case) -> Situation:
        return situation_of(case, await self.facts.of(case, self.now), self.actor)

    async def finish(
        self,
        case: Case,
        step: StepName,
        to: State | None = None,
        **payload: str | int | bool,
    ) -> Case:
        """Write down that the step was taken, and tell the reporters what they may see of it.

        Nobody can answer an offer any more once the case is settled here.
        """
        case.state = to or case.state
        if case.state not in OPEN:
            await self._take_offer_back(case)
        case.version += 1
        await self.due_again(case)
        await self.tell(case)
        await self.journal.record(
            f"case.{step}", case, state=case.state, version=case.version, **payload
        )
        return case

    async def _take_offer_back(self, case: Case) -> None:
        offer = await self.offers.take_back(case)
        if offer is not None:
            said = {"offer": str(offer.id), "state": case.state}
            await self.journal.record(f"case.{StepName.RETRACT_TRANSFER}", case, **said)

    async def due_again(self, case: Case) -> None:
        """Copy what is due first from the clocks: by it the work list is ordered."""
        await self.cases.flush()
        clock = await self.clocks.next_due(case.id)
        case.next_due_at = clock.due_at if clock else None
        case.next_due_on = clock.due_on if clock else None

    async def tell(self, case: Case) -> None:
        told = Told(Status(case.state), case.office_id, case.next_due_on)
        await self.status.tell(await self.cases.complaints(case.id), told)

    async def desk(self, case: Case) -> Desk:
        """Where the clocks of the case run: at the desk and in the zone of its holder."""
        office = await self.offices.get(case.office_id)
        return Desk(office.id, office.time_zone)

    async def start_clock(self, case: Case, step: Step, at: datetime | None = None) -> None:
        desk = await self.desk(case)
        await self.clocks.start(case, step, case.regime, at or self.now, desk)

    async def end_clock(self, case: Case, step: Step, at: datetime | None = None) -> None:
        for clock in await self._open(case, step):
            await self.clocks.end(clock, max(at or self.now, clock.started_at))

    async def cancel_clock(self, case: Case, step: Step) -> None:
        for clock in await self._open(case, step):
            await self.clocks.cancel(clock)

    async def cancel_clocks(self, case: Case) -> None:
        """Nothing of the case is due any more."""
        for clock in await self._open(case, None):
            await self.clocks.cancel(clock)

    async def stop_clock(self, case: Case, step: Step, reason: StopReason) -> None:
        for clock in await self._open(case, step):
            if clock.stopped_at is None:
                await self.clocks.stop(clock, reason)

    async def resume_clock(self, case: Case, step: Step) -> None:
        for clock in await self._open(case, step):
            if clock.stopped_at is not None:
                await self.clocks.resume(clock)

    async def _open(self, case: Case, step: Step | None) -> Sequence[DeadlineClock]:
        await self.cases.flush()
        return await self.clocks.open_of(case.id, step)


def situation_of(case: Case, facts: Facts, actor: Actor) -> Situation:
    checks = {Requirement(name): met for name, met in (facts.checks or {}).items()}
    return Situation(
        kind=case.kind,
        state=case.state,
        permissions=actor.permissions,
        is_holder=actor.kind is ActorKind.SYSTEM or actor.office_id == case.office_id,
        is_superior=_is_above(actor, facts.holder_region),
        transfer_offered=facts.offered_to is not None,
        is_offered_here=facts.offered_to is not None and facts.offered_to == actor.office_id,
        reports=facts.reports,
        all_withdrawn=facts.reports > 0 and facts.reports == facts.withdrawn,
        requirements_met=is_complete(checks),
        something_correctable=bool(correctable(checks)),
        was_asked=facts.marks["was_asked"],
        was_adopted=facts.marks["was_adopted"],
        waiting_clarifications=facts.waiting_clarifications,
        extendable=facts.marks["is_extendable"],
        categories_to_forward=facts.categories,
        was_notified=facts.marks["was_notified"],
        was_announced=facts.marks["was_announced"],
    )


def _is_above(actor: Actor, holder_region: str) -> bool:
    """Whether the holder lies in the actor's area, and is not of the very same area."""
    area = actor.area
    return area is not None and area != area_of(holder_region) and lies_in(holder_region, area)
