"""The page of an open link, as HTML in both languages; every word that is not ours is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import quote

from app.certificates.files.typesetting import qr_picture
from app.core.days import day, moment
from app.core.errors import DomainError, Fault
from app.core.forms import TextOut
from app.core.html import banner, both, facts
from app.core.texts import Text
from app.declarations.repository.papers import Pledged
from app.declarations.rules.kinds import Check, SignatureState, Status
from app.declarations.rules.labels import LABELS
from app.declarations.rules.steps import TAKES_SIGNATURES, AlreadySigned
from app.declarations.schemas.declarations import PointIn
from app.declarations.service.certificates import signed_text_of
from app.declarations.service.open_form import form_of
from app.declarations.service.open_link import Receipt, may_sign_later

_REFUSED: Final = Text("Belum tercatat", "Not recorded")
_ALREADY: Final = Text("Sudah ada tanda tangan atas nama ini", "This name has signed already")
_WHAT_NOW: Final = Text(
    "Bila Anda yang menandatangani tadi, tanda tangan Anda sudah tercatat; tautan pribadinya hanya"
    " muncul pada halaman pertama. Bila bukan Anda, beri tahu penyelenggara.",
    "If it was you, your signature is recorded; its personal link appears on the first page only."
    " If it was not you, tell the organiser.",
)
_NOT_YET: Final = (
    Text("Belum dibuka", "Not open yet"),
    Text(
        "Naskah ini dapat ditandatangani setelah penyelenggara membukanya.",
        "This text can be signed once the organiser has opened it.",
    ),
)
_OVER: Final = (
    Text("Sudah ditutup", "Closed"),
    Text(
        "Deklarasi ini tidak dapat ditandatangani lagi.", "This declaration can be signed no more."
    ),
)
_BY_TICKET: Final = (
    Text("Hanya dengan tautan pribadi", "By personal links only"),
    Text(
        "Bukalah tautan pribadi dari penyelenggara, atau tanda tanganilah di tempat.",
        "Open the personal link that the organiser gave you, or sign on the spot.",
    ),
)
_WAITS: Final = Text(
    "Tanda tangan melalui tautan ini menunggu pemeriksaan penyelenggara: ia mencocokkan nama,"
    " jabatan, dan instansi Anda.",
    "A signature by this link waits for the organiser's check of your name, position and office.",
)
_PUBLIC: Final = Text(
    "Di log publik hanya tercatat: deklarasi ini, hash naskahnya, kabupaten atau kota, kelompok dan"
    " peran Anda, serta segel acak yang tidak memuat nama. Nama, jabatan, instansi, dan NIP Anda"
    " disimpan tersegel untuk penyelenggara.",
    "The public log holds this declaration, the hash of its text, the regency or city, your group"
    " and role, and a random seal without your name. Your name, position, office and NIP are kept"
    " sealed for the organiser.",
)
_KEEP: Final = Text(
    "Simpan tautan ini sekarang: kami tidak dapat mengirimkannya lagi. Siapa pun yang memilikinya"
    " dapat membaca, mencetak, dan menarik kembali tanda tangan Anda; jangan dibagikan.",
    "Keep this link now: we cannot send it again. Whoever has it can read, print and take back your"
    " signature; share it with nobody.",
)
_STATES: Final = {
    SignatureState.VALID: Text("Sudah tercatat", "Recorded"),
    SignatureState.WITHDRAWN: Text("Sudah Anda tarik kembali", "You took it back"),
    SignatureState.INVALIDATED: Text("Dinyatakan tidak sah", "Declared invalid"),
}


@dataclass(frozen=True)
class Sent:
    """A form as it came back, or goes out, with what is wrong in it and what can be chosen."""

    filled: Mapping[str, str]
    faults: Sequence[Fault] = ()
    regencies: Sequence[tuple[str, str]] = ()


def ask(pledged: Pledged, fresh: Sent) -> str:
    """The declaration, and the form to sign it, where that is possible."""
    closed = _standing(pledged)
    if closed is not None:
        return banner("waiting", *closed) + _declared(pledged, level="h2")
    return _declared(pledged) + _notice() + form_of(fresh.filled, (), fresh.regencies)


def refuse(pledged: Pledged | None, sent: Sent | None, refusal: DomainError) -> str:
    """Why it was not signed; with what was typed, wherever trying again may help."""
    head, why = (pledged and _standing(pledged)) or _refusal(refusal)
    parts = [banner("invalidated", head, why)]
    if pledged is not None:
        parts.append(_declared(pledged, level="h2"))
    if sent is not None and (pledged is None or may_sign_later(pledged)):
        parts.append(form_of(sent.filled, sent.faults, sent.regencies))
    return "".join(parts)


def _refusal(refusal: DomainError) -> tuple[Text, Text]:
    if not isinstance(refusal, AlreadySigned):
        return _REFUSED, refusal.detail
    # The first answer may have been lost: then this was the signer himself.
    why = refusal.detail
    return _ALREADY, Text(f"{why.id} {_WHAT_NOW.id}", f"{why.en} {_WHAT_NOW.en}")


def tell(pledged: Pledged, receipt: Receipt, public_address: str) -> str:
    """What the signer takes home."""
    signed, code = receipt.signed, receipt.code
    waits = signed.check is Check.WAITING
    kind = "waiting" if waits and signed.state is SignatureState.VALID else signed.state.value
    when = moment(signed.recorded_at, pledged.zone)
    said = Text(when.id, when.en)
    if waits:
        label = LABELS["signature_check"][Check.WAITING]
        said = Text(f"{when.id}. {label.id}.", f"{when.en}. {label.en}.")
    again = Text("Orang lain menandatangani di ponsel ini", "Somebody else signs on this phone")
    return (
        banner(kind, _STATES[signed.state], said)
        + _ticket(f"{public_address}/sign", signed.ticket or "")
        + _code(f"{public_address}/verify/{code}", code)
        + _declared(pledged, level="h2")
        + f'<a class="button other" href="/sign/{pledged.declaration.id}">{both(again)}</a>'
    )


def _standing(pledged: Pledged) -> tuple[Text, Text] | None:
    """Why this link does not sign now."""
    if not pledged.declaration.open_link:
        return _BY_TICKET
    if pledged.declaration.status in TAKES_SIGNATURES:
        return None
    return _NOT_YET if pledged.declaration.status is Status.PLANNED else _OVER


def _declared(pledged: Pledged, level: str = "h1") -> str:
    """Everything that is signed, and about whom and where."""
    declaration, text = pledged.declaration, signed_text_of(pledged)
    on = day(declaration.held_on)
    points = "".join(f"<li>{_point(each)}</li>" for each in text.points)
    told = (
        (Text("Bentuk", "Kind"), both(LABELS["declaration_kind"][declaration.kind])),
        (Text("Penyelenggara", "Organiser"), escape(declaration.office_name)),
        (Text("Tempat", "Place"), escape(declaration.place)),
        (Text("Tanggal", "Date"), both(on)),
        (Text("Dipimpin oleh", "Led by"), escape(declaration.led_by)),
        (
            Text("SHA-256 naskah", "SHA-256 of the text"),
            f'<code class="hash">{escape(declaration.text_hash)}</code>',
        ),
    )
    return (
        f"<{level}>{escape(declaration.title)}</{level}>"
        f'<section class="card">{facts(told)}</section>'
        f'<section class="card"><h2>{both(text.title)}</h2><p>{both(text.opening)}</p>'
        f"<ol>{points}</ol></section>"
    )


def _point(point: PointIn) -> str:
    return both(TextOut(id=point.id, en=point.en or point.id))


def _notice() -> str:
    return (
        f'<section class="card"><h2>{both(Text("Sebelum menandatangani", "Before you sign"))}</h2>'
        f"<p>{both(_WAITS)}</p><p>{both(_PUBLIC)}</p></section>"
    )


def _ticket(page: str, ticket: str) -> str:
    """The ticket stands behind a `#`, which no browser sends."""
    head = Text("Tautan pribadi Anda", "Your personal link")
    return (
        f'<section class="card"><h2>{both(head)}</h2><p><strong>{both(_KEEP)}</strong></p>'
        f'<p><a href="/sign#{escape(ticket)}"><code>{_bare(page)}#{escape(ticket)}</code></a></p>'
        "</section>"
    )


def _code(address: str, code: str) -> str:
    head = Text("Bukti Anda", "Your proof")
    why = Text("Siapa pun dapat memeriksa kode ini di", "Anybody can check this code at")
    picture = f"data:image/svg+xml,{quote(qr_picture(address))}"
    return (
        f'<section class="card"><h2>{both(head)}</h2>'
        f'<img class="qr" src="{picture}" alt="{escape(code)}" width="208" height="208">'
        f'<p class="code">{escape(code)}</p><p class="small">{both(why)}'
        f' <a href="/verify/{escape(code)}">{_bare(address)}</a></p></section>'
    )


def _bare(address: str) -> str:
    return escape(address.partition("://")[2])
