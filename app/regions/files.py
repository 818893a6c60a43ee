"""The region files that this domain ships; `data/make_regions.py` makes them."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.regions.rules import Level, comparable, level_of, parent_of, placement_code

FOLDER = Path(__file__).parent / "data"
PLACEMENTS = FOLDER / "placements.csv"
ALIASES = FOLDER / "aliases.csv"
LOWER = (FOLDER / "districts.csv", FOLDER / "villages.csv")
ALL = (PLACEMENTS, ALIASES, *LOWER)


class RegionRow(NamedTuple):
    """A row of the table `region`, its fields named as the columns."""

    code: str
    placement_id: int
    level: Level
    parent_code: str | None
    name: str
    search_name: str
    time_zone: str
    valid_from: date
    valid_to: date | None
    successor_code: str | None


class Placement(NamedTuple):
    """What a district or village has from the regency or city around it."""

    id: int
    time_zone: str


def read_regions() -> list[RegionRow]:
    placements = read_placements()
    aliases = read_aliases()
    return [
        _region(row, placements[placement_code(row["code"])], aliases[row["code"]])
        for file in (PLACEMENTS, *LOWER)
        for row in _rows(file)
    ]


def read_placements() -> dict[str, Placement]:
    return {row["code"]: Placement(int(row["id"]), row["time_zone"]) for row in _rows(PLACEMENTS)}


def read_aliases() -> defaultdict[str, list[str]]:
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(ALIASES):
        aliases[row["code"]].append(row["alias"])
    return aliases


def _region(row: dict[str, str], placement: Placement, aliases: list[str]) -> RegionRow:
    return RegionRow(
        code=row["code"],
        placement_id=placement.id,
        level=level_of(row["code"]),
        parent_code=parent_of(row["code"]),
        name=row["name"],
        search_name=" ".join(comparable(name) for name in (row["name"], *aliases)),
        time_zone=placement.time_zone,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        successor_code=row["successor_code"] or None,
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
