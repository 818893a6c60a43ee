"""What crosses the wire about figures by two things at once."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import TextOut
from app.stats.rules.areas import Depth
from app.stats.rules.dimensions import Dimension
from app.stats.rules.units import Unit
from app.stats.schemas.answers import AnswerOut, RowOut, example, name
from app.stats.schemas.figures import SeriesFilter

Time = Literal[Dimension.DAY, Dimension.WEEK, Dimension.MONTH]

_LEVEL: Final = "Of regions, one or two levels below; otherwise it has no effect."

CROSS: Final[JsonDict] = example(
    Unit.CASE,
    by="region",
    across="source",
    columns=[name("report", "Laporan", "Report"), name("finding", "Temuan", "Finding")],
    rows=[
        {**name("73.04", "Kabupaten Jeneponto"), "counts": [9, 3], "total": 12},
        {**name("73.07", "Kabupaten Sinjai"), "counts": [4, 1], "total": 5},
    ],
    column_totals=[13, 4],
    total=17,
)


class CrossFilter(SeriesFilter):
    by: Dimension = Field(description="What the rows are.", examples=[Dimension.REGION])
    across: Dimension = Field(description="What the columns are.", examples=[Dimension.STATUS])
    level: Depth | None = Field(None, description=_LEVEL)


class CourseFilter(SeriesFilter):
    by: Time = Field(Dimension.DAY, description="Day by day, by ISO week, or by month.")
    across: Dimension | None = Field(
        None, description="Told apart by this; the answer is then a cross table."
    )
    level: Depth | None = Field(None, description=_LEVEL)


class CrossRowOut(RowOut):
    counts: list[int] = Field(description="One for each column.", examples=[[9, 3]])
    total: int = Field(description="Of this row alone: never less than counted.", examples=[12])


class CrossOut(AnswerOut):
    """Rows by columns with their margins; `total` counts each thing once."""

    model_config = ConfigDict(json_schema_extra={"examples": [CROSS]})

    by: Dimension
    across: Dimension
    columns: list[RowOut]
    rows: list[CrossRowOut]
    column_totals: list[int] = Field(examples=[[13, 4]])
    total: int = Field(examples=[17])


class CrossCell(BaseModel):
    """One cell in the sheet of a cross table."""

    key: str
    label: TextOut
    across: str
    across_label: TextOut
    count: int


def cells_of(table: CrossOut) -> list[CrossCell]:
    return [
        CrossCell(
            key=row.key,
            label=row.label,
            across=column.key,
            across_label=column.label,
            count=count,
        )
        for row in table.rows
        for column, count in zip(table.columns, row.counts, strict=True)
    ]
