"""What every answer about the live figures of an area says, whatever it counts."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from pydantic import BaseModel, Field
from pydantic.config import JsonDict

from app.core.forms import TextOut
from app.core.texts import Text
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.units import Unit
from app.stats.schemas.figures import LIVE, FigureOut

_ABOUT: Final[JsonDict] = {
    **LIVE,
    "region_code": "73",
    "election": "pilkada-2024",
    "since": None,
    "until": None,
}


class AnswerOut(FigureOut):
    """Figures of one area, row by row."""

    region_code: str = Field(description="`00` is the whole country.", examples=["73"])
    election: str | None = Field(None, description="Null: of all elections, and of none.")
    since: date | None
    until: date | None
    rows: Sequence[BaseModel]


class RowOut(BaseModel):
    key: str = Field(examples=["73.04"])
    label: TextOut


def words(label: Text) -> TextOut:
    return TextOut(id=label.id, en=label.en)


def example(unit: Unit, **said: object) -> JsonDict:
    """An answer as the contract shows it."""
    definition = DEFINITIONS[unit]
    about: JsonDict = {
        **_ABOUT,
        "unit": unit.value,
        "definition": {"id": definition.text.id, "en": definition.text.en},
        "definition_version": definition.version,
        "time_zone": definition.time_zone,
    }
    return about | said  # type: ignore[return-value]


def name(code: str, id: str, en: str | None = None) -> JsonDict:
    """The head of a row in an example."""
    return {"key": code, "label": {"id": id, "en": en or id}}
