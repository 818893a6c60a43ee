"""The Form Pencegahan of events, filled in with what they and their reports tell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.days import day
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.followups import EventFollowUp
from app.rakor.models.materials import Material
from app.rakor.models.reports import EventReport, SubmittedForm
from app.rakor.repository.reports import ReportRepository
from app.rakor.rules import prevention_forms as rules
from app.rakor.rules.followups import EventFollowUpState
from app.rakor.rules.prevention_forms import PreventionFormStatus
from app.rakor.schemas.prevention_forms import (
    FormFileOut,
    FormPlaceOut,
    FormSignatureOut,
    PreventionFormFields,
    PreventionFormOut,
    PreventionPlan,
)
from app.rakor.schemas.reports import ImplementerOut
from app.regions.repository import RegionRepository

_LEVELS: Final = ("province", "regency", "district", "village")
_ENDS: Final = (2, 5, 8, 13)
"""Where the code of a level ends."""


@dataclass(frozen=True)
class Known:
    """What events have beside their rows, by their ids; `places` by their codes."""

    reports: Mapping[UUID, EventReport]
    submitted: Mapping[UUID, SubmittedForm]
    follow_ups: Mapping[UUID, Sequence[EventFollowUp]]
    files: Mapping[UUID, Sequence[Material]]
    places: Mapping[str, str]


class FormFacts:
    """Fills in the forms of many events with a handful of queries."""

    def __init__(self, session: AsyncSession, keys: Keyring) -> None:
        self.reports = ReportRepository(session)
        self.regions = RegionRepository(session)
        self.keys = keys

    async def of(self, events: Sequence[Event]) -> list[PreventionFormOut]:
        known = await self._known(events)
        return [self._form(each, known) for each in events]

    def submitted(self, form: SubmittedForm) -> PreventionFormOut:
        """As it was."""
        sealed = self.keys.open(form.sealed, form.id)
        return PreventionFormOut(
            **dict(PreventionFormFields.model_validate_json(sealed)),
            status=PreventionFormStatus.SUBMITTED,
            number=rules.number_of(form.sequence, form.division, form.office_code, form.year),
            division=form.division,
            office_code=form.office_code,
            year=form.year,
            signature=FormSignatureOut(
                officer_id=form.submitted_by, signed_at=form.submitted_at, sha256=form.sha256
            ),
        )

    def _form(self, event: Event, known: Known) -> PreventionFormOut:
        if event.id in known.submitted:
            return self.submitted(known.submitted[event.id])
        return PreventionFormOut(
            **dict(self._fields(event, known)),
            status=PreventionFormStatus.DRAFT,
            number=None,
            division=None,
            office_code=None,
            year=None,
            signature=None,
        )

    def _fields(self, event: Event, known: Known) -> PreventionFormFields:
        places = _places(event.venue_region_code, known.places)
        return PreventionFormFields(
            **dict(PreventionPlan.model_validate(event)),
            event_id=event.id,
            implementers=self._implementers(known.reports.get(event.id)),
            form=event.prevention_form,
            province=places.get("province"),
            regency=places.get("regency"),
            district=places.get("district"),
            village=places.get("village"),
            follow_ups=[_said(each) for each in known.follow_ups.get(event.id, ())],
            files=[_file(each) for each in known.files.get(event.id, ())],
        )

    def _implementers(self, report: EventReport | None) -> list[ImplementerOut]:
        if report is None:
            return []
        return files.open_report(report.sealed, report.id, self.keys).implementers

    async def _known(self, events: Sequence[Event]) -> Known:
        ids = [each.id for each in events]
        follow_ups: defaultdict[UUID, list[EventFollowUp]] = defaultdict(list)
        for follow_up in await self.reports.follow_ups(ids):
            follow_ups[follow_up.event_id].append(follow_up)
        files: defaultdict[UUID, list[Material]] = defaultdict(list)
        for file in await self.reports.files(ids):
            files[file.event_id].append(file)
        codes = {each.venue_region_code[:end] for each in events for end in _ENDS}
        named = await self.regions.named(list(codes))
        return Known(
            reports=await self.reports.last_of(ids),
            submitted=await self.reports.submitted(ids),
            follow_ups=follow_ups,
            files=files,
            places={each.code: each.name for each in named},
        )


def _places(code: str, names: Mapping[str, str]) -> dict[str, FormPlaceOut]:
    """The place of the venue on each level down to its own; of the nation none."""
    return {
        level: FormPlaceOut(code=code[:end], name=names[code[:end]])
        for level, end in zip(_LEVELS, _ENDS, strict=True)
        if len(code) >= end and code[:2] != "00" and code[:end] in names
    }


def _said(follow_up: EventFollowUp) -> str:
    """What is to be done, by which office and until when, or that it was given up."""
    until = day(follow_up.due_on).id
    words = f"{follow_up.action} ({follow_up.office_name}, paling lambat {until})"
    if follow_up.state is EventFollowUpState.CANCELLED:
        return f"{words} [dibatalkan]"
    return words


def _file(material: Material) -> FormFileOut:
    return FormFileOut(
        evidence_id=material.evidence_id,
        kind=material.kind,
        title=material.title,
        media_type=material.media_type,
        size=material.size,
        fault=rules.fault_of(material.media_type, material.size),
    )
