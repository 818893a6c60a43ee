"""The format in which supplements lie encrypted in the database."""

from collections.abc import Mapping

from pydantic import BaseModel

from app.complaints.files.sealing import seal_part
from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.models.contact import Supplement
from app.complaints.rules.procedure import Part
from app.complaints.schemas.contact import SupplementIn
from app.complaints.schemas.desk import PersonOut
from app.core.crypto import Keyring


class SealedSupplement(BaseModel):
    """What was sent: what a later form asks for or drops does no harm here."""

    account: str | None = None
    reported_persons: list[PersonOut] = []
    witnesses: list[PersonOut] = []
    evidence_notes: list[str] = []


def open_supplement(supplement: Supplement, keys: Keyring) -> SealedSupplement:
    return SealedSupplement.model_validate_json(keys.open(supplement.sealed, supplement.id))


def seal_persons_of(
    form: SupplementIn, complaint: Complaint, positions: Mapping[Part, int], keys: Keyring
) -> list[ComplaintPerson]:
    """Its persons as they stand among those of the complaint, where search finds them."""
    reported, witness = Part.REPORTED, Part.WITNESS
    first, second = positions.get(reported, 0), positions.get(witness, 0)
    return [
        *seal_part(reported, form.reported_persons, complaint.id, keys, first),
        *seal_part(witness, form.witnesses, complaint.id, keys, second),
    ]
