"""What crosses the wire about figures: no number without unit, definition, moment and coverage."""

from datetime import date, datetime
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.errors import RuleBroken
from app.core.forms import Form, TextOut
from app.core.places import REGION_CODE
from app.core.texts import Text
from app.elections.rules import ELECTION_CODE
from app.stats.rules import periods
from app.stats.rules.areas import Depth
from app.stats.rules.definitions import NOTES, Note
from app.stats.rules.dimensions import Dimension
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.units import Unit

PublicUnit = Literal[Unit.COMPLAINT, Unit.DECLARATION, Unit.EVENT]

_COUNTED: Final[JsonDict] = {
    "unit": "complaint",
    "definition": {
        "id": DEFINITIONS[Unit.COMPLAINT].text.id,
        "en": DEFINITIONS[Unit.COMPLAINT].text.en,
    },
    "definition_version": 1,
    "time_zone": periods.WIB,
}
LIVE: Final[JsonDict] = {
    **_COUNTED,
    "as_of": "2024-11-05T03:00:00Z",
    "snapshot": 4711,
    "coverage": {"level": "regency", "regions": 24, "with_entries": 2},
    "notes": [{"code": "live", "id": NOTES[Note.LIVE].id, "en": NOTES[Note.LIVE].en}],
}
_WITHHELD: Final = NOTES[Note.SMALL_WITHHELD]


def _row(key: str, name: str, count: int | None, shown_since: str | None = None) -> JsonDict:
    return {
        "key": key,
        "label": {"id": name, "en": name},
        "count": count,
        "withheld": count is None,
        "shown_since": shown_since,
    }


LIVE_TABLE: Final[JsonDict] = {
    **LIVE,
    "by": "region",
    "region_code": "73",
    "since": "2024-09-25",
    "until": None,
    "total": {"count": 17, "at_least": 17, "at_most": 17},
    "cells": [_row("73.04", "Kabupaten Jeneponto", 12), _row("73.07", "Kabupaten Sinjai", 5)],
}
PUBLIC_TABLE: Final[JsonDict] = {
    **_COUNTED,
    "as_of": "2024-11-04T17:00:00Z",
    "coverage": {"level": "province", "regions": 38, "with_entries": 2},
    "notes": [{"code": "small_withheld", "id": _WITHHELD.id, "en": _WITHHELD.en}],
    "by": "region",
    "region_code": "00",
    "since": None,
    "until": "2024-11-04",
    "total": {"count": 433, "at_least": 433, "at_most": 433},
    "cells": [
        _row("13", "Sumatera Barat", None, "2024-11-05"),
        _row("73", "Sulawesi Selatan", 17, "2024-11-03"),
    ],
}
SUMMARY: Final[JsonDict] = {
    "region_code": "73",
    "since": "2024-09-25",
    "until": None,
    "figures": [{**LIVE, "label": {"id": "Aduan", "en": "Complaint"}, "count": 17}],
}

MOST_FOLDS: Final = 2**53

Day = Annotated[date, Field(ge=periods.EARLIEST, le=periods.LATEST)]


class PresentFilter(Form):
    """What is asked of today alone."""

    region: str | None = Field(
        None, pattern=REGION_CODE, description="This part of the reader's area.", examples=["73"]
    )
    since: Day | None = Field(None, description="From this day on.", examples=["2024-09-01"])
    until: Day | None = Field(None, description="Up to this day, included.")
    election: str | None = Field(
        None,
        pattern=ELECTION_CODE,
        max_length=40,
        description="Only what belongs to this election; without it, everything.",
        examples=["pilkada-2024"],
    )

    @model_validator(mode="after")
    def ends_after_start(self) -> Self:
        if periods.ends_before_start(self.since, self.until):
            raise RuleBroken(
                "ends-before-start", Text("Selesai sebelum mulai.", "It ends before it starts.")
            )
        return self


class FigureFilter(PresentFilter):
    snapshot: int | None = Field(
        None,
        ge=0,
        le=MOST_FOLDS,
        description="The `snapshot` of an earlier answer: the same figure once more, as it was.",
    )


class SeriesFilter(FigureFilter):
    unit: Unit


class TableFilter(SeriesFilter):
    by: Dimension
    level: Depth | None = Field(
        None, description="With `by=region`: one or two levels below; otherwise it has no effect."
    )


class PublicFilter(Form):
    unit: PublicUnit = Unit.COMPLAINT


class CoverageOut(BaseModel):
    """How much of the area speaks in the figure: a silent region is not a quiet one."""

    level: Depth = Field(examples=[Depth.REGENCY])
    regions: int = Field(description="Regions of this level in the area.", examples=[24])
    with_entries: int = Field(description="Those with at least one entry.", examples=[2])


class NoteOut(TextOut):
    code: Note


class FigureOut(BaseModel):
    unit: Unit
    definition: TextOut
    definition_version: int
    time_zone: str | None = Field(
        description="Zone in which moments become days; null where an office wrote the day.",
        examples=[periods.WIB],
    )
    as_of: datetime = Field(
        description="What was recorded before this moment; nothing has changed the figure since."
    )
    snapshot: int | None = Field(
        None,
        description="By it the same figure can be asked again; published tables have none.",
        examples=[4711],
    )
    coverage: CoverageOut
    notes: list[NoteOut]


class CountOut(FigureOut):
    label: TextOut
    count: int = Field(examples=[17])


class SummaryOut(BaseModel):
    """Each unit counted by itself; units are never added up."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY]})

    region_code: str = Field(description="`00` is the whole country.", examples=["73"])
    election: str | None = Field(None, description="Null: of all elections, and of none.")
    since: date | None
    until: date | None
    figures: list[CountOut]


class CellOut(BaseModel):
    key: str = Field(examples=["73.04"])
    label: TextOut
    count: int | None = Field(description="Null where withheld.", examples=[12])
    withheld: bool = Field(
        False, description="The count is 1 to 4, or would tell of such a neighbour."
    )
    shown_since: date | None = Field(
        None, description="In a public table: the day whose table first showed this count."
    )


class TotalOut(BaseModel):
    """Of a public table as published; where it is withheld, at least what is shown of its parts."""

    model_config = ConfigDict(from_attributes=True)

    count: int | None = Field(examples=[17])
    at_least: int = Field(examples=[17])
    at_most: int | None = Field(
        examples=[17], description="Null where the total is withheld: it has no upper bound."
    )


class TableOut(FigureOut):
    model_config = ConfigDict(json_schema_extra={"examples": [LIVE_TABLE]})

    by: Dimension
    region_code: str = Field(description="`00` is the whole country.", examples=["73"])
    election: str | None = Field(None, description="Null: of all elections, and of none.")
    since: date | None
    until: date | None
    total: TotalOut
    cells: list[CellOut]
