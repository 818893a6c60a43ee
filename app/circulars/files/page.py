"""A circular, and the list of those in force, as HTML in both languages; every word that is not
ours is escaped."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

from app.circulars.files.addressees import said_to
from app.circulars.rules.circulars import CircularState
from app.circulars.rules.labels import LABELS
from app.circulars.schemas.circulars import CircularDetailOut, CircularOut
from app.circulars.schemas.parts import CircularAttachmentOut, ObligationOut
from app.core.days import day
from app.core.texts import Text

_IN_FORCE: Final = Text("Berlaku hari ini", "In force today")
_NOT_IN_FORCE: Final = Text("Tidak berlaku hari ini", "Not in force today")
_DRAFT: Final = Text("Rancangan, belum diterbitkan", "A draft, not issued yet")
_NONE: Final = Text(
    "Tidak ada edaran yang berlaku pada hari itu di wilayah itu.",
    "No circular was in force there on that day.",
)
_WHY: Final = Text(
    "Naskah yang berlaku pada suatu hari, seperti diterbitkan.",
    "The texts that were in force on a day, as they were issued.",
)


def page_of(circular: CircularDetailOut) -> str:
    """State first, then the letter, then what it obliges to, then its proof."""
    parts = (
        _banner(circular),
        _letter(circular),
        _listed(Text("Kepada", "To"), [_both(said_to(each)) for each in circular.addressees]),
        _listed(Text("Dasar hukum", "Legal basis"), [escape(e) for e in circular.legal_basis]),
        _body(circular),
        _listed(
            Text("Kewajiban", "Obligations"), [_obligation(each) for each in circular.obligations]
        ),
        _listed(
            Text("Lampiran", "Attachments"), [_attached(circular, e) for e in circular.attachments]
        ),
        _listed(Text("Tembusan", "Copies"), [escape(each) for each in circular.copies_to]),
        _papers(circular),
        _proof(circular),
    )
    return "\n".join(part for part in parts if part)


def list_of(circulars: Sequence[CircularOut], on: date, region: str) -> str:
    """Where a day and a region are asked for, and what was in force there then."""
    shown = day(on)
    title = Text(f"Edaran yang berlaku {shown.id}", f"Circulars in force on {shown.en}")
    items = "".join(_item(each) for each in circulars)
    found = f"<ol>{items}</ol>" if items else f"<p>{_both(_NONE)}</p>"
    return (
        f"<h1>{_both(title)}</h1>"
        f'<form class="card" action="/circulars" method="get">'
        f'<p class="soft small">{_both(_WHY)}</p>'
        f'<label for="day">{_both(Text("Hari", "Day"))}</label>'
        f'<input id="day" name="in_force_on" type="date" required value="{on.isoformat()}">'
        f'<label for="region">{_both(Text("Kode wilayah", "Region code"))}</label>'
        f'<input id="region" name="region" maxlength="13" value="{escape(region)}"'
        ' placeholder="73.07" autocomplete="off">'
        f"<button>{_both(Text('Tampilkan', 'Show'))}</button></form>"
        f'<section class="card">{found}</section>'
    )


def _item(circular: CircularOut) -> str:
    on = day(circular.dated_on)
    return (
        f'<li><a href="/circulars/{circular.id}">{escape(circular.subject)}</a><br>'
        f'<span class="small soft">{escape(circular.issuer)} · {escape(circular.number)} ·'
        f" {_both(on)}</span></li>"
    )


def _banner(circular: CircularDetailOut) -> str:
    if circular.state is CircularState.DRAFT:
        kind, head = "waiting", _DRAFT
    else:
        is_now = circular.is_in_force
        kind, head = ("valid", _IN_FORCE) if is_now else ("invalidated", _NOT_IN_FORCE)
    return (
        f'<section class="state {kind}"><div><h1>{_both(head)}</h1>'
        f"<p>{_both(_period(circular))}</p></div></section>"
    )


def _period(circular: CircularDetailOut) -> Text:
    since = day(circular.in_force_from)
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
        (Text("Tanggal", "Date"), place + _both(day(circular.dated_on))),
        (Text("Sifat", "Nature"), _both(LABELS["circular_nature"][circular.nature])),
        (Text("Wilayah", "Region"), escape(circular.region_code)),
        (Text("Ditandatangani", "Signed"), signer),
    ]
    if circular.ended_by is not None:
        link = f'<a href="/circulars/{circular.ended_by}">{circular.ended_by}</a>'
        rows.append((Text("Digantikan oleh", "Replaced by"), link))
    if circular.ending_reason is not None:
        rows.append((Text("Alasan", "Reason"), escape(circular.ending_reason)))
    told = "".join(f"<div><dt>{_both(about)}</dt><dd>{said}</dd></div>" for about, said in rows)
    kind = LABELS["circular_kind"][circular.kind]
    return (
        f'<section class="card"><p class="soft small">{_both(kind)}</p>'
        f"<h2>{escape(circular.subject)}</h2><dl>{told}</dl></section>"
    )


def _body(circular: CircularDetailOut) -> str:
    if circular.body is None:
        return ""
    paragraphs = "".join(
        f"<p>{escape(each.strip())}</p>" for each in circular.body.split("\n\n") if each.strip()
    )
    return f'<section class="card"><h2>{_both(Text("Isi", "Text"))}</h2>{paragraphs}</section>'


def _listed(title: Text, items: Sequence[str]) -> str:
    if not items:
        return ""
    listed = "".join(f"<li>{each}</li>" for each in items)
    return f'<section class="card"><h2>{_both(title)}</h2><ol>{listed}</ol></section>'


def _obligation(obligation: ObligationOut) -> str:
    due = f"<br>{_both(_by(obligation.due_on))}" if obligation.due_on else ""
    to = f"<br>→ {escape(obligation.report_to)}" if obligation.report_to else ""
    return escape(obligation.what) + due + to


def _by(due_on: date) -> Text:
    on = day(due_on)
    return Text(f"Paling lambat {on.id}", f"By {on.en}")


def _attached(circular: CircularDetailOut, file: CircularAttachmentOut) -> str:
    path = f"/api/v1/circulars/{circular.id}/attachments/{file.evidence_id}"
    return (
        f'<a href="{path}">{escape(file.title)}</a><br>'
        f'<code class="hash">{escape(file.sha256)}</code>'
    )


def _papers(circular: CircularDetailOut) -> str:
    path = f"/api/v1/circulars/{circular.id}/document"
    return f'<a class="button other" href="{path}">PDF</a>'


def _proof(circular: CircularDetailOut) -> str:
    if circular.content_hash is None:
        return ""
    path = f"/api/v1/circulars/{circular.id}/content"
    rows = (
        (Text("Log", "Log"), escape(circular.log.value)),
        (Text("Nomor daun", "Leaf index"), str(circular.issued_leaf)),
        (Text("SHA-256 naskah", "SHA-256 of the text"), circular.content_hash),
    )
    listed = "".join(
        f'<div><dt>{_both(about)}</dt><dd><code class="hash">{said}</code></dd></div>'
        for about, said in rows
    )
    head = Text("Bukti dalam buku besar terbuka", "Proof in the open ledger")
    bytes_said = _both(Text("Naskah persis seperti diterbitkan", "The text exactly as issued"))
    return (
        f'<details class="card"><summary>{_both(head)}</summary><dl>{listed}</dl>'
        f'<p><a href="{path}">{bytes_said}</a></p></details>'
    )


def _both(text: Text) -> str:
    """Both languages, of which the page shows one; once, where they are the same."""
    if text.id == text.en:
        return escape(text.id)
    return f'<span lang="id">{escape(text.id)}</span><span lang="en">{escape(text.en)}</span>'
