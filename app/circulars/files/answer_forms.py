"""The forms on the page of a link: they work without a script, and keep what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from typing import Final, TypeAlias

from app.circulars.rules.choices import choices_in
from app.circulars.schemas.contacts import AddresseeContactOut
from app.circulars.schemas.parts import ObligationOut
from app.core.errors import Fault
from app.core.html import both
from app.core.texts import Text
from app.posts.rules.categories import LABELS

Filled: TypeAlias = Mapping[str, Sequence[str]]


class AnswerStep(StrEnum):
    """What a button of the page does; `open` shows how it stands."""

    OPEN = "open"
    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    FORWARD = "forward"
    CODES = "codes"
    CONTACT = "contact"


_FORWARD: Final = Text("Teruskan ke bawah", "Forward it")
_FORWARD_WHY: Final = Text(
    "Pilih siapa di wilayah Anda yang harus menerima; masing-masing mendapat tautannya sendiri.",
    "Choose who in your region has to receive it; each gets a link of its own.",
)
_NAMES: Final = Text("Kantor lain, satu nama di tiap baris", "Other offices, one name in each line")
_EMAIL_WHY: Final = Text(
    "Kami mengingatkan lewat surel sebelum tenggat; kosongkan untuk menghapus.",
    "We remind by e-mail before a day comes; leave it empty to delete the address.",
)


@dataclass(frozen=True)
class Typed:
    """What was typed into one form, and what is wrong with it, by the name of the field."""

    filled: Filled = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)

    def line(self, name: str) -> str:
        return escape(next(iter(self.filled.get(name, ())), ""))


def acknowledgement(code: str) -> str:
    said = Text("Kami sudah menerima edaran ini", "We have received this circular")
    return _form(code, AnswerStep.ACKNOWLEDGE, "", said)


def report(code: str, undone: Sequence[ObligationOut], typed: Typed) -> str:
    """What was done, when, and the letter that says so."""
    chosen = typed.line("obligation_id")
    options = "".join(
        f'<option value="{each.id}"{" selected" if str(each.id) == chosen else ""}>'
        f"{escape(each.what)}</option>"
        for each in undone
    )
    head = Text("Laporkan pelaksanaan", "Report what was done")
    fields = (
        f'<h2>{both(head)}</h2><label for="obligation">{both(Text("Kewajiban", "Obligation"))}'
        f'</label><select id="obligation" name="obligation_id" required>{options}</select>'
        + _input("done_on", Text("Dilaksanakan pada", "Done on"), typed, "date")
        + _input("note", Text("Apa yang dilaksanakan", "What was done"), typed)
        + _input(
            "letter_number", Text("Nomor surat laporan", "Number of the reporting letter"), typed
        )
    )
    return _form(code, AnswerStep.REPORT, fields, Text("Kirim laporan", "Send the report"))


def forwarding(code: str, region_code: str, typed: Typed) -> str:
    """Every category of which there are posts in the office's own region, and names."""
    labels = LABELS["post_category"]
    chosen = typed.filled.get("category", ())
    boxes = "".join(
        f'<label><input type="checkbox" name="category" value="{each.value}"'
        f"{' checked' if each.value in chosen else ''}> {both(labels[each])}</label>"
        for each in choices_in(region_code)
    )
    wrong = "".join(f'<p class="fault">{both(each.message)}</p>' for each in typed.faults.values())
    fields = (
        f'<h2>{both(_FORWARD)}</h2><p class="soft small">{both(_FORWARD_WHY)}</p>'
        f'<fieldset>{boxes}</fieldset><label for="names">{both(_NAMES)}</label>'
        '<textarea id="names" name="names" rows="4" maxlength="20000">'
        f"{typed.line('names')}</textarea>{wrong}"
    )
    return _form(code, AnswerStep.FORWARD, fields, Text("Teruskan", "Forward"))


def contact(code: str, kept: AddresseeContactOut, typed: Typed) -> str:
    """Where the office is reminded; nothing where no e-mail is sent at all."""
    if not kept.email_available:
        return ""
    now = f"<p>{escape(kept.email)}</p>" if kept.email else ""
    head, about = Text("Pengingat", "Reminders"), Text("Surel kantor", "E-mail of the office")
    why = f'<h2>{both(head)}</h2><p class="soft small">{both(_EMAIL_WHY)}</p>'
    fields = why + now + _input("email", about, typed, "email")
    return _form(code, AnswerStep.CONTACT, fields, Text("Simpan", "Keep"))


def turn(code: str, step: AnswerStep, said: Text, cursor: str | None = None) -> str:
    """A button that leads to another part of the page."""
    place = f'<input type="hidden" name="cursor" value="{escape(cursor)}">' if cursor else ""
    return (
        f'<form method="post" action="/circular-answers">{_hidden(code)}{place}'
        f'<button class="other" name="step" value="{step.value}">{both(said)}</button></form>'
    )


def _form(code: str, step: AnswerStep, fields: str, said: Text) -> str:
    return (
        f'<form class="card" method="post" action="/circular-answers" id="{step.value}">'
        f'{_hidden(code)}{fields}<button name="step" value="{step.value}">{both(said)}</button>'
        "</form>"
    )


def _hidden(code: str) -> str:
    return f'<input type="hidden" name="code" value="{escape(code)}">'


def _input(name: str, about: Text, typed: Typed, kind: str = "text") -> str:
    """A line to be filled in; only an address may be left empty, which deletes it."""
    fault = typed.faults.get(name)
    marks = f' aria-invalid="true" aria-describedby="{name}-wrong"' if fault else ""
    said = f'<p class="fault" id="{name}-wrong">{both(fault.message)}</p>' if fault else ""
    needed = "" if kind == "email" else " required"
    return (
        f'<label for="{name}">{both(about)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" maxlength="4000" autocomplete="off"'
        f'{needed}{marks} value="{typed.line(name)}">{said}'
    )
