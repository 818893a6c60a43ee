"""How figures are written: as JSON, as lines of JSON, and for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from io import StringIO
from typing import Final, cast, get_args

from pydantic import BaseModel

from app.core.forms import TextOut
from app.core.sheets import formula_safe
from app.stats.schemas.answers import AnswerOut, ReportOut, about_of
from app.stats.schemas.crossing import CrossCell, CrossOut, cells_of
from app.stats.schemas.figures import CellOut, SummaryOut, TableOut
from app.stats.schemas.public import PublicTableOut


class Format(StrEnum):
    JSON = "application/json"
    CSV = "text/csv; charset=utf-8; header=present"
    NDJSON = "application/x-ndjson"


_COLUMNS: Final = (
    "unit",
    "by",
    "key",
    "label_id",
    "label_en",
    "count",
    "withheld",
    "shown_since",
    "as_of",
    "regions",
    "regions_with_entries",
    "definition_version",
    "definition",
)


TABLES: Final = (Format.JSON, Format.CSV)


def write_table(table: TableOut, form: Format) -> bytes:
    if form is Format.NDJSON:
        return write_lines(table.model_dump_json(exclude={"cells"}), table.cells)
    return table.model_dump_json().encode() if form is Format.JSON else _write_csv(table)


def write_answer(answer: AnswerOut | ReportOut, form: Format) -> bytes:
    """Write the rows of any answer; in a sheet, each says what it is about."""
    if form is Format.JSON:
        return answer.model_dump_json().encode()
    rows = cells_of(answer) if isinstance(answer, CrossOut) else answer.rows
    if form is Format.NDJSON:
        return write_lines(answer.model_dump_json(exclude={"rows"}), rows)
    about = about_of(answer)
    return write_sheet([*_columns(_kind_of(answer)), *about], [_flat(row) | about for row in rows])


def write_summary(summary: SummaryOut, form: Format) -> bytes:
    if form is Format.NDJSON:
        return write_lines(summary.model_dump_json(exclude={"figures"}), summary.figures)
    if form is Format.JSON:
        return summary.model_dump_json().encode()
    rows = [
        {"label_id": each.label.id, "label_en": each.label.en, "count": each.count} | about_of(each)
        for each in summary.figures
    ]
    return write_sheet([*rows[0]], rows)


def write_lines(about: str, rows: Iterable[BaseModel]) -> bytes:
    """One line that says what the figures are, then one for each row."""
    return "".join(f"{line}\n" for line in (about, *(r.model_dump_json() for r in rows))).encode()


def write_sheet(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Write as RFC 4180 says; the header is present also where no row is."""
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([formula_safe(_plain(row.get(name))) for name in columns])
    return paper.getvalue().encode()


def _kind_of(answer: AnswerOut | ReportOut) -> type[BaseModel]:
    """What the rows of an answer are, also where there is none."""
    if isinstance(answer, CrossOut):
        return CrossCell
    [kind] = get_args(type(answer).model_fields["rows"].annotation)
    return cast(type[BaseModel], kind)


def _columns(kind: type[BaseModel]) -> Iterator[str]:
    for name, field in kind.model_fields.items():
        if TextOut in (field.annotation, *get_args(field.annotation)):
            yield from (f"{name}_{language}" for language in TextOut.model_fields)
        else:
            yield name


def _flat(row: BaseModel) -> dict[str, object]:
    """Both languages of a label in columns of their own."""
    flat: dict[str, object] = {}
    for name, value in row.model_dump(mode="json").items():
        if isinstance(value, dict):
            flat |= {f"{name}_{part}": each for part, each in value.items()}
        else:
            flat[name] = value
    return flat


def _plain(value: object) -> str | int:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return value if isinstance(value, int) else str(value)


def _write_csv(table: TableOut) -> bytes:
    """Write as RFC 4180 says, one row per cell and no total among them."""
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerow(_COLUMNS)
    for cell in table.cells:
        writer.writerow([formula_safe(value) for value in _row(table, cell)])
    return paper.getvalue().encode()


def _row(table: TableOut, cell: CellOut) -> tuple[str | int, ...]:
    return (
        table.unit,
        table.by,
        cell.key,
        cell.label.id,
        cell.label.en,
        "" if cell.count is None else cell.count,
        str(cell.withheld).lower(),
        str(cell.shown_since or ""),
        table.as_of.isoformat(),
        table.coverage.regions,
        table.coverage.with_entries,
        table.definition_version,
        table.definition.id,
    )


_PUBLIC_COLUMNS: Final = (
    "table",
    "unit",
    "by",
    "election",
    "region",
    "region_label",
    "value",
    "value_label_id",
    "value_label_en",
    "count",
    "withheld",
    "shown_since",
    "day",
    "as_of",
    "definition_version",
    "definition",
)


def write_public_table(table: PublicTableOut, form: Format) -> bytes:
    return table.model_dump_json().encode() if form is Format.JSON else _write_public_csv(table)


def _write_public_csv(table: PublicTableOut) -> bytes:
    """Write as RFC 4180 says, one row per cell; an empty value is the total of its region."""
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerow(_PUBLIC_COLUMNS)
    regions = {each.code: each.label.id for each in table.regions}
    values = {each.code: each.label for each in table.values}
    for cell in table.cells:
        label = values.get(cell.value)
        writer.writerow(
            [
                formula_safe(value)
                for value in (
                    *(table.name, table.unit, table.by or "", table.election),
                    *(cell.region, regions[cell.region], cell.value),
                    *((label.id, label.en) if label else ("Jumlah", "Total")),
                    *("" if cell.count is None else cell.count, str(cell.withheld).lower()),
                    *(str(cell.shown_since or ""), str(table.day), table.as_of.isoformat()),
                    *(table.definition_version, table.definition.id),
                )
            ]
        )
    return paper.getvalue().encode()
