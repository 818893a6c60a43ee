import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.paging import Found
from app.rakor.models.events import Event
from app.rakor.models.reports import SubmittedForm
from app.rakor.repository.events import EventRepository
from app.rakor.repository.prevention_forms import PreventionFormRepository
from app.rakor.repository.reports import ReportRepository
from app.rakor.rules import prevention_forms as rules
from app.rakor.rules.events import OVER, check_stage, day_of
from app.rakor.rules.prevention_forms import PreventionFormStatus
from app.rakor.schemas.prevention_forms import (
    PreventionFormFields,
    PreventionFormFilter,
    PreventionFormOut,
    PreventionSheetFilter,
    PreventionSubmissionIn,
)
from app.rakor.service.events import Organiser
from app.rakor.service.form_facts import FormFacts
from app.rakor.service.form_sheets import header, rows

_BATCH: Final = 100


class PreventionFormService:
    """The Form Pencegahan: filled in with what an event tells, and submitted once."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.forms = PreventionFormRepository(session, actor)
        self.reports = ReportRepository(session)
        self.facts = FormFacts(session, keys)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def read(self, event_id: UUID) -> PreventionFormOut:
        """It names persons, so the reading is an entry in the journal."""
        event = await self.organiser.take(event_id, lock=False)
        [form] = await self.facts.of([event])
        await self.journal.record("prevention_form.read", event)
        return form

    async def submit(self, event_id: UUID, form: PreventionSubmissionIn) -> PreventionFormOut:
        """Give it a number and keep it as it stands; what happens later changes nothing in it."""
        event = await self.organiser.take(event_id)
        check_stage(event.stage, OVER)
        [filled] = await self.facts.of([event])
        if filled.status is PreventionFormStatus.SUBMITTED:
            raise rules.FormSubmitted
        rules.check_complete(_missing(filled))
        submitted = await self._numbered(event, form.division, filled)
        self.reports.add(submitted)
        await self.journal.record(
            "prevention_form.submitted", event, sha256=submitted.sha256, year=submitted.year
        )
        return self.facts.submitted(submitted)

    async def find(self, wanted: PreventionFormFilter) -> Found[PreventionFormOut]:
        found = await self.forms.find(wanted)
        await self.journal.record_each("prevention_form.read", found.items)
        forms = await self.facts.of(found.items)
        return Found(forms, found.next_cursor, found.total)

    async def _numbered(
        self, event: Event, division: str, filled: PreventionFormOut
    ) -> SubmittedForm:
        office = await self.forms.lock_office(event.office_id)
        year, id = day_of(self.now, event.time_zone).year, new_id()
        fields = PreventionFormFields.model_validate(filled.model_dump(include=_FIELDS))
        content = fields.model_dump_json().encode()
        return SubmittedForm(
            id=id,
            event_id=event.id,
            office_id=office.id,
            division=division,
            # Bawaslu's own code where we know it; it is never invented (domain.md, 0.8).
            office_code=office.own_code or office.code,
            year=year,
            sequence=await self.reports.next_sequence(office.id, year),
            sha256=hashlib.sha256(content).hexdigest(),
            sealed=self.keys.seal(content, id),
            submitted_at=self.now,
            submitted_by=self.actor.id,
        )


_FIELDS: Final = set(PreventionFormFields.model_fields)


async def write_forms(
    sessions: Sessions, actor: Actor, now: datetime, keys: Keyring, wanted: PreventionSheetFilter
) -> AsyncIterator[bytes]:
    """Write all forms of an area and period, batch by batch, each read in a unit of its own."""
    yield header()
    page: PreventionFormFilter | None = PreventionFormFilter(**dict(wanted), limit=_BATCH)
    while page is not None:
        async with sessions.begin() as session:
            found = await PreventionFormService(session, actor, now, keys).find(page)
        yield rows(found.items)
        following = found.next_cursor
        page = page.model_copy(update={"cursor": following}) if following else None


def _missing(form: PreventionFormOut) -> set[str]:
    given = {
        "implementers": bool(form.implementers),
        "form": form.form is not None,
        "description": form.description is not None,
        "evidence": any(each.fault is None for each in form.files),
    }
    return {name for name, is_there in given.items() if not is_there}
