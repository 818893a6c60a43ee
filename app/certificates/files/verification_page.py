"""What a check found, as HTML in both languages; every word that is not ours is escaped."""

from html import escape
from typing import Final, NamedTuple

from app.certificates.rules.states import PaperState
from app.certificates.schemas.verification import FactOut, ProofOut, VerificationOut
from app.core.html import both
from app.core.texts import Text

_MARKS: Final = {
    "valid": '<path d="m10 20.5 7 7L31 13.5"/>',
    "waiting": '<path d="M20 11v9.5l6 3.5"/>',
    "withdrawn": '<path d="M13 13h11a6 6 0 0 1 0 12h-8"/><path d="m17 8-5 5 5 5"/>',
    "invalidated": '<path d="m13 13 14 14M27 13 13 27"/>',
    "revoked": '<path d="m13 13 14 14M27 13 13 27"/>',
    "replaced": '<path d="M13 15h13l-4-4M27 25H14l4 4"/>',
    "unknown": '<path d="M15 15.5a5 5 0 1 1 7 4.6c-1.4.7-2 1.6-2 3.4M20 28.5v.5"/>',
}
_HEADS: Final = {
    PaperState.VALID: Text("Sah", "Valid"),
    PaperState.WAITING: Text("Belum diperiksa", "Not checked yet"),
    PaperState.WITHDRAWN: Text("Sudah ditarik kembali", "Withdrawn"),
    PaperState.INVALIDATED: Text("Tidak sah lagi", "No longer valid"),
    PaperState.REVOKED: Text("Sudah dicabut", "Revoked"),
    PaperState.REPLACED: Text("Sudah diganti", "Replaced"),
}
_MEANINGS: Final = {
    PaperState.VALID: Text(
        "Kode ini kami terbitkan, dan isinya masih berlaku.",
        "We issued this code, and what it stands for still holds.",
    ),
    PaperState.WAITING: Text(
        "Tercatat, tetapi penyelenggara belum mencocokkan siapa yang menandatangani.",
        "Recorded, but the organiser has not checked yet who it was that signed.",
    ),
    PaperState.WITHDRAWN: Text(
        "Kode ini kami terbitkan, tetapi penanda tangannya sudah menariknya kembali.",
        "We issued this code, but the signer has taken the signature back.",
    ),
    PaperState.INVALIDATED: Text(
        "Kode ini kami terbitkan, tetapi sudah dinyatakan tidak sah.",
        "We issued this code, but it was declared invalid since.",
    ),
    PaperState.REVOKED: Text(
        "Kode ini kami terbitkan, tetapi penerbitnya sudah mencabutnya.",
        "We issued this code, but its issuer has revoked it since.",
    ),
    PaperState.REPLACED: Text(
        "Kode ini kami terbitkan, tetapi suratnya sudah diganti; mintalah surat yang baru.",
        "We issued this code, but its paper was replaced; ask for the new one.",
    ),
}
_UNKNOWN: Final = (
    Text("Kode tidak dikenal", "Unknown code"),
    Text(
        "Kami tidak menerbitkan kode ini. Periksa setiap huruf dan angka; bila tetap tidak dikenal,"
        " jangan percayai surat yang memuatnya.",
        "We did not issue this code. Check every letter and digit; if it stays unknown, do not"
        " trust the paper that shows it.",
    ),
)
_NAME: Final = Text("Cocokkan nama", "Compare the name")
_NAME_WHY: Final = Text(
    "Ketik nama persis seperti di surat. Kami hanya menjawab cocok atau tidak.",
    "Type the name as it stands on the paper. We only answer whether it matches.",
)


class Answer(NamedTuple):
    """The status of a page, and the HTML of its places."""

    status: int
    result: str
    form: str


def answer_to(code: str, found: VerificationOut | None) -> Answer:
    """What is shown to whoever asked for this code, or for none yet."""
    if not code:
        return Answer(200, "", _form(is_first=True))
    if found is None:
        return Answer(404, _banner("unknown", *_UNKNOWN), _form(is_first=False))
    return Answer(200, _result(found), _form(is_first=False))


