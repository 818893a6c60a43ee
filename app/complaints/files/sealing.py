"""The format in which the personal parts of a complaint lie encrypted in the database."""

import json
from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel

from app.complaints.models import ComplaintContent, ComplaintPerson
from app.complaints.rules.procedure import Part
from app.complaints.schemas.desk import PersonOut
from app.complaints.schemas.filing import (
    ComplaintIn,
    ReportedPersonIn,
    ReporterIn,
    WitnessIn,
)
from app.core.crypto import Keyring
from app.core.database import Base
from app.core.ids import new_id


class SealedContent(BaseModel):
    """The account and what surrounds it; free text may speak of persons anywhere."""

    what: str
    place: str
    account: str
    evidence_notes: list[str]


class SealedPerson(PersonOut):
    """A person as the desk reads one: what a later form asks for or drops does no harm here."""

    part: Part


def seal(form: ComplaintIn, complaint_id: UUID, keys: Keyring) -> list[Base]:
    """Everything of a complaint that nobody may read without the keys."""
    content = seal_content(form, complaint_id, keys)
    return [content, *seal_persons(form, complaint_id, keys)]


def seal_content(form: ComplaintIn, complaint_id: UUID, keys: Keyring) -> ComplaintContent:
    content = SealedContent(
        what=form.event.what,
        place=form.event.place,
        account=form.event.account,
        evidence_notes=form.evidence_notes,
    )
    sealed = keys.seal(content.model_dump_json().encode(), complaint_id)
    return ComplaintContent(id=complaint_id, sealed=sealed)


def open_content(sealed: bytes, complaint_id: UUID, keys: Keyring) -> SealedContent:
    return SealedContent.model_validate_json(keys.open(sealed, complaint_id))


def seal_persons(form: ComplaintIn, complaint_id: UUID, keys: Keyring) -> list[ComplaintPerson]:
    reporters = [form.reporter] if form.reporter else []
    return [
        *seal_part(Part.REPORTER, reporters, complaint_id, keys),
        *seal_part(Part.REPORTED, form.reported_persons, complaint_id, keys),
        *seal_part(Part.WITNESS, form.witnesses, complaint_id, keys),
    ]


def open_persons(
    part: Part, persons: Sequence[ComplaintPerson], keys: Keyring
) -> list[SealedPerson]:
    """The persons who have this part by what was sealed, whatever the table says today."""
    return [each for each in open_all(persons, keys) if each.part is part]


def open_all(persons: Sequence[ComplaintPerson], keys: Keyring) -> list[SealedPerson]:
    return [SealedPerson.model_validate_json(keys.open(each.sealed, each.id)) for each in persons]


def seal_part(
    part: Part,
    persons: Sequence[ReporterIn | ReportedPersonIn | WitnessIn],
    complaint_id: UUID,
    keys: Keyring,
    first: int = 0,
) -> list[ComplaintPerson]:
    """The persons of one part, in their order from this position on."""
    return [
        _sealed_person(part, position, person, complaint_id, keys)
        for position, person in enumerate(persons, start=first)
    ]


def _sealed_person(
    part: Part,
    position: int,
    person: ReporterIn | ReportedPersonIn | WitnessIn,
    complaint_id: UUID,
    keys: Keyring,
) -> ComplaintPerson:
    id = new_id()
    said = {"part": part, **person.model_dump(mode="json", exclude_none=True)}
    return ComplaintPerson(
        id=id,
        complaint_id=complaint_id,
        part=part,
        position=position,
        # Bound to the row's own id: sealed persons cannot change places.
        sealed=keys.seal(json.dumps(said).encode(), id),
    )
