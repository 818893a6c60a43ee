"""Make the region files from the data folder of the npm package idn-area-data.

    python app/regions/data/make_regions.py PACKAGE/data --decree-on 2025-04-25

What the files hold already is kept: a placement keeps its number for ever, a region that the
package no longer knows gets a last day (its successor is entered by hand), names follow the
package, and new regions are appended with the day of the decree.
"""

import argparse
import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from app.core.places import NATION
from app.regions.rules import level_of

Row: TypeAlias = dict[str, str]

COMMON = ["code", "name", "valid_from", "valid_to", "successor_code"]
COLUMNS = {
    "placements.csv": ["id", "code", "level", "name", "time_zone", *COMMON[2:]],
    "districts.csv": COMMON,
    "villages.csv": COMMON,
}
SOURCES = {
    "placements.csv": ("provinces.csv", "regencies.csv"),
    "districts.csv": ("districts.csv",),
    "villages.csv": ("villages.csv",),
}

# Keputusan Presiden 41/1987, carried on to the provinces made since.
CENTRAL = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
EASTERN = {"81", "82", "91", "92", "93", "94", "95", "96"}


def make(package: Path, into: Path, decree_on: date) -> None:
    for file, sources in SOURCES.items():
        names = {row["code"]: row["name"] for each in sources for row in _read(package / each)}
        if file == "placements.csv":
            names = {NATION: "Indonesia", **names}
        known = _read(into / file) if (into / file).exists() else []
        rows = renew({row["code"]: row for row in known}, names, decree_on)
        if file == "placements.csv":
            number(rows)
        _write(into / file, COLUMNS[file], rows)


def renew(earlier: Mapping[str, Row], names: Mapping[str, str], decree_on: date) -> list[Row]:
    """Bring names and days up to date, and lose no region that was ever known."""
    last_day = (decree_on - timedelta(days=1)).isoformat()
    rows = []
    for code in sorted({*earlier, *names}):
        fresh = {"code": code, "valid_from": decree_on.isoformat(), "successor_code": ""}
        row = {"valid_to": "", **fresh, **earlier.get(code, {})}
        row["name"] = names.get(code) or row["name"]
        row["valid_to"] = "" if code in names else row["valid_to"] or last_day
        rows.append(row)
    return rows


def number(rows: Iterable[Row]) -> None:
    """Give new placements the next free numbers; the nation, first of all, is 0."""
    placements = list(rows)
    free = 1 + max((int(row["id"]) for row in placements if "id" in row), default=-1)
    for row in placements:
        row["level"] = level_of(row["code"])
        row["time_zone"] = zone_of(row["code"])
        if "id" not in row:
            row["id"], free = str(free), free + 1


def zone_of(code: str) -> str:
    province = code[:2]
    if province in EASTERN:
        return "Asia/Jayapura"
    return "Asia/Makassar" if province in CENTRAL else "Asia/Jakarta"


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("package", type=Path, help="the data folder of the unpacked package")
    asked.add_argument("--decree-on", type=date.fromisoformat, required=True)
    given = asked.parse_args()
    make(given.package, Path(__file__).parent, given.decree_on)
