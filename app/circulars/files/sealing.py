"""How the words of a report are kept: sealed, because they may name persons."""

import json
from typing import NamedTuple
from uuid import UUID

from app.core.crypto import Keyring


class Proof(NamedTuple):
    """What an office wrote when it reported an obligation done."""

    note: str
    letter_number: str | None = None
    sha256: str | None = None


def seal_proof(proof: Proof, report_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(json.dumps(proof._asdict()).encode(), report_id)


def open_proof(sealed: bytes, report_id: UUID, keys: Keyring) -> Proof:
    return Proof(**json.loads(keys.open(sealed, report_id)))
