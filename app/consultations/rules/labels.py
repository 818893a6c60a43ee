"""What the codes of consultations mean, in both languages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.consultations.rules import publishing, questions
from app.core.texts import Text

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "asker_kind": questions.ASKERS,
    "consultation_state": questions.STATES,
    "publication_state": publishing.STATES,
}
