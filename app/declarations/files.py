"""The pledge texts that this domain ships, and the format in which a signer lies encrypted."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from pydantic import TypeAdapter

from app.core.crypto import Keyring
from app.declarations.rules.persons import content_hash, person_hash, person_of
from app.declarations.rules.strokes import Strokes
from app.declarations.schemas.signatures import SignatureIn, SignerOut

FOLDER = Path(__file__).parent / "data"
TEXTS = FOLDER / "pledge_texts.json"
ALL = (TEXTS,)
SIGNER = "signer"

Languages: TypeAlias = dict[str, str]


@dataclass(frozen=True)
class TextRow:
    id: UUID
    code: str
    version: int
    title: Languages
    opening: Languages
    points: list[Languages]
    legal_basis: list[str]
    valid_from: date
    valid_to: date | None
    source: str

    @property
    def content_hash(self) -> str:
        """Covers what people sign, not how long it is valid nor where we have it from."""
        return content_hash(
            {
                "code": self.code,
                "version": self.version,
                "title": self.title,
                "opening": self.opening,
                "points": self.points,
                "legal_basis": self.legal_basis,
            }
        )


def read_texts(file: Path = TEXTS) -> list[TextRow]:
    return TypeAdapter(list[TextRow]).validate_python(json.loads(file.read_text("utf-8")))


def signer_in(form: SignatureIn) -> SignerOut:
    return SignerOut(
        name=form.name,
        position=form.position,
        office=form.office,
        employee_number=form.employee_number,
        represents=form.represents,
    )


def person_in(signer: SignerOut) -> str:
    """What makes two signers the same person, to be blinded as a SIGNER."""
    return person_of(signer.name, signer.position, signer.office, signer.employee_number)


def seal_strokes(strokes: Strokes, signature_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(json.dumps(strokes, separators=(",", ":")).encode(), signature_id)


def open_strokes(sealed: bytes, signature_id: UUID, keys: Keyring) -> Strokes:
    return [[(x, y) for x, y in stroke] for stroke in json.loads(keys.open(sealed, signature_id))]


def hash_signer(signer: SignerOut, salt: bytes) -> bytes:
    return person_hash(salt, signer.model_dump())


def seal_signer(form: SignatureIn, signature_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(signer_in(form).model_dump_json().encode(), signature_id)


def open_signer(sealed: bytes, signature_id: UUID, keys: Keyring) -> SignerOut:
    return SignerOut.model_validate_json(keys.open(sealed, signature_id))
