"""The format in which the personal parts of a complaint lie encrypted in the database."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from pydantic import BaseModel

from app.complaints.models.complaints import ComplaintContent, ComplaintPerson
from app.complaints.rules.procedure import Part
from app.complaints.schemas.desk import PersonOut
from app.complaints.schemas.entries import FinderIn
from app.complaints.schemas.filing import (
    ReportedPersonIn,
    ReporterIn,
    Submission,
    WitnessIn,
)
from app.core.crypto import Keyring
from app.core.database import Base
from app.core.ids import new_id

Person: TypeAlias = ReporterIn | ReportedPersonIn | WitnessIn | FinderIn | PersonOut
Persons: TypeAlias = Mapping[Part, Sequence[Person]]


class SealedContent(BaseModel):
    """The account and what surrounds it; free text may speak of persons anywhere."""

    what: str
    place: str
    account: str
    evidence_notes: list[str]
    letter_number: str | None = None
    final_status: str | None = None


class SealedPerson(PersonOut):
    """A person as the desk reads one: what a later form asks for or drops does no harm here."""

    part: Part


def seal(
    form: Submission,
    complaint_id: UUID,
    keys: Keyring,
    letter_number: str | None = None,
    finder: FinderIn | None = None,
) -> list[Base]:
    """Everything of a complaint that nobody may read without the keys."""
    content = SealedContent(
        what=form.event.what,
        place=form.event.place,
        account=form.event.account,
        evidence_notes=list(form.evidence_notes),
        letter_number=letter_number,
    )
    persons: Persons = {
        Part.REPORTER: [form.reporter] if form.reporter else [],
        Part.REPORTED: form.reported_persons,
        Part.WITNESS: form.witnesses,
        Part.FINDER: [finder] if finder else [],
    }
    return [seal_content(content, complaint_id, keys), *seal_persons(persons, complaint_id, keys)]


def seal_content(content: SealedContent, complaint_id: UUID, keys: Keyring) -> ComplaintContent:
    sealed = keys.seal(content.model_dump_json().encode(), complaint_id)
    return ComplaintContent(id=complaint_id, sealed=sealed)


def open_content(sealed: bytes, complaint_id: UUID, keys: Keyring) -> SealedContent:
    return SealedContent.model_validate_json(keys.open(sealed, complaint_id))


def seal_persons(persons: Persons, complaint_id: UUID, keys: Keyring) -> list[ComplaintPerson]:
    return [
        each
        for part, those in persons.items()
        for each in seal_part(part, those, complaint_id, keys)
    ]


def open_persons(
    part: Part, persons: Sequence[ComplaintPerson], keys: Keyring
) -> list[SealedPerson]:
    """The persons who have this part by what was sealed, whatever the table says today."""
    return [each for each in open_all(persons, keys) if each.part is part]


def open_all(persons: Sequence[ComplaintPerson], keys: Keyring) -> list[SealedPerson]:
    return [open_person(each, keys) for each in persons]


def open_person(person: ComplaintPerson, keys: Keyring) -> SealedPerson:
    return SealedPerson.model_validate_json(keys.open(person.sealed, person.id))


def seal_part(
    part: Part,
    persons: Sequence[Person],
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
    person: Person,
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
