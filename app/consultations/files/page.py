"""Published answers, and the form to ask, as HTML in both languages; it works without a script."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from app.consultations.rules.questions import ASKERS, LONGEST_QUESTION, AskerKind
from app.consultations.schemas.answers import CitationOut
from app.consultations.schemas.asking import QuestionFiledOut
from app.consultations.schemas.publications import PublishedAnswerOut
from app.core.errors import ConflictingBody, DomainError, Fault, Invalid, WrongCredential
from app.core.html import both, paragraphs
from app.core.texts import Text
from app.regions.models import Region
from app.regions.rules import Level

PATH: Final = "/consultations"
ASKING: Final = f"{PATH}/questions"
FOLLOWING: Final = f"{PATH}/answers"

_TITLE: Final = Text("Bolehkah ini? Tanyakan dahulu", "Is this allowed? Ask first")
_WHY: Final = Text(
    "Cari dahulu: mungkin pertanyaan Anda sudah dijawab untuk orang lain.",
    "Look first: your question may have been answered for somebody else.",
)
_SOUGHT: Final = Text("Apa yang ingin Anda tanyakan?", "What do you want to ask?")
_SEARCH: Final = Text("Cari jawaban", "Look for answers")
_LATEST: Final = Text("Jawaban terbaru", "Latest answers")
_SIMILAR: Final = Text("Pertanyaan serupa yang sudah dijawab", "Similar questions answered before")
_NOTHING: Final = Text(
    "Belum ada jawaban yang serupa. Tanyakan dengan formulir di bawah.",
    "There is no similar answer yet. Ask by the form below.",
)
REVIEW: Final = Text(
    "Jawaban ini sedang ditinjau: aturannya berubah, atau kantor sudah menjawab lain.",
    "This answer is under review: its rule has changed, or the office has answered otherwise.",
)
_ASK: Final = Text("Belum terjawab? Tanyakan", "Not answered? Ask")
_SEND: Final = Text("Kirim pertanyaan", "Send the question")
_QUESTION: Final = Text("Pertanyaan Anda", "Your question")
_PLACE: Final = Text("Wilayah yang kantornya menjawab", "The place whose office answers")
_AS: Final = Text("Anda bertanya sebagai", "You ask as")
_CHOOSE: Final = Text("Pilih wilayah", "Choose a place")
_ASKED: Final = Text("Pertanyaan Anda diterima", "Your question has been received")
_KEEP: Final = Text(
    "Simpan kode tanda terima ini. Hanya dengan kode ini jawaban dapat dibaca; kami tidak dapat"
    " mengirimnya lagi.",
    "Keep this receipt code. Only with it the answer can be read; we cannot send it again.",
)
_OWN: Final = Text("Baca jawaban untuk Anda", "Read the answer to you")
_CODE: Final = Text("Kode tanda terima", "Receipt code")
_OPEN: Final = Text("Baca jawaban", "Read the answer")
_REFUSED: Final = Text("Kode ini tidak membuka apa pun", "This code opens nothing")
_UNDONE: Final = Text("Belum terkirim", "Not sent")
_SENT: Final = Text(
    "Pertanyaan Anda yang sebelumnya sudah terkirim. Kirim lagi bila ini pertanyaan lain.",
    "Your question before this one was sent. Send again if this is another question.",
)
_FIELDS: Final = {"/question": _QUESTION, "/region_code": _PLACE, "/asker": _AS}


def begin(latest: Sequence[PublishedAnswerOut]) -> str:
    """Where one looks, what was answered last, and where one reads one's own answer."""
    return _search("") + _listed(_LATEST, latest) + _own()


def found(asked: str, similar: Sequence[PublishedAnswerOut], form: str) -> str:
    """What is similar, and then the form to ask."""
    nothing = f'<section class="card"><p>{both(_NOTHING)}</p></section>'
    return _search(asked) + (_listed(_SIMILAR, similar) or nothing) + form


def ask(
    filled: Mapping[str, str], places: Sequence[Region], refusal: DomainError | None = None
) -> str:
    """The form to ask; `filled` has the id and the secret by which sending twice asks once."""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(filled[name])}">'
        for name in ("id", "receipt_secret")
    )
    return (
        f'<form class="card" method="post" action="{ASKING}" id="ask"><h2>{both(_ASK)}</h2>'
        f'{_wrong(refusal)}{hidden}<label for="question">{both(_QUESTION)}</label>'
        f"{_area('question', filled.get('question', ''))}"
        f'<label for="region">{both(_PLACE)}</label>'
        f"{_places(places, filled.get('region_code', ''))}"
        f"<fieldset><legend>{both(_AS)}</legend>{_askers(filled.get('asker', ''))}</fieldset>"
        f"<button>{both(_SEND)}</button></form>"
    )


