"""What people read: Indonesian first, English beside it."""

from typing import Final, Literal, NamedTuple

# C0 and C1 controls have no place in what people write.
LINE_PATTERN: Final = r"^[^\x00-\x1f\x7f-\x9f]*$"

Language = Literal["id", "en"]


class Text(NamedTuple):
    """One sentence or label in both languages."""

    id: str
    en: str

    def to(self, language: Language) -> str:
        return self.en if language == "en" else self.id


def choose_language(accepted: str) -> Language:
    """Choose by an `Accept-Language` field (RFC 9110, 12.5.4); Indonesian where nothing decides."""
    weights = {"id": 0.0, "en": 0.0}
    for part in accepted.lower().split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.split("-")[0]
        if primary in weights:
            weights[primary] = max(weights[primary], _weight(parameters))
    return "en" if weights["en"] > weights["id"] else "id"


def _weight(parameters: str) -> float:
    quality = parameters.strip().removeprefix("q=")
    return (
        float(quality)
        if quality.replace(".", "", 1).isascii() and quality.replace(".", "", 1).isdigit()
        else 1.0
    )
