"""What crosses the wire about the tables that everybody may see."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Day, Form, TextOut
from app.stats.rules.definitions import NOTES, Note
from app.stats.rules.dimensions import Dimension
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.periods import WIB
from app.stats.rules.public import TABLES
from app.stats.rules.units import Unit
from app.stats.schemas.figures import FigureOut

_DEFINITION: Final[JsonDict] = {
    "id": DEFINITIONS[Unit.COMPLAINT].text.id,
    "en": DEFINITIONS[Unit.COMPLAINT].text.en,
}
_TITLE: Final[JsonDict] = {"id": TABLES["complaint"].title.id, "en": TABLES["complaint"].title.en}
_SULSEL: Final[JsonDict] = {"id": "Sulawesi Selatan", "en": "Sulawesi Selatan"}
_COUNTRY: Final[JsonDict] = {"id": "Indonesia", "en": "Indonesia"}


def _cell(region: str, count: int | None) -> JsonDict:
    return {
        "region": region,
        "value": "",
        "count": count,
        "withheld": count is None,
        "shown_since": "2024-11-05",
    }


PUBLIC_TREE: Final[JsonDict] = {
    "name": "complaint",
    "title": _TITLE,
    "by": None,
    "election": "pilkada-2024",
    "region": "00",
    "day": "2024-11-05",
    "until": "2024-11-04",
    "unit": "complaint",
    "definition": _DEFINITION,
    "definition_version": 1,
    "time_zone": WIB,
    "as_of": "2024-11-04T17:00:00Z",
    "snapshot": None,
    "coverage": {"level": "province", "regions": 38, "with_entries": 2},
    "notes": [
        {
            "code": "small_withheld",
            "id": NOTES[Note.SMALL_WITHHELD].id,
            "en": NOTES[Note.SMALL_WITHHELD].en,
        }
    ],
    "regions": [{"code": "00", "label": _COUNTRY}, {"code": "73", "label": _SULSEL}],
    "values": [],
    "cells": [_cell("00", 433), _cell("73", None)],
}

ELECTION_CODE: Final = r"^[a-z0-9-]{0,40}$"
TABLE_NAME: Final = r"^[a-z_]{1,60}$"
PARTS: Final = r"^[0-9]{2}(\.[0-9]{2})?$"


class TreeFilter(Form):
    election: str = Field(
        "",
        pattern=ELECTION_CODE,
        description="Of this election; `none`: of no election; empty: of all, and of none.",
        examples=["none"],
    )
    region: str | None = Field(
        None,
        pattern=PARTS,
        description="This region and what lies in it; of tables by week, a province.",
        examples=["73"],
    )
    format: Literal["json", "csv"] | None = Field(
        None, description="The form, for links; without it `Accept` chooses.", examples=["csv"]
    )


class PublicTreeFilter(TreeFilter):
    day: Annotated[Day | None, Field(description="As frozen on this day; the newest if none.")] = (
        None
    )


class CodeOut(BaseModel):
    code: str = Field(examples=["73"])
    label: TextOut


class PublicCellOut(BaseModel):
    region: str = Field(examples=["73"])
    value: str = Field(description="A code of `values`; empty: the total.", examples=["report"])
    count: int | None = Field(description="Null where withheld.", examples=[12])
    withheld: bool
    shown_since: date = Field(description="The day whose table first said so.")


class PublicTableOut(FigureOut):
    """A region and value without a cell is a zero."""

    model_config = ConfigDict(json_schema_extra={"examples": [PUBLIC_TREE]})

    name: str = Field(examples=["complaint_by_kind"])
    title: TextOut
    by: Dimension | None
    election: str
    region: str
    day: date = Field(description="Frozen on this day, of the days before it.")
    until: date
    regions: list[CodeOut]
    values: list[CodeOut]
    cells: list[PublicCellOut]


class PublicEntryOut(BaseModel):
    """One table of the list."""

    name: str = Field(examples=["complaint_by_kind"])
    title: TextOut
    unit: Unit
    by: Dimension | None
    definition: TextOut
    definition_version: int
    election: str = Field(examples=["pilkada-2024"])
    since: date | None = Field(description="The first day of which there is a table.")
    newest: date | None
    address: str = Field(examples=["/api/v1/stats/public/complaint_by_kind?election=none"])


class PublicListOut(BaseModel):
    items: list[PublicEntryOut]


class CorrectionOut(BaseModel):
    """A figure of days that were over, shown otherwise than the day before."""

    region: str
    value: str
    before: int
    now: int
