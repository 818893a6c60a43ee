"""The page on which an invited office answers, as HTML in both languages; every word that is not
ours is escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from app.core.days import day, moment
from app.core.errors import DomainError, Fault
from app.core.html import banner, both, code_form, facts
from app.core.texts import Text
from app.rakor.rules.attendance import InvitationSeat, InvitationWithdrawn
from app.rakor.rules.events import Stage
from app.rakor.rules.labels import LABELS
from app.rakor.schemas.answers import AnsweredOut, OwnInvitationOut
from app.rakor.schemas.tickets import EventTicketOut
from app.rakor.service.answer_form import form_of

_REFUSED: Final = Text("Belum tercatat", "Not recorded")
_RECORDED: Final = Text("Jawaban tercatat", "Answer recorded")
_CHANGE: Final = Text(
    "Jawaban dapat diubah sampai kegiatan terlaksana, dengan tautan yang sama.",
    "The answer can be changed until the event is held, by the same link.",
)
_TICKET: Final = Text("Tiket masuk", "Ticket")
_SHOW: Final = Text(
    "Tunjukkan kode ini di pintu; simpan gambarnya bila di sana tidak ada jaringan.",
    "Show this code at the door; keep a picture of it where there may be no network.",
)
_SIGN: Final = Text("Tanda tangani dengan ponsel ini", "Sign on this phone")
_SIGN_WHY: Final = Text(
    "Pada kegiatan ini ditandatangani sebuah deklarasi: di ruangan dengan tiket yang sama, atau"
    " dengan ponsel Anda sendiri.",
    "A declaration is signed at this event: in the room by the same ticket, or on your own phone.",
)
_CLOSED: Final = Text("Tidak menerima jawaban lagi", "No more answers are taken")
_HELD: Final = Text("Kegiatan ini sudah terlaksana.", "This event was held.")
_CANCELLED: Final = Text("Kegiatan ini dibatalkan.", "This event was cancelled.")
_OPEN: Final = Text("Buka undangan", "Open the invitation")
_CODE: Final = Text("Kode undangan", "Code of the invitation")
_CODE_WHY: Final = Text(
    "Kode ini tertulis dalam surat undangan, atau di belakang tanda # pada tautannya.",
    "It stands in the letter, or behind the # of its link.",
)


def ask_code() -> str:
    return code_form(_OPEN, _CODE, _CODE_WHY)


def ask(
    own: OwnInvitationOut, code: str, filled: Mapping[str, str], faults: Sequence[Fault] = ()
) -> str:
    """The invitation, and the form to answer it, where that is possible still."""
    if not own.takes_answers:
        return banner("waiting", _CLOSED, _why_closed(own)) + _invitation(own, level="h2")
    return _invitation(own) + _answer(own) + form_of(code, filled, faults, own)


def tell(own: AnsweredOut, code: str) -> str:
    """What was recorded, the ticket of who has a seat, and the form to change it."""
    kind = "waiting" if own.seat is InvitationSeat.WAITING else "valid"
    said = _said(own)
    told = Text(f"{said.id}. {_CHANGE.id}", f"{said.en}. {_CHANGE.en}")
    head = banner(kind, _RECORDED, told)
    ticket = _ticket(own.ticket) if own.ticket else ""
    signs = _signing(code) if own.declaration_id and own.ticket else ""
    form = form_of(code, before(own), (), own)
    return head + ticket + signs + _invitation(own, level="h2") + form


def refuse(refusal: DomainError, again: str = "") -> str:
    """Why it cannot be; and the way to begin anew."""
    return banner("invalidated", _REFUSED, refusal.detail) + (again or ask_code())


def before(own: OwnInvitationOut) -> dict[str, str]:
    """What was answered before, as far as it is shown again."""
    said = {
        "answer": own.answer,
        "deputy_post": own.deputy_post,
        "duty_letter_number": own.duty_letter_number,
        "online": "true" if own.joins_online else None,
    }
    return {name: value for name, value in said.items() if value}


def _ticket(ticket: EventTicketOut) -> str:
    picture = f"data:image/svg+xml,{quote(ticket.qr_svg)}"
    return (
        f'<section class="card"><h2>{both(_TICKET)}</h2><p>{both(_SHOW)}</p>'
        f'<img class="qr" src="{picture}" alt="{escape(_TICKET.id)}" width="280" height="280">'
        "</section>"
    )


def _signing(code: str) -> str:
    """The way to the personal link: by the code, which stands in no address."""
    return (
        f'<form class="card" method="post" action="/invitations/signing"><p>{both(_SIGN_WHY)}</p>'
        f'<input type="hidden" name="code" value="{escape(code)}">'
        f"<button>{both(_SIGN)}</button></form>"
    )


def _why_closed(own: OwnInvitationOut) -> Text:
    if own.is_withdrawn:
        return InvitationWithdrawn.text
    return _CANCELLED if own.stage is Stage.CANCELLED else _HELD


def _said(own: OwnInvitationOut) -> Text:
    """The answer, and what it came to."""
    parts = []
    if own.answer is not None:
        parts.append(LABELS["invitation_answer"][own.answer])
    if own.seat is not None:
        parts.append(LABELS["invitation_seat"][own.seat])
    if own.waiting_number is not None:
        parts.append(Text(f"urutan ke-{own.waiting_number}", f"place {own.waiting_number}"))
    return Text(", ".join(each.id for each in parts), ", ".join(each.en for each in parts))


def _answer(own: OwnInvitationOut) -> str:
    if own.answer is None or own.answered_at is None:
        return ""
    at, said = moment(own.answered_at, own.time_zone), _said(own)
    head = Text("Jawaban sekarang", "The answer now")
    told = Text(f"{said.id}. {at.id}", f"{said.en}. {at.en}")
    return f'<section class="card"><h2>{both(head)}</h2><p>{both(told)}</p></section>'


def _invitation(own: OwnInvitationOut, level: str = "h1") -> str:
    """Who is invited to what, by whom, where and when."""
    on, until = day(own.starts_on), day(own.ends_on)
    days = on if on == until else Text(f"{on.id} s.d. {until.id}", f"{on.en} to {until.en}")
    told = (
        (Text("Yang diundang", "Invited"), f"{escape(own.post)}, {escape(own.office_name)}"),
        (Text("Nomor surat", "Letter number"), escape(own.letter_number or "")),
        (Text("Penyelenggara", "Organiser"), escape(own.organiser)),
        (Text("Tanggal", "Date"), both(days)),
        (Text("Tempat", "Place"), escape(own.venue or "")),
        (Text("Bentuk", "Form"), both(LABELS["event_mode"][own.mode])),
        (Text("Batas jawaban", "Day for answers"), both(day(own.answers_due_on))),
        (Text("Tujuan", "Purpose"), escape(own.purpose)),
    )
    return f'<{level}>{escape(own.title)}</{level}><section class="card">{facts(told)}</section>'
