"""What stands on the papers about a declaration: which words, in which order."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.certificates.files.sheet import Line, Section, Sheet
from app.certificates.rules.states import PaperState
from app.certificates.schemas.verification import FactOut, ProofOut
from app.core.forms import TextOut
from app.core.texts import Text
from app.declarations.schemas.certificates import CertificateOut, SignedTextOut
from app.declarations.schemas.signatures import SignerOut

PROOF_FILE: Final = "tanda-tangan.tlog-proof"

_SIGNER: Final = Text("Yang menandatangani", "Who signed")
_SIGNING: Final = Text("Penandatanganan", "Signing")
_PROOF: Final = Text("Bukti dalam buku besar terbuka", "Proof in the open ledger")
_STAMPS: Final = {
    PaperState.WITHDRAWN: Text("Ditarik kembali", "Withdrawn"),
    PaperState.INVALIDATED: Text("Tidak sah", "Invalidated"),
}
_SHOWN_ABOVE: Final = frozenset({"declaration_id", "pledge_text"})
_EXPLAINED: Final = Text(
    "Daun ini bagian dari log yang dapat dihitung ulang oleh siapa pun. Berkas"
    f" {PROOF_FILE} di dalam PDF ini membuktikannya tanpa bertanya kepada kami.",
    "This leaf is part of a log that anybody can count again. The file"
    f" {PROOF_FILE} inside this PDF proves it without asking us.",
)
_TOO_EARLY: Final = Text(
    "Dicetak sebelum kepala pohon berikutnya ditandatangani; cetak lagi untuk memuat buktinya.",
    "Printed before the next tree head was signed; print it again to have the proof inside.",
)


def certificate_sheet(certificate: CertificateOut) -> Sheet:
    """The certificate of one signature, with its holder's name; stamped where it is void."""
    proven = certificate.tlog_proof
    return Sheet(
        title=_text(certificate.title),
        heading=certificate.heading,
        code=certificate.code,
        address=certificate.address,
        stamp=_STAMPS.get(certificate.state),
        sections=(
            Section(
                _SIGNER,
                lines=list(_signer(certificate.signer)),
                picture=certificate.drawing,
            ),
            text_section(certificate.text),
            Section(_SIGNING, lines=list(fact_lines(certificate.facts))),
            Section(
                _PROOF,
                prose=(_EXPLAINED if proven else _TOO_EARLY,),
                lines=list(proof_lines(certificate.proof, certificate.log_key)),
            ),
        ),
        files={PROOF_FILE: proven} if proven else {},
    )


def text_section(text: SignedTextOut) -> Section:
    points = [Text(each.id, each.en or each.id) for each in text.points]
    return Section(_text(text.title), prose=(_text(text.opening),), points=points)


def fact_lines(facts: Iterable[FactOut]) -> Iterator[Line]:
    """All but what stands elsewhere on the sheet."""
    for each in facts:
        if each.name not in _SHOWN_ABOVE:
            is_hash = each.name.endswith("_hash")
            yield Line(_text(each.about), _text(each.said), is_hash)


def proof_lines(proof: ProofOut, key: str | None) -> Iterator[Line]:
    """Where the leaf stands, and what an outsider compares it with."""
    yield Line(Text("Log", "Log"), _same(proof.log))
    yield Line(Text("Nomor daun", "Leaf index"), _same(str(proof.leaf_index)))
    yield Line(Text("Hash daun", "Leaf hash"), _same(proof.leaf_hash), is_hash=True)
    if proof.tree_size is not None and proof.root_hash is not None:
        yield Line(Text("Ukuran pohon", "Tree size"), _same(str(proof.tree_size)))
        yield Line(Text("Hash akar", "Root hash"), _same(proof.root_hash), is_hash=True)
    if key is not None:
        yield Line(Text("Kunci log", "Key of the log"), _same(key), is_hash=True)


def _signer(signer: SignerOut) -> Iterator[Line]:
    for about, words in (
        (Text("Nama", "Name"), signer.name),
        (Text("Jabatan", "Position"), signer.position),
        (Text("Instansi", "Office"), signer.office),
        (Text("Mewakili", "On behalf of"), signer.represents),
    ):
        if words is not None:
            yield Line(about, _same(words))


def _text(text: TextOut) -> Text:
    return Text(text.id, text.en)


def _same(words: str) -> Text:
    return Text(words, words)
