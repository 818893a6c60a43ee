"""The entry of a public table that is frozen every day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.core.texts import Text
from app.open_data.rules.datasets import (
    Column,
    ColumnKind,
    Dataset,
    Distribution,
    Frequency,
    Licence,
    Meaning,
    Snapshots,
)
from app.stats.rules.definitions import NOTES, Note
from app.stats.rules.dimensions import TIMES, codes_of
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.public import ALL, EXEMPT, NONE, TABLES, Listed
from app.stats.rules.units import UNITS

COLUMNS: Final = "tables"
"""Under which name the file of columns keeps those that all tables have."""

_COUNT: Final = Text("Cacah", "Count")
_KEYWORDS: Final = (
    Text("netralitas ASN", "neutrality of civil servants"),
    Text("statistik", "statistics"),
)
_FORMS: Final = {"json": "application/json", "csv": "text/csv"}
_DAILY: Final = Text(
    "Dibekukan sekali sehari dan tidak pernah diubah; tabel suatu hari mencakup hari-hari"
    " sebelumnya.",
    "Frozen once a day and never changed; the table of a day covers the days before it.",
)
_OF: Final[Mapping[str, Text]] = {
    ALL: Text("semua pemilihan", "all elections"),
    NONE: Text("tanpa pemilihan", "of no election"),
}


def table_dataset(
    table: Listed, columns: Sequence[Column], snapshots: Sequence[Snapshots]
) -> Dataset:
    """Make the entry of a table, given the columns of all tables and what was frozen of it."""
    definition = DEFINITIONS[table.unit]
    unit = UNITS[table.unit]
    return Dataset(
        code=table.name,
        title=table.title,
        description=_join(_DAILY, *_notes(table), definition.text),
        keywords=(*_KEYWORDS, unit),
        frequency=Frequency.DAILY,
        licence=Licence.CC_BY,
        meaning=Meaning(unit, definition.text, _COUNT, unit, definition.version),
        distributions=tuple(
            Distribution(f"/stats/public/{table.name}", kind, named=name)
            for name, kind in _FORMS.items()
        ),
        columns=tuple(_column(table, each) for each in columns),
        snapshots=tuple(snapshots),
    )


def election_named(code: str, names: Mapping[str, Text]) -> Text:
    """The words for an election of a table; all of them, and none, are named too."""
    return _OF.get(code) or names.get(code, Text(code, code))


def value_codes() -> dict[str, Mapping[str, Text]]:
    """What the values of each table mean, by the name of its code list."""
    return {_value_list(each): words for each in TABLES.values() if (words := value_words(each))}


def value_words(table: Listed) -> Mapping[str, Text]:
    """What the values of one table mean; those of weeks speak for themselves."""
    return {} if table.by is None or table.by in TIMES else codes_of(table.unit, table.by)


def _value_list(table: Listed) -> str:
    return f"{table.unit}.{table.by}"


def _column(table: Listed, column: Column) -> Column:
    if column.name == "count":
        return replace(column, unit=UNITS[table.unit])
    if column.name != "value":
        return column
    if table.by is None or table.by in TIMES:
        return replace(column, kind=ColumnKind.STRING)
    return replace(column, codes=_value_list(table))


def _notes(table: Listed) -> tuple[Text, ...]:
    return () if table.unit in EXEMPT else (NOTES[Note.SMALL_WITHHELD],)


def _join(*texts: Text) -> Text:
    return Text(" ".join(each.id for each in texts), " ".join(each.en for each in texts))
