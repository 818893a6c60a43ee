"""The format in which a dossier lies encrypted in the database: canonical JSON."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import BaseModel

from app.cases.models.cases import CasePerson
from app.cases.models.handling import Plenary
from app.complaints.models.complaints import ComplaintPerson
from app.core.crypto import Keyring
from app.referrals.files.bundle import canonical
from app.referrals.schemas.dossier import Dossier, DossierPerson


def written(dossier: Dossier) -> bytes:
    """The bytes whose hash the referral carries."""
    return canonical(dossier.model_dump(mode="json"))


def seal_dossier(dossier: Dossier, referral_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(written(dossier), referral_id)


def open_dossier(sealed: bytes, referral_id: UUID, keys: Keyring) -> Dossier:
    return Dossier.model_validate_json(keys.open(sealed, referral_id))


class _Reasoned(BaseModel):
    """Of what a plenary keeps sealed, the part that leaves the house: not who voted how."""

    reasoning: str


class _Named(BaseModel):
    """What is written of a reported person."""

    name: str
    position: str | None = None
    office: str | None = None
    employee_number: str | None = None


def open_conclusion(plenary: Plenary, keys: Keyring) -> str:
    return _Reasoned.model_validate_json(keys.open(plenary.sealed, plenary.id)).reasoning


def open_person(
    person: CasePerson, sources: Mapping[UUID, ComplaintPerson], keys: Keyring
) -> DossierPerson:
    """As an officer wrote it, or else as the report has it."""
    if person.sealed is not None:
        said = _Named.model_validate_json(keys.open(person.sealed, person.id))
    elif person.complaint_person_id is not None:
        source = sources[person.complaint_person_id]
        said = _Named.model_validate_json(keys.open(source.sealed, source.id))
    else:
        raise ValueError("Whom no report names, an officer has named.")
    return DossierPerson(
        id=person.id,
        name=said.name,
        position=said.position,
        office=said.office,
        employee_number=said.employee_number,
        subject_group=person.subject_group,
    )
