"""The form of an open link: it works without a script, and keeps what was typed."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from app.core.errors import Fault
from app.core.html import both
from app.core.texts import Text
from app.declarations.rules.kinds import Group
from app.declarations.rules.labels import LABELS
from app.declarations.rules.roster_rows import WRONG_NUMBER
from app.declarations.schemas.open_links import ASKED, KEPT


class Field(NamedTuple):
    """One line to be filled in; `completes` is what a browser knows it by (WCAG 1.3.5)."""

    name: str
    about: Text
    why: Text
    completes: str
    is_required: bool = True


_NAME: Final = Field(
    "name",
    Text("Nama lengkap", "Full name"),
    Text("Satu kata pun cukup.", "One word is enough."),
    "name",
)
_POSITION: Final = Field(
    "position", Text("Jabatan", "Position"), Text("Misalnya: Camat.", "E.g. Camat."), "off"
)
_OFFICE: Final = Field(
    "office",
    Text("Instansi", "Office"),
    Text("Misalnya: Kecamatan Rekaan.", "E.g. Kecamatan Rekaan."),
    "organization",
)
_NUMBER: Final = Field(
    "employee_number",
    Text("NIP atau NI PPPK (boleh dikosongkan)", "NIP or NI PPPK (may be left out)"),
    Text("Membantu pemeriksaan; disimpan tersegel.", "It helps the check; it is kept sealed."),
    "off",
    is_required=False,
)
_GROUP: Final = Text("Kelompok", "Group")
_REGION: Final = Text("Kabupaten atau kota instansi Anda", "Regency or city of your office")
_REGION_WHY: Final = Text(
    "Kosongkan bila instansi Anda tingkat provinsi atau pusat.",
    "Leave it empty if yours is an office of the province or the nation.",
)
_CHOOSE: Final = Text("Pilih kelompok Anda.", "Choose your group.")
_SOME_WRONG: Final = Text("Periksa lagi isian berikut:", "Look again at these fields:")
_OTHER_WRONG: Final = Text(
    "Formulir ini tidak utuh; tekan sekali lagi.", "This form was not whole; press once more."
)
_CONSENT: Final = Text(
    "Dengan menekan tombol ini, saya menyatakan sudah membaca naskah deklarasi ini dan"
    " menandatanganinya atas kemauan sendiri.",
    "By pressing this button I declare that I have read the text of this declaration and sign it of"
    " my own free will.",
)


def form_of(
    filled: Mapping[str, str], faults: Sequence[Fault], regencies: Sequence[tuple[str, str]]
) -> str:
    """The form with what was typed, and what is wrong beside each field."""
    wrong = {each.pointer.lstrip("/"): each for each in reversed(faults)}
    fields = (
        _line(_NAME, filled, wrong),
        _line(_POSITION, filled, wrong),
        _line(_OFFICE, filled, wrong),
        _groups(filled, wrong),
        _regencies(filled, wrong, regencies),
        _line(_NUMBER, filled, wrong),
    )
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(filled.get(name, ""))}">'
        for name in KEPT
    )
    head = Text("Tanda tangani", "Sign")
    return (
        f'<form class="card" method="post" id="sign"><h2>{both(head)}</h2>{_summary(wrong)}'
        f"{''.join(fields)}{hidden}<p>{both(_CONSENT)}</p>"
        f"<button>{both(Text('Saya menandatangani', 'I sign'))}</button></form>"
    )


def _summary(wrong: Mapping[str, Fault]) -> str:
    """For who does not see that a field further down has turned red."""
    if not wrong:
        return ""
    abouts = {each.name: each.about for each in (_NAME, _POSITION, _OFFICE, _NUMBER)}
    abouts |= {"group": _GROUP, "region_code": _REGION}
    links = "".join(
        f'<li><a href="#{name}">{both(abouts[name])}</a></li>' for name in ASKED if name in wrong
    )
    if not links:
        return f'<p class="fault" role="alert">{both(_OTHER_WRONG)}</p>'
    return f'<div class="fault" role="alert"><p>{both(_SOME_WRONG)}</p><ul>{links}</ul></div>'


def _line(field: Field, filled: Mapping[str, str], wrong: Mapping[str, Fault]) -> str:
    name = field.name
    marks = " required" if field.is_required else ' inputmode="numeric"'
    said, described = _said(name, wrong)
    return (
        f'<label for="{name}">{both(field.about)}</label>'
        f'<p class="soft small" id="{name}-why">{both(field.why)}</p>'
        f'<input id="{name}" name="{name}" maxlength="200" autocomplete="{field.completes}"'
        f' aria-describedby="{name}-why{described}"{marks}{_invalid(name, wrong)}'
        f' value="{escape(filled.get(name, ""))}">{said}'
    )


def _regencies(
    filled: Mapping[str, str], wrong: Mapping[str, Fault], regencies: Sequence[tuple[str, str]]
) -> str:
    """Asked for where the declaration is wider than a regency; what was chosen is never lost."""
    chosen = filled.get("region_code", "")
    offered = dict(regencies) | ({chosen: chosen} if chosen and not regencies else {})
    if not offered:
        return ""
    said, described = _said("region_code", wrong)
    options = "".join(
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>'
        f"{escape(name)}</option>"
        for code, name in offered.items()
    )
    return (
        f'<label for="region_code">{both(_REGION)}</label>'
        f'<p class="soft small" id="region_code-why">{both(_REGION_WHY)}</p>'
        '<select id="region_code" name="region_code"'
        f' aria-describedby="region_code-why{described}"{_invalid("region_code", wrong)}>'
        f'<option value=""></option>{options}</select>{said}'
    )


def _groups(filled: Mapping[str, str], wrong: Mapping[str, Fault]) -> str:
    chosen = filled.get("group", "")
    said, described = _said("group", wrong)
    options = "".join(
        f'<option value="{each.value}"{" selected" if each.value == chosen else ""}>'
        f"{escape(_in_both(LABELS['signer_group'][each]))}</option>"
        for each in Group
    )
    return (
        f'<label for="group">{both(_GROUP)}</label>'
        f'<select id="group" name="group" required{_described(described)}'
        f'{_invalid("group", wrong)}><option value=""></option>{options}</select>{said}'
    )


def _described(described: str) -> str:
    return f' aria-describedby="{described.strip()}"' if described else ""


def _in_both(label: Text) -> str:
    """An option has no room for markup."""
    return label.id if label.id == label.en else f"{label.id} · {label.en}"


def _said(name: str, wrong: Mapping[str, Fault]) -> tuple[str, str]:
    """What stands beside a wrong field, and the id by which the field names it."""
    if name not in wrong:
        return "", ""
    return f'<p class="fault" id="{name}-wrong">{both(_words(wrong[name]))}</p>', f" {name}-wrong"


def _words(fault: Fault) -> Text:
    """In place of the codes and patterns that a program is told."""
    if fault.code == "missing":
        return fault.message
    return {"/group": _CHOOSE, "/employee_number": WRONG_NUMBER.text}.get(
        fault.pointer, fault.message
    )


def _invalid(name: str, wrong: Mapping[str, Fault]) -> str:
    """The first wrong field is where the reader lands."""
    if name not in wrong:
        return ""
    is_first = name == next(each for each in ASKED if each in wrong)
    return ' aria-invalid="true"' + (" autofocus" if is_first else "")
