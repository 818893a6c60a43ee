"""Figures by two things at once."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.core.texts import Text
from app.stats.repository.questions import Question
from app.stats.rules.crossing import Margins, added_up, check_pair, check_size, in_order
from app.stats.rules.dimensions import OVERLAPPING, TIMES
from app.stats.schemas.answers import RowOut, words
from app.stats.schemas.crossing import CrossFilter, CrossOut, CrossRowOut
from app.stats.service.asking import Asking, overlap, span

Cells = Counter[tuple[str, str]]


class CrossService:
    """Cross tables: any two dimensions of a unit, with their margins."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.figures = asking.figures

    async def cross(self, wanted: CrossFilter) -> CrossOut:
        """Rows by columns; each margin counts a thing once, whatever its cells add up to."""
        check_pair(wanted.by, wanted.across)
        asked = await self.asking.question(wanted, wanted.unit)
        if {wanted.by, wanted.across} & {*TIMES}:
            asked = self.asking.days(wanted, asked)
        cells = await self._cells(asked, wanted)
        margins = await self._margins(asked, wanted, cells)
        rows = await self.asking.labels(asked, wanted.by, wanted.level, margins.rows)
        columns = await self.asking.labels(asked, wanted.across, wanted.level, margins.columns)
        check_size(len(rows), len(columns))
        about = await self.asking.about(asked, *overlap(asked.unit, wanted.by, wanted.across))
        said = {
            "by": wanted.by,
            "across": wanted.across,
            "columns": [RowOut(key=key, label=words(label)) for key, label in columns.items()],
            "rows": _rows(rows, [*columns], cells, margins),
            "column_totals": [margins.columns.get(key, 0) for key in columns],
            "total": (await self.asking.heard(asked)).number,
        }
        return CrossOut(**dict(about) | said)

    async def _cells(self, asked: Question, wanted: CrossFilter) -> Cells:
        by = self.asking.name_of(asked, wanted.by, wanted.level)
        across = self.asking.name_of(asked, wanted.across, wanted.level)
        cells = Cells()
        for (row, column), count in (await self.figures.count_by(asked, by, across)).items():
            cells[span(row, wanted.by), span(column, wanted.across)] += count
        return cells

    async def _margins(self, asked: Question, wanted: CrossFilter, cells: Cells) -> Margins:
        if not {(asked.unit, each) for each in (wanted.by, wanted.across)} & OVERLAPPING:
            return added_up(cells)
        return Margins(
            await self.asking.count(asked, wanted.by, wanted.level),
            await self.asking.count(asked, wanted.across, wanted.level),
        )


def _rows(
    labels: Mapping[str, Text], columns: Sequence[str], cells: Cells, margins: Margins
) -> list[CrossRowOut]:
    return [
        CrossRowOut(
            key=key,
            label=words(label),
            counts=in_order(cells, key, columns),
            total=margins.rows.get(key, 0),
        )
        for key, label in labels.items()
    ]
