"""The pledge texts that this domain ships, and the format in which a signer lies encrypted."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from pydantic import TypeAdapter

from app.certificates.files.typesetting import qr_picture, typeset_apart
from app.core.crypto import Keyring
from app.core.sheets import formula_safe
from app.core.tables import BOM, DELIMITER
from app.declarations.rules.persons import content_hash, person_hash, person_of
from app.declarations.rules.strokes import Strokes
from app.declarations.schemas.signatures import SignatureIn, SignerOut

FOLDER = Path(__file__).parent / "data"
TEXTS = FOLDER / "pledge_texts.json"
ALL = (TEXTS,)
SIGNER = "signer"
NOBODY = SignerOut(name="", position="", office="", employee_number=None, represents=None)
"""What is sealed in the place of a person who was erased."""

LINKS = FOLDER / "links.typ"
LINK_COLUMNS: Final = ("region_code", "name", "position", "office", "link")
SCAN: Final = {
    "id": "Pindai untuk membaca dan menandatangani. Tautan ini hanya untuk Anda.",
    "en": "Scan to read and sign. This link is for you alone.",
}

POSTER: Final = FOLDER / "poster.typ"
SCAN_AND_SIGN: Final = {
    "id": "Pindai untuk membaca dan menandatangani",
    "en": "Scan to read and sign",
}
CHECKED_LATER: Final = {
    "id": "Nama Anda diperiksa penyelenggara. Yang terbuka untuk umum hanya jumlah.",
    "en": "The organiser checks your name. Only the count is public.",
}

Languages: TypeAlias = dict[str, str]


class Link(NamedTuple):
    """A personal link, and whom it is for."""

    region_code: str
    person: SignerOut
    address: str


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


def open_signer(sealed: bytes, signature_id: UUID, keys: Keyring) -> SignerOut:
    return SignerOut.model_validate_json(keys.open(sealed, signature_id))


def links_header() -> bytes:
    return BOM.encode() + _sheet([LINK_COLUMNS])


def link_rows(links: Iterable[Link]) -> bytes:
    """One row for each target, with nothing that a spreadsheet takes for a formula."""
    return _sheet(
        (each.region_code, each.person.name, each.person.position, each.person.office, each.address)
        for each in links
    )


def print_links(title: str, heading: str, links: Sequence[Link]) -> bytes:
    """The same on paper, each with its QR code, as PDF; in a process of its own."""
    sheet = {
        "title": title,
        "heading": heading,
        "advice": SCAN,
        "cards": [
            {
                "qr": qr_picture(each.address),
                "name": each.person.name,
                "position": each.person.position,
                "office": each.person.office,
            }
            for each in links
        ],
    }
    return typeset_apart(LINKS, {"sheet": json.dumps(sheet)})


def print_poster(title: str, heading: str, when: Languages, address: str) -> bytes:
    """The open link of a declaration on one sheet, as PDF; in a process of its own."""
    sheet = {
        "title": title,
        "heading": heading,
        "when": when,
        "qr": qr_picture(address),
        "address": address,
        "advice": SCAN_AND_SIGN,
        "check": CHECKED_LATER,
    }
    return typeset_apart(POSTER, {"sheet": json.dumps(sheet)})


def _sheet(lines: Iterable[Sequence[str]]) -> bytes:
    paper = StringIO()
    writer = csv.writer(paper, delimiter=DELIMITER)
    writer.writerows([formula_safe(value) for value in line] for line in lines)
    return paper.getvalue().encode()
