"""The facts that papers state, each with a name for programs and words for people."""

from collections.abc import Iterator
from enum import StrEnum

from app.certificates.schemas.verification import FactOut, fact
from app.core.days import day, moment
from app.core.places import regency_of
from app.core.texts import Text
from app.declarations.repository.papers import Pledged, Signed
from app.declarations.rules.kinds import Check, Status
from app.declarations.rules.labels import LABELS
from app.declarations.schemas.tallies import TallyOut


def facts_of_declaration(pledged: Pledged) -> Iterator[FactOut]:
    """What is signed, where and when it is made, and by which office."""
    declaration, text = pledged.declaration, pledged.text
    if declaration.status is Status.CANCELLED:
        yield _labelled("declaration_status", declaration.status, ("Keadaan", "Status"))
    yield fact("declaration_id", declaration.id, ("Deklarasi", "Declaration"), declaration.title)
    yield _labelled("declaration_kind", declaration.kind, ("Bentuk", "Kind"))
    yield fact("place", declaration.place, ("Tempat", "Place"), declaration.place)
    held_on = declaration.held_on
    yield fact("held_on", held_on, ("Tanggal", "Date"), day(held_on))
    office = declaration.office_name
    yield fact("office_name", office, ("Penyelenggara", "Organiser"), office)
    version = Text(
        f"{text.title['id']}, versi {text.version}", f"{text.title['en']}, version {text.version}"
    )
    yield fact("pledge_text", f"{text.code}/{text.version}", ("Naskah", "Text"), version)
    hashed = declaration.text_hash
    yield fact("text_hash", hashed, ("SHA-256 naskah", "SHA-256 of the text"), hashed)


def facts_of_signature(signed: Signed) -> Iterator[FactOut]:
    """The same, and what its leaf tells of one signature; nothing of the person."""
    yield from facts_of_declaration(signed.pledged)
    signature = signed.signature
    regency = regency_of(signature.region_code)
    yield fact("region_code", regency, ("Wilayah", "Region"), signed.region or regency)
    yield _labelled("signer_group", signature.group, ("Kelompok", "Group"))
    yield _labelled("signatory_role", signature.role, ("Peran", "Role"))
    yield _labelled("signature_method", signature.method, ("Cara", "Method"))
    if signature.check is not Check.NOT_NEEDED:
        yield _labelled("signature_check", signature.check, ("Pemeriksaan", "Check"))
    recorded = signature.recorded_at
    said = moment(recorded, signed.pledged.zone)
    yield fact("recorded_at", recorded.isoformat(), ("Dicatat", "Recorded"), said)


def facts_of_tally(tally: TallyOut) -> Iterator[FactOut]:
    """The count of a declaration as it is now."""
    for name, number, about in (
        ("signatures", tally.signatures, ("Tanda tangan", "Signatures")),
        ("witnesses", tally.witnesses, ("Saksi", "Witnesses")),
        ("tree_size", tally.tree_size, ("Dihitung sampai ukuran pohon", "Counted up to tree size")),
    ):
        yield fact(name, number, about, str(number))


def _labelled(name: str, code: StrEnum, about: tuple[str, str]) -> FactOut:
    return fact(name, code.value, about, LABELS[name][code])
