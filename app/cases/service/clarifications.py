from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.files.handling import SealedInvitation, open_invitation, seal
from app.cases.models.cases import Case
from app.cases.models.handling import Clarification
from app.cases.repository.handling import HandlingRepository
from app.cases.rules.hearings import ClarificationRecorded
from app.cases.rules.persons import not_of_case
from app.cases.rules.steps import StepName
from app.cases.schemas.handling import ClarificationIn, ClarificationOut, HearingIn
from app.cases.service.stepping import Stepping
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.core.texts import Text

_BEFORE: Final = Text(
    "Klarifikasi tidak mungkin sebelum registrasi.", "It cannot be before registration."
)
_NOT_YET: Final = Fault(
    "/held_at",
    "in-the-future",
    Text("Klarifikasi itu belum berlangsung.", "This clarification has not been held yet."),
)


class ClarificationService:
    """Whom the office hears about a registered case, and what it wrote down of it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.steps = Stepping(session, actor, now)
        self.handling = HandlingRepository(session)
        self.keys = keys
        self.now = now

    async def invite(self, case_id: UUID, form: ClarificationIn) -> Case:
        case, row = await self.steps.begin(case_id, StepName.INVITE)
        await self._check(case, form)
        await self.handling.add(self._invited(case, form))
        return await self.steps.finish(case, StepName.INVITE, row.to, party=form.party)

    async def record(self, case_id: UUID, clarification_id: UUID, form: HearingIn) -> Case:
        """Write down whether the party came, and the minutes; once."""
        case, row = await self.steps.begin(case_id, StepName.HOLD_CLARIFICATION)
        heard = await self.handling.clarification(case, clarification_id)
        if heard.attended is not None:
            raise ClarificationRecorded
        self._check_time(case, form.held_at)
        self._write(heard, form)
        said = {"party": heard.party.value, "attended": form.attended}
        return await self.steps.finish(case, StepName.HOLD_CLARIFICATION, row.to, **said)

    async def find(self, case_id: UUID, wanted: Slice) -> Found[ClarificationOut]:
        """Open them; that they were read is an act in the journal."""
        case = await self.steps.cases.get(case_id)
        found = await self.handling.clarifications(case, wanted)
        shown = [self._shown(each) for each in found.items]
        await self.steps.journal.record("case.read_clarifications", case, count=len(shown))
        return Found(shown, found.next_cursor, found.total)

    async def _check(self, case: Case, form: ClarificationIn) -> None:
        persons = {each.id for each in await self.steps.cases.persons(case)}
        if form.person_id is not None and form.person_id not in persons:
            raise Invalid(not_of_case("/person_id"))
        if form.planned_at < _begin(case):
            raise Invalid(Fault("/planned_at", "before-registration", _BEFORE))

    def _check_time(self, case: Case, held_at: datetime | None) -> None:
        if held_at is None:
            return
        if held_at > self.now:
            raise Invalid(_NOT_YET)
        if held_at < _begin(case):
            raise Invalid(Fault("/held_at", "before-registration", _BEFORE))

    def _invited(self, case: Case, form: ClarificationIn) -> Clarification:
        id = new_id()
        said = SealedInvitation(name=form.name, place=form.place)
        return Clarification(
            id=id,
            case_id=case.id,
            party=form.party,
            person_id=form.person_id,
            planned_at=form.planned_at,
            letter_number=form.letter_number,
            sealed_invitation=seal(said, id, self.keys),
            invited_at=self.now,
        )

    def _write(self, heard: Clarification, form: HearingIn) -> None:
        heard.attended = form.attended
        heard.held_at = form.held_at
        heard.minutes_number = form.minutes_number
        heard.version += 1
        if form.minutes is not None:
            heard.sealed_minutes = self.keys.seal(form.minutes.encode(), heard.id)

    def _shown(self, row: Clarification) -> ClarificationOut:
        said = open_invitation(row, self.keys)
        minutes = row.sealed_minutes
        return ClarificationOut(
            id=row.id,
            party=row.party,
            person_id=row.person_id,
            name=said.name,
            planned_at=row.planned_at,
            place=said.place,
            letter_number=row.letter_number,
            invited_at=row.invited_at,
            attended=row.attended,
            held_at=row.held_at,
            minutes_number=row.minutes_number,
            minutes=self.keys.open(minutes, row.id).decode() if minutes else None,
        )


def _begin(case: Case) -> datetime:
    return case.registered_at or case.opened_at
