"""The law of a question: who asks, what becomes of it, and who may still answer."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.errors import Conflict
from app.core.texts import Text

LONGEST_QUESTION: Final = 4_000
LONGEST_ANSWER: Final = 8_000
ACTS: Final = ("consultation", "message", "contact", "notice")
"""What the history of a question is made of: ids are made by phones, and something else may have
the same one."""
MOST_ANSWERS: Final = 20
"""Of one question: each later one takes the place of that before it, which stays readable."""


class AskerKind(StrEnum):
    """As whom somebody asks; nobody has to say who it is."""

    CIVIL_SERVANT = "civil_servant"
    CITIZEN = "citizen"


class ConsultationState(StrEnum):
    SUBMITTED = "submitted"
    ANSWERED = "answered"
    TURNED = "turned"


class AlreadyTurned(Conflict):
    """Its author made a complaint of it: whatever follows belongs to the complaint."""

    code = "already-turned"
    text = Text(
        "Pertanyaan ini sudah dijadikan laporan oleh penanyanya.",
        "Its author has turned this question into a complaint.",
    )


class NotAnswered(Conflict):
    code = "not-answered"
    text = Text("Pertanyaan ini belum dijawab.", "This question has not been answered yet.")


class TooManyAnswers(Conflict):
    code = "too-many-answers"
    text = Text(
        f"Sudah ada {MOST_ANSWERS} jawaban; tulislah pesan kepada penanya.",
        f"There are {MOST_ANSWERS} answers already; write a message to whoever asked.",
    )


def answer(state: ConsultationState, answers: int) -> ConsultationState:
    """Return the state after one more answer, or refuse it."""
    check_open(state)
    if answers >= MOST_ANSWERS:
        raise TooManyAnswers
    return ConsultationState.ANSWERED


def check_open(state: ConsultationState) -> None:
    if state is ConsultationState.TURNED:
        raise AlreadyTurned


ASKERS: Final[Mapping[StrEnum, Text]] = {
    AskerKind.CIVIL_SERVANT: Text("Aparatur sipil negara", "Civil servant"),
    AskerKind.CITIZEN: Text("Warga", "Citizen"),
}
STATES: Final[Mapping[StrEnum, Text]] = {
    ConsultationState.SUBMITTED: Text("Pertanyaan diterima", "Question received"),
    ConsultationState.ANSWERED: Text("Sudah dijawab", "Answered"),
    ConsultationState.TURNED: Text("Dijadikan laporan oleh penanya", "Turned into a complaint"),
}
NEXT_STEPS: Final[Mapping[ConsultationState, Text]] = {
    ConsultationState.SUBMITTED: Text(
        "Kantor pengawas di wilayah itu menyusun jawaban dengan dasar hukumnya. Simpan kode tanda"
        " terima: hanya dengan kode itu jawaban dapat dibaca.",
        "The office of that place prepares an answer with its legal basis. Keep the receipt code:"
        " only with it the answer can be read.",
    ),
    ConsultationState.ANSWERED: Text(
        "Bacalah jawabannya. Anda dapat menulis pesan bila ada yang belum jelas, dan mengatakan"
        " apakah jawaban itu membantu.",
        "Read the answer. You can write a message where something is unclear, and say whether it"
        " helped.",
    ),
    ConsultationState.TURNED: Text(
        "Ikuti laporan Anda dengan kode tanda terima laporan itu.",
        "Follow your complaint with the receipt code of the complaint.",
    ),
}
