"""A circular as HTML in both languages: what it said, whether it was in force, and its proof."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

from app.circulars.files.addressees import said_to
from app.circulars.rules.circulars import CircularState, first_day, is_in_force
from app.circulars.rules.labels import LABELS
from app.circulars.schemas.parts import CircularAttachmentOut, ObligationOut
from app.circulars.schemas.shown import CircularDetailOut, CircularEndedOut, CircularNamedOut
from app.core.days import day
from app.core.html import banner, both, facts, paragraphs
from app.core.texts import Text

_ACKNOWLEDGE: Final = Text("Dinyatakan diterima paling lambat", "To be acknowledged by")
_TAKES_OUT: Final = Text("Edaran yang diakhiri", "Circulars that it ends")
_SUCCESSOR: Final = {
    CircularState.SUPERSEDED: Text("Digantikan oleh", "Superseded by"),
    CircularState.REVOKED: Text("Dicabut oleh", "Revoked by"),
}
_DRAFT: Final = Text("Rancangan, belum diterbitkan", "A draft, not issued yet")


def page_of(circular: CircularDetailOut, on: date) -> str:
    """How it stood on a day, then the letter, then what it obliges to, then its proof."""
    parts = (
        _banner(circular, on),
        _letter(circular),
        _listed(Text("Kepada", "To"), [both(said_to(each)) for each in circular.addressees]),
        _listed(Text("Dasar hukum", "Legal basis"), [escape(e) for e in circular.legal_basis]),
        _body(circular),
        _listed(
            Text("Kewajiban", "Obligations"), [_obligation(each) for each in circular.obligations]
        ),
        _listed(
            Text("Lampiran", "Attachments"), [_attached(circular, e) for e in circular.attachments]
        ),
        _listed(Text("Tembusan", "Copies"), [escape(each) for each in circular.copies_to]),
        _listed(_TAKES_OUT, [_ended(each) for each in circular.ended_circulars]),
        _papers(circular),
        _proof(circular),
        _other_day(on),
    )
    return "\n".join(part for part in parts if part)


def _banner(circular: CircularDetailOut, on: date) -> str:
    if circular.state is CircularState.DRAFT:
        return banner("waiting", _DRAFT, _period(circular), role="status")
    since = first_day(circular.in_force_from, circular.dated_on)
    held, then = is_in_force(on, since, circular.ended_on), day(on)
    head = (
        Text(f"Berlaku pada {then.id}", f"In force on {then.en}")
        if held
        else Text(f"Tidak berlaku pada {then.id}", f"Not in force on {then.en}")
    )
    return banner("valid" if held else "invalidated", head, _period(circular), role="status")


def _period(circular: CircularDetailOut) -> Text:
    since = day(first_day(circular.in_force_from, circular.dated_on))
    if circular.ended_on is None:
        return Text(f"Sejak {since.id}.", f"Since {since.en}.")
    until = day(circular.ended_on)
    label = LABELS["circular_state"][circular.state]
    return Text(
        f"Sejak {since.id}; {label.id.lower()} mulai {until.id}.",
        f"Since {since.en}; {label.en.lower()} from {until.en} on.",
    )


def _letter(circular: CircularDetailOut) -> str:
    place = f"{escape(circular.place)}, " if circular.place else ""
    signer = f"{escape(circular.signer.post)}<br>{escape(circular.signer.name)}"
    rows = [
        (Text("Penerbit", "Issuer"), escape(circular.issuer)),
        (Text("Nomor", "Number"), escape(circular.number)),
        (Text("Tanggal", "Date"), place + both(day(circular.dated_on))),
        (Text("Sifat", "Nature"), both(LABELS["circular_nature"][circular.nature])),
        (Text("Wilayah", "Region"), escape(circular.region_code)),
        (Text("Ditandatangani", "Signed"), signer),
    ]
    if circular.acknowledge_by is not None:
        rows.append((_ACKNOWLEDGE, both(day(circular.acknowledge_by))))
    if circular.ended_by_circular is not None:
        rows.append((_SUCCESSOR[circular.state], _link(circular.ended_by_circular)))
    if circular.ending_reason is not None:
        rows.append((Text("Alasan", "Reason"), escape(circular.ending_reason)))
    kind = LABELS["circular_kind"][circular.kind]
    return (
        f'<section class="card"><p class="soft small">{both(kind)}</p>'
        f"<h2>{escape(circular.subject)}</h2>{facts(rows)}</section>"
    )


def _body(circular: CircularDetailOut) -> str:
    if circular.body is None:
        return ""
    said = paragraphs(circular.body)
    return f'<section class="card"><h2>{both(Text("Isi", "Text"))}</h2>{said}</section>'


def _ended(older: CircularEndedOut) -> str:
    return f"{both(LABELS['circular_ending'][older.how])} {_link(older)}"


def _link(other: CircularNamedOut) -> str:
    """Another circular, by issuer, number, day and subject."""
    said = f"{escape(other.issuer)}, {escape(other.number)}, {both(day(other.dated_on))}"
    return f'<a href="/circulars/{other.id}">{escape(other.subject)}</a> ({said})'


def _obligation(obligation: ObligationOut) -> str:
    due = f"<br>{both(_by(obligation.due_on))}" if obligation.due_on else ""
    to = f"<br>→ {escape(obligation.report_to)}" if obligation.report_to else ""
    return escape(obligation.what) + due + to


def _by(due_on: date) -> Text:
    on = day(due_on)
    return Text(f"Paling lambat {on.id}", f"By {on.en}")


def _attached(circular: CircularDetailOut, file: CircularAttachmentOut) -> str:
    path = f"/api/v1/circulars/{circular.id}/attachments/{file.evidence_id}"
    return (
        f'<a href="{path}">{escape(file.title)}</a><br>'
        f'<code class="hash">{escape(file.copy_sha256 or file.sha256)}</code>'
    )


def _papers(circular: CircularDetailOut) -> str:
    path = f"/api/v1/circulars/{circular.id}/document"
    return f'<a class="button other" href="{path}">PDF</a>'


def _proof(circular: CircularDetailOut) -> str:
    if circular.content_hash is None:
        return ""
    path = f"/api/v1/circulars/{circular.id}/content"
    rows = (
        (Text("Log", "Log"), _code(circular.log.value)),
        (Text("Nomor daun", "Leaf index"), _code(str(circular.issued_leaf))),
        (Text("SHA-256 naskah", "SHA-256 of the text"), _code(circular.content_hash)),
    )
    head = Text("Bukti dalam buku besar terbuka", "Proof in the open ledger")
    bytes_said = both(Text("Naskah persis seperti diterbitkan", "The text exactly as issued"))
    return (
        f'<details class="card"><summary>{both(head)}</summary>{facts(rows)}'
        f'<p><a href="{path}">{bytes_said}</a></p></details>'
    )


def _other_day(on: date) -> str:
    """How it stood on another day, without a script."""
    asked = Text("Berlakukah pada hari lain?", "Was it in force on another day?")
    return (
        f'<form class="card" method="get"><label for="day">{both(asked)}</label>'
        f'<input id="day" name="in_force_on" type="date" required value="{on.isoformat()}">'
        f'<button class="other">{both(Text("Periksa", "Check"))}</button></form>'
    )


def _code(said: str) -> str:
    return f'<code class="hash">{escape(said)}</code>'


def _listed(title: Text, items: Sequence[str]) -> str:
    """A card with numbered points, which are HTML already; nothing where there are none."""
    if not items:
        return ""
    points = "".join(f"<li>{each}</li>" for each in items)
    return f'<section class="card"><h2>{both(title)}</h2><ol>{points}</ol></section>'
