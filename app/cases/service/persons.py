from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.cases.files.persons import open_facts, seal_facts
from app.cases.models.cases import Case, CasePerson
from app.cases.repository.cases import CaseRepository
from app.cases.repository.conflicts import ConflictRepository
from app.cases.repository.persons import PersonRepository
from app.cases.rules import persons as rules
from app.cases.rules.states import IN_HANDLING
from app.cases.rules.steps import StepName
from app.cases.schemas.persons import (
    CasePersonIn,
    CasePersonOut,
    CasePersonPatch,
    CasePersonSaidOut,
    PersonFacts,
    PersonRemovalIn,
    SameAsIn,
)
from app.cases.service.access import CaseAccess
from app.cases.service.conflicts import left_warning
from app.cases.service.stepping import Stepping
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid, NotFound, Stale
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.offices.repository import OfficeRepository

_FACTS: Final = frozenset({"name", "position", "office", "employee_number"})
_COLUMNS: Final = frozenset({"subject_group", "position_group", "office_id"})


class CasePersonService:
    """Whom a case is about: by the reports, and as officers correct and add to them."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.cases = CaseRepository(session, actor)
        self.persons = PersonRepository(session)
        self.offices = OfficeRepository(session)
        self.access = CaseAccess(session, now)
        self.conflicts = ConflictRepository(session)
        self.steps = Stepping(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.now = now
        self.keys = keys

    async def find(self, case_id: UUID, wanted: Slice) -> Found[CasePersonOut]:
        """Read them by name; reading them is an act of its own in the journal."""
        case = await self.cases.get(case_id)
        found = await self.persons.find(case, wanted)
        await self.journal.record("case.persons_read", case)
        return Found(await self._opened(found.items), found.next_cursor, found.total)

    async def name(self, case_id: UUID, form: CasePersonIn) -> CasePersonSaidOut:
        case, _ = await self.steps.begin(case_id, StepName.NAME_PERSON)
        await self._check_office(form.office_id)
        id = new_id()
        facts = PersonFacts(
            name=form.name,
            position=form.position,
            office=form.office,
            employee_number=form.employee_number,
        )
        person = CasePerson(
            id=id,
            case_id=case.id,
            named_at=self.now,
            sealed=seal_facts(facts, id, self.keys),
            subject_group=form.subject_group,
            position_group=form.position_group,
            office_id=form.office_id,
        )
        self.persons.add(person)
        return await self._with_warning(case, await self._finish(case, person, "named"))

    async def change(
        self, case_id: UUID, person_id: UUID, expected: int, patch: CasePersonPatch
    ) -> CasePersonSaidOut:
        """Correct what is written of a person; the report itself stays as it came."""
        case, person = await self._begin(case_id, person_id)
        if person.version != expected:
            raise Stale
        await self._check_office(patch.office_id)
        said = patch.model_fields_set
        if said & _FACTS:
            [facts] = await self._facts([person])
            changed = {name: getattr(patch, name) for name in said & _FACTS}
            person.sealed = seal_facts(facts.model_copy(update=changed), person.id, self.keys)
        for name in said & _COLUMNS:
            setattr(person, name, getattr(patch, name))
        return await self._with_warning(case, await self._finish(case, person, "changed"))

    async def mark_same(self, case_id: UUID, person_id: UUID, form: SameAsIn) -> CasePersonOut:
        """Say that two rows name one person, who is counted once from then on."""
        case, person = await self._begin(case_id, person_id)
        same_as = await self.persons.same_as(case)
        if form.same_as_id not in same_as:
            raise Invalid(rules.not_of_case("/same_as_id"))
        rules.check_same(person.id, form.same_as_id, same_as)
        person.same_as_id = form.same_as_id
        return await self._finish(case, person, "same_as")

    async def unmark_same(self, case_id: UUID, person_id: UUID) -> CasePersonOut:
        case, person = await self._begin(case_id, person_id)
        if person.same_as_id is None:
            raise rules.NotSamePerson
        person.same_as_id = None
        return await self._finish(case, person, "not_same_as")

    async def remove(self, case_id: UUID, person_id: UUID, form: PersonRemovalIn) -> CasePersonOut:
        """Take off somebody whom the case is not about; the row stays, with the reason."""
        case, person = await self._begin(case_id, person_id)
        rules.check_removable(await self._uses(case, person))
        person.removed_at = self.now
        person.sealed_removal_reason = self.keys.seal(form.reason.encode(), person.id)
        return await self._finish(case, person, "removed")

    async def _begin(self, case_id: UUID, person_id: UUID) -> tuple[Case, CasePerson]:
        case, _ = await self.steps.begin(case_id, StepName.NAME_PERSON)
        return case, await self.persons.get(case, person_id)

    async def _uses(self, case: Case, person: CasePerson) -> rules.Uses:
        counts_once = person.same_as_id is None
        classifications, clarifications = await self.persons.uses_of(person)
        return rules.Uses(
            stands_for_others=person.id in (await self.persons.same_as(case)).values(),
            is_last=case.state in IN_HANDLING and counts_once and case.persons == 1,
            classifications=classifications,
            waiting_clarifications=clarifications,
        )

    async def _finish(self, case: Case, person: CasePerson, act: str) -> CasePersonOut:
        if act != "named":
            person.version += 1
        case.persons = await self.persons.count(case)
        await self.access.follow_offices(case)
        await self.steps.finish(
            case, StepName.NAME_PERSON, act=act, person_id=str(person.id), persons=case.persons
        )
        [shown] = await self._opened([person])
        return shown

    async def _with_warning(self, case: Case, shown: CasePersonOut) -> CasePersonSaidOut:
        left = await self.conflicts.officers_left(case)
        return CasePersonSaidOut(**dict(shown), officers_left=left, warning=left_warning(left))

    async def _check_office(self, office_id: UUID | None) -> None:
        if office_id is None:
            return
        try:
            await self.offices.get(office_id)
        except NotFound as unknown:
            raise Invalid(rules.UNKNOWN_OFFICE) from unknown

    async def _facts(self, persons: Sequence[CasePerson]) -> list[PersonFacts]:
        sources = await self.persons.sources(persons)
        return [open_facts(each, sources, self.keys) for each in persons]

    async def _opened(self, persons: Sequence[CasePerson]) -> list[CasePersonOut]:
        return [
            CasePersonOut(
                id=each.id,
                complaint_id=each.complaint_id,
                **dict(facts),
                is_corrected=each.sealed is not None,
                subject_group=each.subject_group,
                position_group=each.position_group,
                office_id=each.office_id,
                same_as_id=each.same_as_id,
                named_at=each.named_at,
                removed_at=each.removed_at,
                version=each.version,
            )
            for each, facts in zip(persons, await self._facts(persons), strict=True)
        ]
