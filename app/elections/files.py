"""The election files that this domain ships: facts we keep by hand, each with its source."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.elections.rules import ElectedOffice, Regime, StageCode

FOLDER = Path(__file__).parent / "data"
ELECTIONS = FOLDER / "elections.csv"
AREAS = FOLDER / "election_areas.csv"
STAGES = FOLDER / "election_stages.csv"
ALL = (ELECTIONS, AREAS, STAGES)


class ElectionRow(NamedTuple):
    code: str
    regime: Regime
    name_id: str
    name_en: str
    voting_on: date
    source: str


class AreaRow(NamedTuple):
    election_code: str
    region_code: str
    office: ElectedOffice


class StageRow(NamedTuple):
    election_code: str
    region_code: str
    stage: StageCode
    from_on: date | None
    to_on: date | None
    source: str


def read_elections() -> list[ElectionRow]:
    return [
        ElectionRow(
            code=row["code"],
            regime=Regime(row["regime"]),
            name_id=row["name_id"],
            name_en=row["name_en"],
            voting_on=date.fromisoformat(row["voting_on"]),
            source=row["source"],
        )
        for row in _rows(ELECTIONS)
    ]


def read_areas() -> list[AreaRow]:
    return [
        AreaRow(row["election_code"], row["region_code"], ElectedOffice(row["office"]))
        for row in _rows(AREAS)
    ]


def read_stages() -> list[StageRow]:
    return [
        StageRow(
            election_code=row["election_code"],
            region_code=row["region_code"],
            stage=StageCode(row["stage"]),
            from_on=_day(row["from_on"]),
            to_on=_day(row["to_on"]),
            source=row["source"],
        )
        for row in _rows(STAGES)
    ]


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
