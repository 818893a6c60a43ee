"""The data dictionary for a spreadsheet."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Final

from app.core.sheets import formula_safe
from app.open_data.schemas import CodeLabelOut, ColumnOut, DescribedOut, DictionaryOut

_COLUMNS: Final = (
    "dataset",
    "title_id",
    "title_en",
    "definition_version",
    "column",
    "kind",
    "unit_id",
    "unit_en",
    "meaning_id",
    "meaning_en",
    "codes",
    "code",
    "label_id",
    "label_en",
)


def write_dictionary(dictionary: DictionaryOut) -> bytes:
    """Write as RFC 4180 says: a row for each column, and below it one for each of its codes."""
    lists = {each.name: each.codes for each in dictionary.code_lists}
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerow(_COLUMNS)
    for dataset in dictionary.datasets:
        for row in _rows(dataset, lists):
            writer.writerow([formula_safe(value) for value in row])
    return paper.getvalue().encode()


def _rows(
    dataset: DescribedOut, lists: Mapping[str, list[CodeLabelOut]]
) -> Iterator[tuple[str, ...]]:
    title, version = dataset.title, str(dataset.definition_version)
    for column in dataset.columns:
        row = (dataset.code, title.id, title.en, version, *_column(column))
        yield (*row, "", "", "")
        for each in lists.get(column.codes or "", ()):
            yield (*row, each.code, each.label.id, each.label.en)


def _column(column: ColumnOut) -> tuple[str, ...]:
    unit = (column.unit.id, column.unit.en) if column.unit else ("", "")
    meaning = (column.meaning.id, column.meaning.en)
    return (column.name, column.kind, *unit, *meaning, column.codes or "")
