"""What every answer about the live figures of an area says, whatever it counts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, Field
from pydantic.config import JsonDict

from app.core.forms import TextOut
from app.core.texts import Text
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.units import Unit
from app.stats.schemas.figures import LIVE, CountOut, FigureOut, NoteOut

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


class ReportOut(BaseModel):
    """What is told of an area beside the figures of one unit, row by row."""

    region_code: str = Field(description="`00` is the whole country.", examples=["73"])
    election: str | None = Field(None, description="Null: of all elections, and of none.")
    definition: TextOut
    definition_version: int
    time_zone: str | None = Field(description="Zone of the days.", examples=["Asia/Jakarta"])
    as_of: datetime
    snapshot: int | None = Field(None, description="Of the figures in it.", examples=[4711])
    notes: list[NoteOut]
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


def example_report(definition: Text, **said: object) -> JsonDict:
    """A report as the contract shows it."""
    kept = ("as_of", "snapshot", "notes", "region_code", "election", "time_zone")
    about: JsonDict = {each: _ABOUT[each] for each in kept}
    words = {"id": definition.id, "en": definition.en}
    return about | {"definition": words, "definition_version": 1} | said  # type: ignore[return-value]


def name(code: str, id: str, en: str | None = None) -> JsonDict:
    """The head of a row in an example."""
    return {"key": code, "label": {"id": id, "en": en or id}}


def about_of(figure: AnswerOut | CountOut | ReportOut) -> dict[str, object]:
    """What stands beside every row of a sheet."""
    about: dict[str, object] = {"as_of": figure.as_of.isoformat(), "snapshot": figure.snapshot}
    if isinstance(figure, FigureOut):
        about |= {
            "unit": figure.unit,
            "regions": figure.coverage.regions,
            "regions_with_entries": figure.coverage.with_entries,
        }
    meaning = {"definition_version": figure.definition_version, "definition": figure.definition.id}
    return about | meaning
