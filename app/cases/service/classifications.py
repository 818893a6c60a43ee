from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson
from app.cases.models.violations import Classification
from app.cases.repository.violations import CatalogueRepository, ClassificationRepository
from app.cases.rules.persons import not_of_case
from app.cases.rules.steps import StepName
from app.cases.rules.violations import (
    AlreadyClassified,
    Choice,
    ClassificationReversed,
    Deed,
    ViolationKind,
    choose,
    classify,
)
from app.cases.schemas.violations import ClassificationIn, ClassificationOut
from app.cases.service.stepping import Stepping
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.core.texts import Text
from app.elections.rules import Determination, determination_on
from app.elections.service import ElectionService

_FUTURE: Final = Fault(
    "/acted_on",
    "in-the-future",
    Text("Perbuatan itu belum terjadi.", "This act has not been done yet."),
)


class ClassificationService:
    """Which violation an act is said to be: by its day and the calendar of the region."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.steps = Stepping(session, actor, now)
        self.catalogue = CatalogueRepository(session)
        self.classifications = ClassificationRepository(session)
        self.elections = ElectionService(session)
        self.keys = keys
        self.now = now

    async def classify(self, case_id: UUID, form: ClassificationIn) -> Case:
        """Give the act its class; where the law leaves it open, the one that the officer chose."""
        case, row = await self.steps.begin(case_id, StepName.CLASSIFY)
        person = await self._person(case, form.person_id)
        deed = await self._deed(case, person, form)
        candidates = classify(deed, await self.catalogue.of_act(form.act))
        choice = Choice(form.violation_kind, form.reason is not None)
        kind = choose(deed, candidates, choice)
        written = self._classified(case, form, deed, kind)
        if await self.classifications.stands(written):
            raise AlreadyClassified
        self.classifications.add(written)
        said: dict[str, str | int] = {
            "act": deed.act.value,
            "kind": kind.code,
            "kind_version": kind.version,
        }
        return await self.steps.finish(case, StepName.CLASSIFY, row.to, **said)

    async def reverse(self, case_id: UUID, classification_id: UUID, reason: str) -> Case:
        """Take a classification back; it stays to be read, with the reason."""
        case, row = await self.steps.begin(case_id, StepName.CLASSIFY)
        written = await self.classifications.get(case, classification_id)
        if written.reversed_at is not None:
            raise ClassificationReversed
        written.reversed_at, written.reversed_by = self.now, self.steps.actor.id
        written.sealed_reversal = self.keys.seal(reason.encode(), written.id)
        said: dict[str, str | bool] = {"kind": written.violation_kind, "is_reversal": True}
        return await self.steps.finish(case, StepName.CLASSIFY, row.to, **said)

    async def find(self, case_id: UUID, wanted: Slice) -> Found[ClassificationOut]:
        case = await self.steps.cases.get(case_id)
        found = await self.classifications.find(case, wanted)
        shown = [self._shown(each) for each in found.items]
        await self.steps.journal.record("case.read_classifications", case, count=len(shown))
        return Found(shown, found.next_cursor, found.total)

    async def _person(self, case: Case, person_id: UUID) -> CasePerson:
        for person in await self.steps.cases.persons(case):
            if person.id == person_id:
                return person
        raise Invalid(not_of_case("/person_id"))

    async def _deed(self, case: Case, person: CasePerson, form: ClassificationIn) -> Deed:
        acted_on = form.acted_on or case.occurred_on
        desk = await self.steps.desk(case)
        if acted_on > self.now.astimezone(ZoneInfo(desk.time_zone)).date():
            raise Invalid(_FUTURE)
        return Deed(
            act=form.act,
            group=person.subject_group,
            acted_on=acted_on,
            determination=await self._determination(case, acted_on),
        )

    async def _determination(self, case: Case, day: date) -> Determination | None:
        if case.election_code is None:
            return None
        calendar = await self.elections.calendar(case.election_code, case.region_code)
        return determination_on(calendar, day)

    def _classified(
        self, case: Case, form: ClassificationIn, deed: Deed, kind: ViolationKind
    ) -> Classification:
        id = new_id()
        reason = form.reason
        return Classification(
            id=id,
            case_id=case.id,
            person_id=form.person_id,
            act=deed.act,
            violation_kind=kind.code,
            kind_version=kind.version,
            acted_on=deed.acted_on,
            determination=deed.determination,
            sealed_reason=self.keys.seal(reason.encode(), id) if reason else None,
            classified_at=self.now,
            officer_id=self.steps.actor.id,
        )

    def _shown(self, row: Classification) -> ClassificationOut:
        return ClassificationOut(
            id=row.id,
            person_id=row.person_id,
            act=row.act,
            acted_on=row.acted_on,
            determination=row.determination,
            violation_kind=row.violation_kind,
            kind_version=row.kind_version,
            reason=self._opened(row.sealed_reason, row),
            classified_at=row.classified_at,
            officer_id=row.officer_id,
            reversed_at=row.reversed_at,
            reversal_reason=self._opened(row.sealed_reversal, row),
        )

    def _opened(self, sealed: bytes | None, row: Classification) -> str | None:
        return self.keys.open(sealed, row.id).decode() if sealed else None
