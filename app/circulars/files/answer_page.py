"""The page of a link, on which an addressed office answers, as HTML in both languages; every word
that is not ours is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final

from app.circulars.files import answer_forms as forms
from app.circulars.files.answer_forms import AnswerStep, Filled, Typed
from app.circulars.rules.labels import LABELS
from app.circulars.schemas.answers import AddressedOut
from app.circulars.schemas.cascade import AddresseeCodeOut, ReachLevelOut, ReachOut
from app.circulars.schemas.contacts import AddresseeContactOut
from app.core.days import day
from app.core.errors import DomainError, Fault
from app.core.html import banner, both, code_form, facts
from app.core.paging import Found
from app.core.texts import Text

_OVER: Final = Text("Edaran ini tidak berlaku lagi", "This circular is in force no more")
_NOTHING: Final = Text("Tidak ada yang harus dilakukan.", "Nothing is owed.")
_UNCHANGED: Final = Text("Tidak ada yang berubah", "Nothing was changed")
_REFUSED: Final = Text("Belum tercatat", "Not recorded")
_OPEN: Final = Text("Buka edaran", "Open the circular")
_CODE: Final = Text("Kode edaran", "Code of the circular")
_CODE_WHY: Final = Text(
    "Kode ini terletak setelah tanda # pada tautan yang Anda terima.",
    "It stands behind the # of the link that you received.",
)
_BACK: Final = Text("Kembali", "Back")
_CODES: Final = Text("Tautan bagi yang Anda tuju", "Links for those whom you addressed")
_MORE: Final = Text("Berikutnya", "Next")
_LINKS_WHY: Final = Text(
    "Sampaikan kepada tiap kantor tautannya sendiri, dan jangan kepada pihak lain.",
    "Hand each office the link of its own, and nobody else.",
)


@dataclass(frozen=True)
class Shown:
    """What the page says: the office's own part, what it forwarded, and what was typed."""

    own: AddressedOut
    reach: ReachOut
    contact: AddresseeContactOut
    step: AnswerStep = AnswerStep.OPEN
    filled: Filled = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    notice: Text | None = None

    @property
    def is_over(self) -> bool:
        """Out of force: nobody can answer any more."""
        circular = self.own.circular
        return circular.ended_on is not None and circular.ended_on <= self.reach.today

    def typed(self, step: AnswerStep) -> Typed:
        """What was typed into the form of this step."""
        if self.step is not step:
            return Typed()
        faults = {each.pointer.lstrip("/"): each for each in reversed(self.faults)}
        return Typed(self.filled, faults)


def ask_code() -> str:
    return code_form(_OPEN, _CODE, _CODE_WHY)


def refuse(refusal: DomainError, again: str = "") -> str:
    """Why it cannot be; and the way to begin anew."""
    return banner("invalidated", _REFUSED, refusal.detail) + (again or ask_code())


def page_of(code: str, shown: Shown) -> str:
    """How the office stands, what it still owes, and what became of what it forwarded."""
    parts = (_state(shown), _letter(shown.own), *_owed(code, shown), *_below(code, shown))
    return "\n".join(part for part in parts if part)


def codes_of(code: str, own: AddressedOut, found: Found[AddresseeCodeOut]) -> str:
    """The links of those below, to be handed on, part by part."""
    items = "".join(
        f"<li>{escape(each.post)}, {escape(each.office_name)}<br>"
        f'<code class="hash">{escape(each.link)}</code></li>'
        for each in found.items
    )
    cursor = found.next_cursor
    return (
        f'<h1>{both(_CODES)}</h1><section class="card"><p>{escape(own.circular.subject)}</p>'
        f"<p>{both(_LINKS_WHY)}</p><ol>{items}</ol></section>"
        + (forms.turn(code, AnswerStep.CODES, _MORE, cursor) if cursor else "")
        + forms.turn(code, AnswerStep.OPEN, _BACK)
    )


def _state(shown: Shown) -> str:
    own = shown.own
    if shown.faults:
        return banner("invalidated", _REFUSED, shown.faults[0].message)
    if shown.is_over:
        return banner("invalidated", _OVER, _NOTHING, role="status")
    if shown.notice is not None:
        return banner("waiting", _UNCHANGED, shown.notice, role="status")
    label = LABELS["addressee_state"][own.addressee.state]
    kind = "valid" if own.addressee.state == "done" else "waiting"
    due = own.addressee.next_due_on
    until = day(due) if due else None
    why = (
        Text(f"Langkah berikutnya paling lambat {until.id}.", f"Next step by {until.en}.")
        if until
        else Text("Terima kasih.", "Thank you.")
    )
    return banner(kind, label, why, role="status")


def _letter(own: AddressedOut) -> str:
    circular, on = own.circular, day(own.circular.dated_on)
    office = f"{own.addressee.post}, {own.addressee.office_name}"
    told = (
        (Text("Untuk", "For"), escape(office)),
        (Text("Penerbit", "Issuer"), escape(circular.issuer)),
        (Text("Nomor", "Number"), escape(circular.number)),
        (Text("Tanggal", "Date"), both(on)),
    )
    read = both(Text("Baca naskahnya", "Read its text"))
    return (
        f'<section class="card"><h2>{escape(circular.subject)}</h2>{facts(told)}'
        f'<p><a href="/circulars/{circular.id}">{read}</a></p></section>'
    )


def _owed(code: str, shown: Shown) -> Sequence[str]:
    """The forms of what can be done; none where it is out of force."""
    if shown.is_over:
        return ()
    own = shown.own
    undone = [each for each in own.circular.obligations if each.id not in own.done]
    parts = [] if own.addressee.acknowledged_at else [forms.acknowledgement(code)]
    if undone:
        typed = shown.typed(AnswerStep.REPORT)
        today = {"done_on": [shown.reach.today.isoformat()]}
        typed = replace(typed, filled=today | dict(typed.filled))
        parts.append(forms.report(code, undone, typed))
    region = own.addressee.region_code
    parts.append(forms.forwarding(code, region, shown.typed(AnswerStep.FORWARD)))
    parts.append(forms.contact(code, shown.contact, shown.typed(AnswerStep.CONTACT)))
    return parts


def _below(code: str, shown: Shown) -> Sequence[str]:
    """How far it has come of what this office forwarded."""
    if not shown.reach.levels:
        return ()
    own = shown.own.addressee.depth
    rows = [(_level(each, own), _figures(each)) for each in shown.reach.levels]
    head = Text("Yang Anda teruskan", "What you forwarded")
    return (
        f'<section class="card"><h2>{both(head)}</h2>{facts(rows)}</section>',
        forms.turn(code, AnswerStep.CODES, _CODES),
    )


def _level(level: ReachLevelOut, own: int) -> Text:
    below = level.depth - own
    return Text(f"Tingkat {below} di bawah Anda", f"Level {below} below you")


def _figures(level: ReachLevelOut) -> str:
    said = Text(
        f"{level.acknowledged} dari {level.addressed} menerima, {level.forwarded} meneruskan,"
        f" {level.done} dari {level.obligations} kewajiban dilaporkan, {level.overdue} terlambat",
        f"{level.acknowledged} of {level.addressed} acknowledged, {level.forwarded} forwarded,"
        f" {level.done} of {level.obligations} obligations reported, {level.overdue} late",
    )
    return both(said)