def _result(found: VerificationOut) -> str:
    """State first, then what the paper must say, then the name, then the proof."""
    facts = "".join(_fact(each) for each in found.facts)
    parts = (
        _banner(found.state.value, _HEADS[found.state], _MEANINGS[found.state]),
        f'<section class="card"><h2>{both(found.title)}</h2>'
        f'<p class="code">{escape(found.code)}</p><dl>{facts}</dl></section>',
        _name_form(found.code) if found.has_holder else "",
        _proof(found.proof) if found.proof else "",
    )
    return "\n".join(parts)


def _form(*, is_first: bool) -> str:
    """Where a code is typed; it is the heading of the page where nothing was asked yet."""
    title = (
        Text("Periksa surat", "Check a paper") if is_first else Text("Kode lain", "Another code")
    )
    level = "h1" if is_first else "h2"
    why = Text(
        "Ketik kode yang tercetak di dekat kode QR. Huruf besar atau kecil sama saja.",
        "Type the code printed beside the QR code. Capitals make no difference.",
    )
    return (
        f'<form class="card" action="/verify" method="get"><{level}>{both(title)}</{level}>'
        f'<p class="soft small" id="code-why">{both(why)}</p>'
        f'<label for="code">{both(Text("Kode", "Code"))}</label>'
        '<input id="code" name="code" required maxlength="60" autocomplete="off"'
        ' autocapitalize="characters" spellcheck="false" aria-describedby="code-why"'
        ' placeholder="D00000-000000-000000">'
        f"<button>{both(Text('Periksa', 'Check'))}</button></form>"
    )


def _banner(state: str, head: Text, meaning: Text) -> str:
    mark = (
        '<svg viewBox="0 0 40 40" fill="none" stroke="currentColor" stroke-width="3.2"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f'<circle cx="20" cy="20" r="17.5"/>{_MARKS[state]}</svg>'
    )
    return (
        f'<section class="state {state}">{mark}<div><h1>{both(head)}</h1>'
        f"<p>{both(meaning)}</p></div></section>"
    )


def _fact(fact: FactOut) -> str:
    said = both(fact.said)
    if fact.name.endswith("_hash"):
        said = f'<code class="hash">{said}</code>'
    return f"<div><dt>{both(fact.about)}</dt><dd>{said}</dd></div>"


def _name_form(code: str) -> str:
    return (
        f'<form class="card" id="name-form" data-code="{escape(code)}" hidden>'
        f"<h2>{both(_NAME)}</h2>"
        f'<p class="soft small" id="name-why">{both(_NAME_WHY)}</p>'
        f'<label for="name">{both(Text("Nama di surat", "Name on the paper"))}</label>'
        '<input id="name" name="name" required maxlength="200" autocomplete="off"'
        ' spellcheck="false" aria-describedby="name-why">'
        f'<button class="other">{both(Text("Cocokkan", "Compare"))}</button></form>'
        '<p id="name-said" role="status"></p>'
    )


def _proof(proof: ProofOut) -> str:
    summary = Text("Bukti dalam buku besar terbuka", "Proof in the open ledger")
    rows = (
        (Text("Log", "Log"), proof.log),
        (Text("Nomor daun", "Leaf index"), str(proof.leaf_index)),
        (Text("Hash daun", "Leaf hash"), proof.leaf_hash),
        (Text("Ukuran pohon", "Tree size"), str(proof.tree_size or "…")),
        (Text("Hash akar", "Root hash"), proof.root_hash or "…"),
    )
    listed = "".join(
        f'<div><dt>{both(about)}</dt><dd><code class="hash">{escape(said)}</code></dd></div>'
        for about, said in rows
    )
    return f'<details class="card"><summary>{both(summary)}</summary><dl>{listed}</dl></details>'
