"""The form of an answer: it works without a script, and keeps what was typed."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from app.core.errors import Fault
from app.core.html import both
from app.core.texts import Text
from app.rakor.rules.attendance import COMES, Answer
from app.rakor.rules.events import Mode
from app.rakor.rules.labels import LABELS
from app.rakor.schemas.answers import OwnInvitationOut

STEP: Final = "answer"
"""What the button of this form says, so that a form without a choice is not taken for a code."""


class Field(NamedTuple):
    """A line to be filled in, and the answer that it belongs to."""

    name: str
    answer: Answer
    about: Text
    most: int


FIELDS: Final = (
    Field("deputy_post", Answer.SENDS_DEPUTY, Text("Jabatan wakil", "The deputy's post"), 200),
    Field(
        "deputy_name",
        Answer.SENDS_DEPUTY,
        Text("Nama wakil (boleh dikosongkan)", "The deputy's name (may be left out)"),
        200,
    ),
    Field(
        "duty_letter_number",
        Answer.SENDS_DEPUTY,
        Text("Nomor surat tugas (boleh dikosongkan)", "Letter of duty (may be left out)"),
        100,
    ),
    Field("reason", Answer.DECLINED, Text("Alasan tidak hadir", "Why nobody comes"), 1_000),
)
_HEAD: Final = Text("Jawaban kantor Anda", "The answer of your office")
_KEPT: Final = Text(
    "Nama wakil yang sudah dikirim tetap disimpan selama jabatannya sama.",
    "The deputy's name that was sent before is kept as long as the post stays the same.",
)
_SEND: Final = Text("Kirim jawaban", "Send the answer")
_ONLINE: Final = Text("Kami ikut secara daring", "We join by network")
_CHOOSE: Final = Text("Pilih satu jawaban.", "Choose one answer.")
_SOME_WRONG: Final = Text("Periksa lagi isian di bawah.", "Look again at the fields below.")


def as_sent(fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What was filled in, without what belongs to another answer than the chosen one."""
    said = {name: values[-1].strip() for name, values in fields.items()}
    others = {each.name for each in FIELDS if each.answer != said.get("answer")}
    others |= set() if said.get("answer") in COMES else {"online"}
    return {name: value for name, value in said.items() if value and name not in others}


def form_of(
    code: str, filled: Mapping[str, str], faults: Sequence[Fault], own: OwnInvitationOut
) -> str:
    """The form with what was typed, and what is wrong beside each field."""
    wrong = {each.pointer.lstrip("/"): each for each in reversed(faults)}
    choices = "".join(_choice(each, filled, wrong) for each in Answer)
    summary = f'<p class="fault" role="alert">{both(_SOME_WRONG)}</p>' if wrong else ""
    said = f'<p class="fault">{both(_CHOOSE)}</p>' if "answer" in wrong else ""
    kept = f'<p class="soft small">{both(_KEPT)}</p>' if own.deputy_is_named else ""
    online = _online(filled) if own.mode is Mode.BOTH else ""
    return (
        f'<form class="card" method="post" action="/invitations" id="answer"><h2>{both(_HEAD)}</h2>'
        f'{summary}<input type="hidden" name="code" value="{escape(code)}">{said}{choices}'
        f'{online}{kept}<button name="step" value="{STEP}">{both(_SEND)}'
        "</button></form>"
    )


def _choice(answer: Answer, filled: Mapping[str, str], wrong: Mapping[str, Fault]) -> str:
    """One answer, and the fields that go with it."""
    checked = " checked" if filled.get("answer") == answer else ""
    fields = "".join(_line(each, filled, wrong) for each in FIELDS if each.answer is answer)
    return (
        f'<fieldset><label><input type="radio" name="answer" value="{answer.value}" required'
        f"{checked}> {both(LABELS['invitation_answer'][answer])}</label>{fields}</fieldset>"
    )


def _online(filled: Mapping[str, str]) -> str:
    """At a meeting held both ways, whoever comes may do so without a seat."""
    checked = " checked" if filled.get("online") else ""
    return (
        f'<label><input type="checkbox" name="online" value="true"{checked}>'
        f" {both(_ONLINE)}</label>"
    )


def _line(field: Field, filled: Mapping[str, str], wrong: Mapping[str, Fault]) -> str:
    name, fault = field.name, wrong.get(field.name)
    marks = f' aria-invalid="true" aria-describedby="{name}-wrong"' if fault else ""
    said = f'<p class="fault" id="{name}-wrong">{both(fault.message)}</p>' if fault else ""
    return (
        f'<label for="{name}">{both(field.about)}</label>'
        f'<input id="{name}" name="{name}" maxlength="{field.most}" autocomplete="off"{marks}'
        f' value="{escape(filled.get(name, ""))}">{said}'
    )
