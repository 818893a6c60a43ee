"""The page on which an office reports what it did, as HTML in both languages; every word that is
not ours is escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from app.core.days import day
from app.core.errors import DomainError, Fault
from app.core.html import banner, both, code_form, facts
from app.core.texts import Text
from app.rakor.rules.followups import FOLLOW_UP_STATES, UNFINISHED, EventFollowUpState
from app.rakor.schemas.followups import EventFollowUpOut

PATH: Final = "/follow-ups"
BEGINNING: Final = "beginning"
COMPLETION: Final = "completion"

_OPEN: Final = Text("Buka tindak lanjut", "Open the follow-up")
_CODE: Final = Text("Kode tindak lanjut", "Code of the follow-up")
_CODE_WHY: Final = Text(
    "Kode ini diberikan penyelenggara, dan tertulis dalam surel pengingat.",
    "The organiser gave this code; it stands in the reminders by e-mail.",
)
_REFUSED: Final = Text("Belum tercatat", "Not recorded")
_RECORDED: Final = Text("Laporan tercatat", "Report recorded")
_CLOSED: Final = Text("Tidak ada lagi yang dilaporkan", "Nothing more to report")
_REPORT: Final = Text("Laporan kantor Anda", "The report of your office")
_NOTE: Final = Text("Keterangan", "Note")
_LINK: Final = Text("Tautan bukti (boleh dikosongkan)", "Link to the proof (may be left out)")
_PROOF: Final = Text(
    "Yang selesai disertai bukti: tautan atau keterangan.",
    "What is done has a proof: a link or a note.",
)
_BEGIN: Final = Text("Kami mulai mengerjakan", "We have begun")
_DONE: Final = Text("Sudah selesai", "It is done")
_SOME_WRONG: Final = Text("Periksa lagi isian di bawah.", "Look again at the fields below.")


def link_of(public_address: str, code: str) -> str:
    """Where the office reports; no browser sends what stands behind the `#`, so it is in no log."""
    return f"{public_address}{PATH}#{code}"


def ask_code() -> str:
    return code_form(_OPEN, _CODE, _CODE_WHY)


def ask(
    own: EventFollowUpOut, code: str, filled: Mapping[str, str], faults: Sequence[Fault] = ()
) -> str:
    """What is to do, and the form to report on it, where there is something left to report."""
    if own.state not in UNFINISHED:
        return banner("waiting", _CLOSED, FOLLOW_UP_STATES[own.state]) + _told(own, "h2")
    return _told(own, "h1") + _form(own, code, filled, faults)


def tell(own: EventFollowUpOut, code: str) -> str:
    """What was recorded, and the form for what is left."""
    head = banner("valid", _RECORDED, FOLLOW_UP_STATES[own.state])
    form = _form(own, code, {}, ()) if own.state in UNFINISHED else ""
    return head + _told(own, "h2") + form


def refuse(refusal: DomainError, again: str = "") -> str:
    """Why it cannot be; and the way to begin anew."""
    return banner("invalidated", _REFUSED, refusal.detail) + (again or ask_code())


def _told(own: EventFollowUpOut, level: str) -> str:
    told = (
        (Text("Penanggung jawab", "Responsible"), escape(own.office_name)),
        (Text("Paling lambat", "Due"), both(day(own.due_on))),
        (Text("Keadaan", "State"), both(FOLLOW_UP_STATES[own.state])),
    )
    return f'<{level}>{escape(own.action)}</{level}><section class="card">{facts(told)}</section>'


def _form(
    own: EventFollowUpOut, code: str, filled: Mapping[str, str], faults: Sequence[Fault]
) -> str:
    """The form with what was typed, and what is wrong with it at its head."""
    said = "".join(f'<p class="fault">{both(each.message)}</p>' for each in faults)
    wrong = f'<div role="alert"><p class="fault">{both(_SOME_WRONG)}</p>{said}</div>'
    begin = own.state is EventFollowUpState.OPEN
    return (
        f'<form class="card" method="post" action="{PATH}" id="report"><h2>{both(_REPORT)}</h2>'
        f'{wrong if faults else ""}<input type="hidden" name="code" value="{escape(code)}">'
        f'<p class="soft small">{both(_PROOF)}</p><label for="note">{both(_NOTE)}</label>'
        '<textarea id="note" name="note" rows="4" maxlength="2000">'
        f'\n{escape(filled.get("note", ""))}</textarea><label for="link">{both(_LINK)}</label>'
        '<input id="link" name="link" inputmode="url" maxlength="1988" autocomplete="off"'
        f' value="{escape(filled.get("link", ""))}">'
        f"{_button(BEGINNING, _BEGIN) if begin else ''}{_button(COMPLETION, _DONE)}</form>"
    )


def _button(step: str, says: Text) -> str:
    return f'<button name="step" value="{step}">{both(says)}</button>'
