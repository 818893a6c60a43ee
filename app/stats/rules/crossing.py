"""Which two things make a cross table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.stats.rules.dimensions import TIMES, Dimension

MOST_CELLS: Final = 100_000
"""Of a table that is made in memory; beyond that, `/stats/cells` sends one line for each count."""

NOT_KEPT: Final = Fault(
    "/unit",
    "not-kept",
    Text(
        "Tanda tangan hanya dihitung sampai kabupaten/kota, dan paling banyak menurut dua rincian;"
        " jangka waktu dan kabupaten/kota yang diminta termasuk rincian.",
        "Signatures are counted down to regencies and cities only, and by two things at most; a"
        " period and the regency or city that is asked for are such things.",
    ),
)
"""There can be 5.6 million in an hour: only what is kept of them is told."""


class Margins(NamedTuple):
    """How many there are of each row and column by itself."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]


def check_pair(by: Dimension, across: Dimension) -> None:
    """Refuse a thing by itself, and time by time."""
    if by is across or (by in TIMES and across in TIMES):
        raise _invalid(
            "/across",
            "not-another-dimension",
            Text("Pilih rincian lain untuk kolom.", "Choose another dimension for the columns."),
        )


def check_exported(by: Dimension, across: Dimension | None) -> None:
    """Refuse weeks and months, which readers of single counts add up themselves."""
    check_pair(by, across or (Dimension.DAY if by not in TIMES else Dimension.REGION))
    if {by, across} & {Dimension.WEEK, Dimension.MONTH}:
        raise _invalid(
            "/by",
            "only-days",
            Text("Gunakan hari; pekan dan bulan adalah jumlahnya.", "Use days, and add them up."),
        )


def check_size(rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise _invalid(
            "/by",
            "too-many-cells",
            Text(
                f"Paling banyak {MOST_CELLS} sel; gunakan /stats/cells.",
                f"At most {MOST_CELLS} cells; use /stats/cells.",
            ),
        )


def added_up(cells: Mapping[tuple[str, str], int]) -> Margins:
    """The margins where nothing is counted in several cells."""
    rows, columns = Counter[str](), Counter[str]()
    for (row, column), count in cells.items():
        rows[row] += count
        columns[column] += count
    return Margins(rows, columns)


def in_order(cells: Mapping[tuple[str, str], int], row: str, columns: Sequence[str]) -> list[int]:
    return [cells.get((row, column), 0) for column in columns]


def _invalid(pointer: str, code: str, text: Text) -> Invalid:
    return Invalid(Fault(pointer, code, text))
