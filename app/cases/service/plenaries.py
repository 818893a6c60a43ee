from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.files.handling import SealedPlenary, open_plenary, seal
from app.cases.models.cases import Case
from app.cases.models.handling import DecidedCategory, Plenary
from app.cases.repository.handling import HandlingRepository
from app.cases.repository.violations import CatalogueRepository
from app.cases.rules.announcements import TO_BE_TOLD
from app.cases.rules.decisions import STATE_OF, Result
from app.cases.rules.plenaries import Decided, Sitting, check_categories, check_sitting, decided_at
from app.cases.rules.steps import StepName
from app.cases.schemas.plenaries import (
    DecidedCategoryOut,
    PlenaryIn,
    PlenaryOut,
    SeatOut,
    SittingIn,
)
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.offices.models import Office


class PlenaryService:
    """What the members of the office decided together; the software reminds, and never decides."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.steps = Stepping(session, actor, now)
        self.handling = HandlingRepository(session)
        self.catalogue = CatalogueRepository(session)
        self.keys = keys
        self.now = now

    async def decide(self, case_id: UUID, form: PlenaryIn) -> Case:
        """Record the decision; the time of handling ends, and what follows becomes due."""
        case, _ = await self.steps.begin(case_id, StepName.DECIDE)
        office = await self.steps.offices.get(case.office_id)
        sitting = sitting_of(form, office)
        self._check_sitting(case, sitting, office)
        await self._check_categories(case, form)
        await self._write(case, form, sitting.dissenting)
        case.decided_at = decided_at(form.held_on, self.now, ZoneInfo(office.time_zone))
        await self._turn_clocks(case, form.result, case.decided_at)
        said = {"result": form.result.value, "categories": len(form.categories)}
        return await self.steps.finish(case, StepName.DECIDE, STATE_OF[form.result], **said)

    async def find(self, case_id: UUID, wanted: Slice) -> Found[PlenaryOut]:
        """Open them, dissent included; that they were read is an act in the journal."""
        case = await self.steps.cases.get(case_id)
        found = await self.handling.plenaries(case, wanted)
        categories = await self.handling.categories(case)
        shown = [self._shown(each, categories) for each in found.items]
        await self.steps.journal.record("case.read_plenaries", case, count=len(shown))
        return Found(shown, found.next_cursor, found.total)

    def _check_sitting(self, case: Case, sitting: Sitting, office: Office) -> None:
        zone = ZoneInfo(office.time_zone)
        earliest = (case.registered_at or case.opened_at).astimezone(zone).date()
        check_sitting(sitting, earliest, self.now.astimezone(zone).date())

    async def _check_categories(self, case: Case, form: PlenaryIn) -> None:
        persons = {each.id for each in await self.steps.cases.persons(case)}
        codes = [code for each in form.categories for code in each.violation_kinds]
        decided = [
            Decided(each.category, each.violation_kinds, each.person_ids)
            for each in form.categories
        ]
        catalogue = await self.catalogue.named(codes)
        check_categories(form.result, decided, persons, catalogue)

    async def _write(self, case: Case, form: PlenaryIn, dissenting: int) -> None:
        present = [SeatOut(**each.model_dump()) for each in form.present]
        said = SealedPlenary(present=present, reasoning=form.reasoning)
        plenary = Plenary(
            id=(id := new_id()),
            case_id=case.id,
            office_id=case.office_id,
            held_on=form.held_on,
            minutes_number=form.minutes_number,
            members=form.members,
            present=len(form.present),
            dissenting=dissenting,
            result=form.result,
            recorded_at=self.now,
            officer_id=self.steps.actor.id,
            sealed=seal(said, id, self.keys),
        )
        await self.handling.add(plenary)
        await self.handling.add(*_categories(plenary, form))

    async def _turn_clocks(self, case: Case, result: Result, at: datetime) -> None:
        """What the law as we hold it sets no limit for gets no clock."""
        await self.steps.end_clock(case, Step.HANDLING, at)
        forwarding = (Step.FORWARDING,) if result is Result.VIOLATION else ()
        # A violation is to be forwarded as well.
        for step in (*TO_BE_TOLD, *forwarding):
            await self.steps.start_clock(case, step, at)

    def _shown(self, row: Plenary, categories: Sequence[DecidedCategory]) -> PlenaryOut:
        said = open_plenary(row, self.keys)
        return PlenaryOut(
            id=row.id,
            office_id=row.office_id,
            held_on=row.held_on,
            minutes_number=row.minutes_number,
            members=row.members,
            present=said.present,
            dissenting=row.dissenting,
            result=row.result,
            categories=[_category(each) for each in categories if each.plenary_id == row.id],
            reasoning=said.reasoning,
            recorded_at=row.recorded_at,
            officer_id=row.officer_id,
        )


def sitting_of(form: SittingIn, office: Office) -> Sitting:
    return Sitting(
        level=office.level,
        members=form.members,
        names=[each.name for each in form.present],
        votes=[each.vote for each in form.present],
        held_on=form.held_on,
    )


def _categories(plenary: Plenary, form: PlenaryIn) -> list[DecidedCategory]:
    return [
        DecidedCategory(
            plenary_id=plenary.id,
            category=each.category,
            case_id=plenary.case_id,
            violation_kinds=list(dict.fromkeys(each.violation_kinds)),
            person_ids=[str(id) for id in dict.fromkeys(each.person_ids)],
        )
        for each in form.categories
    ]


def _category(row: DecidedCategory) -> DecidedCategoryOut:
    return DecidedCategoryOut(
        category=row.category,
        violation_kinds=row.violation_kinds,
        person_ids=[UUID(each) for each in row.person_ids],
    )
