"""The reporter, out of what lies encrypted in the database."""

from typing import Literal

from app.complaints.models.complaints import ComplaintPerson
from app.complaints.rules.procedure import Part
from app.complaints.schemas.identity import ReporterOut
from app.core.crypto import Keyring


class _SealedReporter(ReporterOut):
    """The seal itself says that this is the reporter, whatever the table says today."""

    part: Literal[Part.REPORTER]


def open_reporter(person: ComplaintPerson, keys: Keyring) -> ReporterOut:
    sealed = _SealedReporter.model_validate_json(keys.open(person.sealed, person.id))
    return ReporterOut(**sealed.model_dump(exclude={"part"}))
