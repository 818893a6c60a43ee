"""A circular on paper: what its sheet says, in the order of a letter."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.certificates.files.sheet import Line, Section, Sheet
from app.circulars.files.addressees import said_to
from app.circulars.rules.circulars import first_day
from app.circulars.rules.labels import LABELS
from app.circulars.schemas.parts import CircularAttachmentOut, ObligationOut
from app.circulars.schemas.shown import CircularDetailOut, CircularNamedOut
from app.core.days import day
from app.core.html import parted
from app.core.texts import Text

_LETTER: Final = Text("Naskah", "Letter")
_BASIS: Final = Text("Dasar hukum", "Legal basis")
_TO: Final = Text("Kepada", "To")
_SAID: Final = Text("Isi", "Text")
_OWED: Final = Text("Kewajiban", "Obligations")
_ENDS: Final = Text("Edaran yang diakhiri", "Circulars that it ends")
_ATTACHED: Final = Text("Lampiran", "Attachments")
_COPIES: Final = Text("Tembusan", "Copies")
_PROOF: Final = Text("Bukti dalam buku besar terbuka", "Proof in the open ledger")


def sheet_of(circular: CircularDetailOut, address: str, stamp: Text | None) -> Sheet:
    """The letter with a QR code of its page; `stamp` is what makes it worthless."""
    return Sheet(
        title=LABELS["circular_kind"][circular.kind],
        heading=circular.subject,
        sections=[
            Section(_LETTER, lines=list(_about(circular))),
            Section(_TO, points=[said_to(each) for each in circular.addressees]),
            *_listed(_BASIS, circular.legal_basis),
            *_said(circular.body),
            *_listed(_OWED, [_owed(each) for each in circular.obligations]),
            *_ended(circular),
            *_attached(circular.attachments),
            Section(lines=[Line(_same(circular.signer.post), _same(circular.signer.name))]),
            *_listed(_COPIES, circular.copies_to),
            *_proof(circular),
        ],
        address=address,
        stamp=stamp,
    )


def _about(circular: CircularDetailOut) -> Iterator[Line]:
    yield Line(Text("Penerbit", "Issuer"), _same(circular.issuer))
    yield Line(Text("Nomor", "Number"), _same(circular.number))
    on = day(circular.dated_on)
    place = f"{circular.place}, " if circular.place else ""
    yield Line(Text("Tanggal", "Date"), Text(f"{place}{on.id}", f"{place}{on.en}"))
    yield Line(Text("Sifat", "Nature"), LABELS["circular_nature"][circular.nature])
    since = first_day(circular.in_force_from, circular.dated_on)
    yield Line(Text("Berlaku sejak", "In force from"), day(since))
    if circular.acknowledge_by is not None:
        by = Text("Dinyatakan diterima paling lambat", "To be acknowledged by")
        yield Line(by, day(circular.acknowledge_by))
    if circular.ended_on is not None:
        yield Line(Text("Tidak berlaku sejak", "Not in force from"), day(circular.ended_on))
    if circular.ended_by_circular is not None:
        label = LABELS["circular_state"][circular.state]
        by = Text(f"{label.id} oleh", f"{label.en} by")
        yield Line(by, _named(circular.ended_by_circular))


def _said(body: str | None) -> Iterator[Section]:
    if body is not None:
        yield Section(_SAID, prose=[_same(each) for each in parted(body)])


def _listed(title: Text, points: Sequence[str]) -> Iterator[Section]:
    if points:
        yield Section(title, points=[_same(each) for each in points])


def _owed(obligation: ObligationOut) -> str:
    parts = [obligation.what]
    if obligation.due_on is not None:
        parts.append(f"paling lambat {day(obligation.due_on).id}")
    if obligation.report_to is not None:
        parts.append(f"dilaporkan kepada {obligation.report_to}")
    return "; ".join(parts)


def _ended(circular: CircularDetailOut) -> Iterator[Section]:
    labels = LABELS["circular_ending"]
    if circular.ended_circulars:
        yield Section(
            _ENDS,
            lines=[Line(labels[each.how], _named(each)) for each in circular.ended_circulars],
        )


def _named(other: CircularNamedOut) -> Text:
    on = day(other.dated_on)
    return Text(
        f"{other.issuer}, nomor {other.number}, {on.id}: {other.subject}",
        f"{other.issuer}, number {other.number}, {on.en}: {other.subject}",
    )


def _attached(attachments: Sequence[CircularAttachmentOut]) -> Iterator[Section]:
    """Each with the SHA-256 of what everybody reads, or until it is issued of what was sent."""
    if attachments:
        lines = [
            Line(_same(each.title), _same(each.copy_sha256 or each.sha256), is_hash=True)
            for each in attachments
        ]
        yield Section(_ATTACHED, lines=lines)


def _proof(circular: CircularDetailOut) -> Iterator[Section]:
    if circular.content_hash is None:
        return
    yield Section(
        _PROOF,
        lines=[
            Line(Text("Log", "Log"), _same(circular.log.value)),
            Line(Text("Nomor daun", "Leaf index"), _same(str(circular.issued_leaf))),
            Line(
                Text("SHA-256 naskah", "SHA-256 of the text"),
                _same(circular.content_hash),
                is_hash=True,
            ),
        ],
    )


def _same(words: str) -> Text:
    return Text(words, words)
