"""How figures are frozen and written for a spreadsheet, and the files that forecasts start from."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from app.clocks.rules.norms import Step
from app.core.forms import TextOut
from app.core.sheets import formula_safe
from app.core.texts import Text
from app.elections.rules import Regime
from app.stats.rules.baselines import Baseline, BaselineStatus, BaselineUnit, Relation
from app.stats.rules.disclosure import Shown
from app.stats.rules.seasons import Intensity, Phase
from app.stats.rules.workload import Labour, Workload
from app.stats.schemas.answers import AnswerOut, ReportOut, about_of
from app.stats.schemas.crossing import CrossOut, cells_of
from app.stats.schemas.figures import CellOut, SummaryOut, TableOut

_DATA: Final = Path(__file__).parent / "data"
BASELINES: Final = _DATA / "baselines.csv"
PHASES: Final = _DATA / "forecast_phases.csv"
WORKLOAD: Final = _DATA / "workload.csv"


class FrozenCell(BaseModel):
    key: str
    label: TextOut
    count: int | None
    since: date


class FrozenTable(BaseModel):
    """A published table with the words it was published in, which may be others tomorrow.

    A region and value without a cell is a zero. The last part of a cell is never published.
    """

    definition: TextOut
    definition_version: int
    time_zone: str | None
    regions: dict[str, TextOut]
    values: dict[str, TextOut]
    cells: list[FrozenCell]

    def shown(self) -> dict[Cell, Shown]:
        return {
            (region, value): Shown(count, since, away_from)
            for region, value, count, since, away_from in self.cells
        }


def freeze_cells(shown: Mapping[Cell, Shown]) -> list[FrozenCell]:
    return [(*cell, each.count, each.since, each.away_from) for cell, each in shown.items()]


class Format(StrEnum):
    JSON = "application/json"
    CSV = "text/csv; charset=utf-8; header=present"
    NDJSON = "application/x-ndjson"


_ACCEPTED: Final = {
    Format.JSON: ("application/json", "application/*", "*/*"),
    Format.CSV: ("text/csv", "text/*"),
    Format.NDJSON: ("application/x-ndjson", "application/ndjson"),
}
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


def choose_format(accepted: str) -> Format:
    """Choose by an `Accept` field (RFC 9110, 12.5.1); JSON where nothing else is asked for more."""
    weights = dict(sorted(_weighed(part) for part in accepted.lower().split(",")))
    wanted = {
        form: max((weights.get(kind, 0.0) for kind in kinds), default=0.0)
        for form, kinds in _ACCEPTED.items()
    }
    return max(wanted, key=lambda form: wanted[form])


def write_table(table: TableOut, form: Format) -> bytes:
    if form is Format.NDJSON:
        return write_lines(table.model_dump_json(exclude={"cells"}), table.cells)
    return table.model_dump_json().encode() if form is Format.JSON else _write_csv(table)


def write_answer(answer: AnswerOut | ReportOut, form: Format) -> bytes:
    """Write the rows of any answer; in a sheet, each says what it is about."""
    rows = cells_of(answer) if isinstance(answer, CrossOut) else answer.rows
    if form is Format.NDJSON:
        return write_lines(answer.model_dump_json(exclude={"rows"}), rows)
    if form is Format.JSON:
        return answer.model_dump_json().encode()
    return write_sheet([_flat(row) | about_of(answer) for row in rows])


def write_summary(summary: SummaryOut, form: Format) -> bytes:
    if form is Format.NDJSON:
        return write_lines(summary.model_dump_json(exclude={"figures"}), summary.figures)
    if form is Format.JSON:
        return summary.model_dump_json().encode()
    return write_sheet(
        [
            {"label_id": each.label.id, "label_en": each.label.en, "count": each.count}
            | about_of(each)
            for each in summary.figures
        ]
    )


def write_lines(about: str, rows: Iterable[BaseModel]) -> bytes:
    """One line that says what the figures are, then one for each row."""
    return "".join(f"{line}\n" for line in (about, *(r.model_dump_json() for r in rows))).encode()


def write_sheet(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Write as RFC 4180 says, under the names of the first row; nothing where there is none."""
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerow([*rows[0]] if rows else [])
    for row in rows:
        writer.writerow([formula_safe(_plain(value)) for value in row.values()])
    return paper.getvalue().encode()


def about_of(figure: AnswerOut | CountOut) -> dict[str, object]:
    """What stands beside every row of a sheet."""
    return {
        "unit": figure.unit,
        "as_of": figure.as_of.isoformat(),
        "snapshot": figure.snapshot,
        "regions": figure.coverage.regions,
        "regions_with_entries": figure.coverage.with_entries,
        "definition_version": figure.definition_version,
        "definition": figure.definition.id,
    }


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


def _weighed(part: str) -> tuple[str, float]:
    kind, _, parameters = part.partition(";")
    quality = next((p.strip()[2:] for p in parameters.split(";") if p.strip()[:2] == "q="), "1")
    plain = quality.replace(".", "", 1)
    return kind.strip(), float(quality) if plain.isascii() and plain.isdigit() else 1.0


def read_baselines() -> list[Baseline]:
    return [_baseline(row) for row in _rows(BASELINES)]


def read_intensities() -> dict[Phase, Intensity]:
    return {
        Phase(row["phase"]): Intensity(
            float(row["intensity"]), Text(row["source_id"], row["source_en"])
        )
        for row in _rows(PHASES)
    }


def read_workload() -> Workload:
    rows = {row["step"]: row for row in _rows(WORKLOAD)}
    day = rows.pop("officer")
    return Workload(
        {Step(step): _labour(row) for step, row in rows.items()},
        _labour(day),
    )


def _labour(row: dict[str, str]) -> Labour:
    return Labour(float(row["hours"]), Text(row["assumption_id"], row["assumption_en"]))


def _baseline(row: dict[str, str]) -> Baseline:
    return Baseline(
        code=row["code"],
        election_code=row["election_code"],
        year=int(row["year"]),
        regime=Regime(row["regime"]),
        cut_off=date.fromisoformat(row["cut_off"]) if row["cut_off"] else None,
        unit=BaselineUnit(row["unit"]),
        part=row["part"],
        figure=float(row["figure"]),
        at_most=float(row["at_most"]) if row["at_most"] else None,
        relation=Relation(row["relation"]),
        region_code=row["region_code"] or None,
        status=BaselineStatus(row["status"]),
        reconciles=row["reconciles"] == "yes",
        voting_regions=int(row["voting_regions"]) if row["voting_regions"] else None,
        basis=row["basis"] == "yes",
        words_id=row["words_id"],
        words_en=row["words_en"],
        source_id=row["source_id"],
        source=row["source"],
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
