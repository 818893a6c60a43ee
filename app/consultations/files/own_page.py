"""What the holder of a code reads of a question, and can say: HTML in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from typing import Final

from app.consultations.files.page import FOLLOWING, REVIEW, cited
from app.consultations.rules.questions import ConsultationState
from app.consultations.schemas.asking import OwnConsultationOut
from app.core.errors import DomainError, Invalid
from app.core.html import both, paragraphs
from app.core.texts import Text
from app.correspondence.rules.messages import LONGEST, Side
from app.correspondence.schemas.messages import MessageOut

_HELPED: Final = Text("Apakah jawaban ini membantu?", "Did this answer help?")
_YES: Final = Text("Ya", "Yes")
_NO: Final = Text("Tidak", "No")
_SAID: Final = {
    True: Text("Anda mengatakan: membantu.", "You said: it helped."),
    False: Text("Anda mengatakan: tidak membantu.", "You said: it did not help."),
}
_MESSAGES: Final = Text("Pesan", "Messages")
_YOU: Final = Text("Anda", "You")
_WRITE: Final = Text("Tulis pesan kepada kantor", "Write to the office")
_SEND: Final = Text("Kirim pesan", "Send the message")
_TURN: Final = Text("Bila ini pelanggaran", "Where this breaks the law")
_TURN_WHY: Final = Text(
    "Hanya Anda yang dapat menjadikan pertanyaan ini laporan, tanpa nama bila Anda menghendaki."
    " Lakukan dengan aplikasi yang memakai layanan ini, dengan kode tanda terima yang sama, di",
    "Only you can turn this question into a complaint, without a name if you like. Do it by an"
    " application that uses this service, with the same receipt code, at",
)
_TURN_AT: Final = "/api/v1/receipt/consultation/complaint"


class OwnStep(StrEnum):
    """What the holder of a code does on the page."""

    RATE = "rate"
    WRITE = "write"


@dataclass(frozen=True)
class OwnPage:
    """What is shown to the holder of a code; messages come newest first."""

    code: str
    own: OwnConsultationOut
    messages: Sequence[MessageOut]
    message_id: str
    filled: Mapping[str, str] = field(default_factory=dict)
    refusal: DomainError | None = None


def follow(shown: OwnPage) -> str:
    """The answer, what was written both ways, and what its author can do now."""
    own = shown.own
    parts = [
        f'<section class="state {"valid" if own.answer else "waiting"}"><div>'
        f"<h1>{both(own.label)}</h1><p>{escape(own.holder.name)}</p></div></section>",
        _wrong(shown.refusal),
        _answer(shown),
        f'<section class="card"><p>{both(own.next_step)}</p></section>',
        _messages(shown.messages),
    ]
    if own.state is not ConsultationState.TURNED:
        parts += [_write(shown), _turning()]
    return "".join(parts)


def _wrong(refusal: DomainError | None) -> str:
    if refusal is None:
        return ""
    faults = refusal.faults if isinstance(refusal, Invalid) else ()
    said = [each.message for each in faults] or [refusal.detail]
    return "".join(f'<p class="fault" role="alert">{both(each)}</p>' for each in said)


def _answer(shown: OwnPage) -> str:
    answer, helpful = shown.own.answer, shown.own.helpful
    if answer is None:
        return ""
    stale = f"<p><strong>{both(REVIEW)}</strong></p>" if answer.is_stale else ""
    said = "" if helpful is None else f"<p>{both(_SAID[helpful])}</p>"
    buttons = "".join(
        f'<button class="other" name="helpful" value="{value}">{both(word)}</button>'
        for value, word in (("true", _YES), ("false", _NO))
    )
    return (
        f'<section class="card">{stale}{paragraphs(answer.text)}{cited(answer.articles)}</section>'
        f"{_form(shown.code, OwnStep.RATE)}<h2>{both(_HELPED)}</h2>{said}{buttons}</form>"
    )


def _messages(messages: Sequence[MessageOut]) -> str:
    if not messages:
        return ""
    said = "".join(
        f"<dt>{both(_YOU) if each.side is Side.REPORTER else escape(each.office or '')}</dt>"
        f"<dd>{paragraphs(each.text)}</dd>"
        for each in reversed(messages)
    )
    return f'<section class="card"><h2>{both(_MESSAGES)}</h2><dl>{said}</dl></section>'


def _write(shown: OwnPage) -> str:
    typed = shown.filled.get("text", "") if shown.refusal else ""
    return (
        f"{_form(shown.code, OwnStep.WRITE)}"
        f'<input type="hidden" name="message_id" value="{escape(shown.message_id)}">'
        f'<label for="text">{both(_WRITE)}</label>'
        f'<textarea id="text" name="text" rows="4" maxlength="{LONGEST}" required'
        f' autocomplete="off">{escape(typed)}</textarea><button>{both(_SEND)}</button></form>'
    )


def _turning() -> str:
    return (
        f'<section class="card"><h2>{both(_TURN)}</h2><p>{both(_TURN_WHY)}'
        f" <code>{_TURN_AT}</code></p></section>"
    )


def _form(code: str, step: OwnStep) -> str:
    return (
        f'<form class="card" method="post" action="{FOLLOWING}" id="{step}">'
        f'<input type="hidden" name="code" value="{escape(code)}">'
        f'<input type="hidden" name="step" value="{step}">'
    )
