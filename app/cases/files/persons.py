"""The format in which a case keeps what an officer wrote of a reported person."""

from collections.abc import Mapping
from uuid import UUID

from app.cases.models.cases import CasePerson
from app.cases.schemas.persons import PersonFacts
from app.complaints.files import sealing
from app.complaints.models.complaints import ComplaintPerson
from app.core.crypto import Keyring


def seal_facts(facts: PersonFacts, id: UUID, keys: Keyring) -> bytes:
    return keys.seal(facts.model_dump_json(exclude_none=True).encode(), id)


def open_facts(
    person: CasePerson, sources: Mapping[UUID, ComplaintPerson], keys: Keyring
) -> PersonFacts:
    """As an officer wrote it, or else as the report has it."""
    if person.sealed is not None:
        return PersonFacts.model_validate_json(keys.open(person.sealed, person.id))
    if person.complaint_person_id is None:
        raise ValueError("Whom no report names, an officer has named.")
    named = sealing.open_person(sources[person.complaint_person_id], keys)
    return PersonFacts(
        name=named.name,
        position=named.position,
        office=named.office,
        employee_number=named.employee_number,
    )
