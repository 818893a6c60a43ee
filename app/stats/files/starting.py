"""The files that forecasts start from."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from app.clocks.rules.norms import Step
from app.core.texts import Text
from app.elections.rules import Regime
from app.stats.rules.baselines import Baseline, BaselineStatus, BaselineUnit, Relation
from app.stats.rules.seasons import Intensity, Phase
from app.stats.rules.workload import Labour, Workload

_DATA: Final = Path(__file__).parent.parent / "data"
BASELINES: Final = _DATA / "baselines.csv"
PHASES: Final = _DATA / "forecast_phases.csv"
WORKLOAD: Final = _DATA / "workload.csv"


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