def refuse(refusal: DomainError, again: str = "") -> str:
    """Why it cannot be, and the form to try again, or where to begin anew."""
    head = _REFUSED if isinstance(refusal, WrongCredential) else _UNDONE
    return (
        f'<section class="state invalidated" role="alert"><div><h1>{both(head)}</h1>'
        f"<p>{both(refusal.detail)}</p></div></section>{again or _own() + _search('')}"
    )


def tell(filed: QuestionFiledOut) -> str:
    """The code, who answers, and what comes next."""
    return (
        f'<section class="state valid" role="alert"><div><h1>{both(_ASKED)}</h1>'
        f"<p>{escape(filed.holder.name)}</p></div></section>"
        f'<section class="card"><h2>{both(_CODE)}</h2><p class="code">{filed.receipt_code}</p>'
        f"<p>{both(_KEEP)}</p><p>{both(filed.next_step)}</p></section>{_own()}"
    )


def _wrong(refusal: DomainError | None) -> str:
    """What is wrong, by the name of the field."""
    match refusal:
        case None:
            said = []
        case ConflictingBody():
            said = [both(_SENT)]
        case Invalid(faults=faults):
            said = [_fault(each) for each in faults] or [both(refusal.detail)]
        case _:
            said = [both(refusal.detail)]
    return "".join(f'<p class="fault" role="alert">{each}</p>' for each in said)


def _fault(fault: Fault) -> str:
    about = _FIELDS.get(fault.pointer)
    return f"{both(about)}: {both(fault.message)}" if about else both(fault.message)


def _search(asked: str) -> str:
    return (
        f"<h1>{both(_TITLE)}</h1>"
        f'<form class="card" method="post" action="{PATH}" id="search">'
        f'<p class="soft small">{both(_WHY)}</p><label for="sought">{both(_SOUGHT)}</label>'
        f"{_area('question', asked, id='sought')}<button>{both(_SEARCH)}</button></form>"
    )


def _own() -> str:
    return (
        f'<form class="card" method="post" action="{FOLLOWING}" id="own"><h2>{both(_OWN)}</h2>'
        f'<label for="code">{both(_CODE)}</label>'
        '<input id="code" name="code" maxlength="64" required autocomplete="off"'
        ' autocapitalize="characters" spellcheck="false">'
        f'<button class="other">{both(_OPEN)}</button></form>'
    )


def _listed(title: Text, answers: Sequence[PublishedAnswerOut]) -> str:
    if not answers:
        return ""
    items = "".join(_answer(each) for each in answers)
    return f'<section class="card"><h2>{both(title)}</h2>{items}</section>'


def _answer(answer: PublishedAnswerOut) -> str:
    stale = f"<p><strong>{both(REVIEW)}</strong></p>" if answer.is_stale else ""
    return (
        f"<details><summary>{escape(answer.question)}</summary>{stale}"
        f"{paragraphs(answer.answer)}{cited(answer.articles)}</details>"
    )


def cited(articles: Sequence[CitationOut]) -> str:
    items = "".join(f"<li>{escape(each.law)}, {escape(each.article)}</li>" for each in articles)
    return f'<ul class="small soft">{items}</ul>'


def _area(name: str, value: str, id: str | None = None) -> str:
    return (
        f'<textarea id="{id or name}" name="{name}" rows="4" maxlength="{LONGEST_QUESTION}"'
        f' required autocomplete="off">{escape(value)}</textarea>'
    )


def _places(places: Sequence[Region], chosen: str) -> str:
    """The nation, then each province with its regencies and cities, in their order."""
    parts = [f'<option value="">{escape(_CHOOSE.id)}</option>']
    for each in places:
        if each.level is Level.PROVINCE:
            parts.append(f'<optgroup label="{escape(each.name)}">')
        mark = " selected" if each.code == chosen else ""
        parts.append(f'<option value="{each.code}"{mark}>{escape(each.name)}</option>')
    return f'<select id="region" name="region_code" required>{"".join(parts)}</select>'


def _askers(chosen: str) -> str:
    return "".join(
        f'<label><input type="radio" name="asker" value="{each.value}" required'
        f"{' checked' if each == chosen else ''}> {both(ASKERS[each])}</label>"
        for each in AskerKind
    )
