"""The format in which a dossier lies encrypted in the database: canonical JSON."""

from uuid import UUID

from app.core.crypto import Keyring
from app.referrals.files.bundle import canonical
from app.referrals.schemas.dossier import Dossier


def written(dossier: Dossier) -> bytes:
    """The bytes whose hash the referral carries."""
    return canonical(dossier.model_dump(mode="json"))


def seal_dossier(dossier: Dossier, referral_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(written(dossier), referral_id)


def open_dossier(sealed: bytes, referral_id: UUID, keys: Keyring) -> Dossier:
    return Dossier.model_validate_json(keys.open(sealed, referral_id))
