"""The cases of the demo: invented steps, taken by the services at the moments that the data names.

So are the codes of the offices in their numbers.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.schemas import OfficerFilter
from app.accounts.service.officers import OfficerService
from app.cases.models.cases import Case
from app.cases.repository.cases import CaseRepository
from app.cli.demo_steps import STEPS, Hand, Said
from app.complaints.schemas.contact import SupplementIn
from app.complaints.schemas.entries import EntryIn
from app.complaints.service.entries import EntryService
from app.complaints.service.supplements import SupplementService
from app.core.actors import PERMISSIONS, SYSTEM, Actor, ActorKind
from app.core.crypto import Keyring
from app.core.forms import Form, Moment
from app.core.ids import new_id
from app.core.places import area_of
from app.offices.schemas import OfficePatch
from app.offices.service import OfficeService

ADDRESSEE: Final = "bkn"
CASES: Final = Path(__file__).parent / "data" / "demo_cases.json"


class Step(Form):
    """What was done, when, by the holding office or one account; the form is what the API takes.

    `@person.1`, `@complaint.35` and `@office.bawaslu-73` in it stand for the ids. `now` is for
    what would have lapsed since 2024.
    """

    at: Moment | Literal["now"]
    step: str
    by: str | None = None
    form: Said = Field({})


class Proceeding(Form):
    """The case of a complaint, and what was done with it."""

    complaint: int
    steps: list[Step]


class Finding(Form):
    """What the supervisors of an office found themselves."""

    number: int
    office_code: str
    entered_at: Moment
    form: EntryIn


class Cases(Form):
    own_codes: dict[str, str]
    findings: list[Finding]
    cases: list[Proceeding]


async def handle_cases(
    session: AsyncSession, keys: Keyring, filed: Mapping[int, UUID], now: datetime
) -> None:
    """Take all steps in the order of their moments, as numbers are given in that order."""
    data = Cases.model_validate_json(CASES.read_bytes())
    offices = await _number_offices(session, data.own_codes, now)
    complaints = dict(filed)
    for finding in data.findings:
        office = replace(SYSTEM, office_id=offices[finding.office_code])
        entries = EntryService(session, office, finding.entered_at, keys)
        complaints[finding.number] = (await entries.enter(finding.form)).id
    desk = Desk(Hand(session, SYSTEM, now, keys), complaints, offices)
    steps = [(each.complaint, step) for each in data.cases for step in each.steps]
    for number, step in sorted(steps, key=lambda each: desk.moment(each[1])):
        await desk.take(complaints[number], step)


async def _number_offices(
    session: AsyncSession, own_codes: Mapping[str, str], now: datetime
) -> dict[str, UUID]:
    """Give the offices the codes without which they cannot register; name all by their ids."""
    service = OfficeService(session, SYSTEM, now)
    offices = {code: await service.managed(code) for code in own_codes}
    for code, office in offices.items():
        await service.change(office.id, office.version, OfficePatch(own_code=own_codes[code]))
    addressee = await service.managed(ADDRESSEE)
    return {code: office.id for code, office in offices.items()} | {ADDRESSEE: addressee.id}


class Desk:
    """Takes the steps of the data."""

    def __init__(
        self, hand: Hand, complaints: Mapping[int, UUID], offices: Mapping[str, UUID]
    ) -> None:
        self.hand = hand
        self.cases = CaseRepository(hand.session, SYSTEM)
        self.ids = {f"@complaint.{number}": id for number, id in complaints.items()}
        self.ids |= {f"@office.{code}": id for code, id in offices.items()}

    def moment(self, step: Step) -> datetime:
        return self.hand.at if step.at == "now" else step.at

    async def take(self, complaint_id: UUID, step: Step) -> None:
        at = self.moment(step)
        if step.step == "supplement":
            await self._supplement(complaint_id, step, at)
            return
        case = await self._case(complaint_id)
        actor = await self._actor(case, step.by)
        form = _filled(step.form, await self._ids(case))
        await STEPS[step.step](self.hand._replace(actor=actor, at=at), case.id, form)

    async def _supplement(self, complaint_id: UUID, step: Step, at: datetime) -> None:
        reporter = Actor(ActorKind.RECEIPT, subject_id=complaint_id)
        letters = SupplementService(self.hand.session, reporter, at, self.hand.keys)
        await letters.put(new_id(), SupplementIn.model_validate(step.form))

    async def _case(self, complaint_id: UUID) -> Case:
        case = await self.cases.of_complaint(complaint_id)
        if case is None:
            raise LookupError("Nobody opens cases here: do these sessions carry the listeners?")
        return case

    async def _actor(self, case: Case, login: str | None) -> Actor:
        if login is None:
            return replace(SYSTEM, office_id=case.office_id)
        found = await OfficerService(*self.hand).find(OfficerFilter(limit=200))
        officer = next(each for each in found.items if each.login == login)
        return Actor(
            kind=ActorKind.OFFICER,
            id=officer.id,
            permissions=PERMISSIONS[officer.role],
            area=area_of(officer.region_code),
            office_id=officer.office_id,
        )

    async def _ids(self, case: Case) -> Mapping[str, UUID]:
        persons = enumerate(await self.cases.persons(case), start=1)
        return self.ids | {f"@person.{number}": person.id for number, person in persons}


def _filled(form: Said, ids: Mapping[str, UUID]) -> Said:
    return {name: _fill(value, ids) for name, value in form.items()}


def _fill(value: object, ids: Mapping[str, UUID]) -> object:
    match value:
        case dict():
            return _filled(value, ids)
        case list():
            return [_fill(each, ids) for each in value]
        case str() if value.startswith("@"):
            return ids[value]
    return value
