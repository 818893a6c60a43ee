"""Where a hand placed the provinces on the map: roughly as on a globe, one tile each."""

import csv
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).parent.parent / "data" / "tiles.csv"


class PlacedTile(NamedTuple):
    """`short` is the part of ISO 3166-2:ID behind the hyphen; rows and columns count from 1."""

    short: str
    row: int
    column: int


def read_tiles() -> dict[str, PlacedTile]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {
            each["code"]: PlacedTile(each["short"], int(each["row"]), int(each["column"]))
            for each in csv.DictReader(lines)
        }


PLACES: Final = read_tiles()
