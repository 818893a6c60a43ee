"""The format in which a dossier lies encrypted in the database: canonical JSON."""

from collections.abc import Mapping
from uuid import UUID

from app.cases.files.persons import open_facts
from app.cases.models.cases import CasePerson
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


def open_person(
    person: CasePerson, sources: Mapping[UUID, ComplaintPerson], keys: Keyring
) -> DossierPerson:
    said = open_facts(person, sources, keys)
    return DossierPerson(
        id=person.id,
        name=said.name,
        position=said.position,
        office=said.office,
        employee_number=said.employee_number,
        subject_group=person.subject_group,
    )
