"""The national partner agencies that this domain ships; the rest is added by its officers."""

import csv
from pathlib import Path
from typing import NamedTuple

from app.offices.rules import OfficeKind
from app.regions.files import PLACEMENTS

AGENCIES = Path(__file__).parent / "data" / "agencies.csv"
ALL = (AGENCIES, PLACEMENTS)
"""New regions make new offices, so both files decide whether the offices are up to date."""


class AgencyRow(NamedTuple):
    code: str
    kind: OfficeKind
    name: str


def read_agencies() -> list[AgencyRow]:
    with AGENCIES.open(encoding="utf-8", newline="") as file:
        return [
            AgencyRow(row["code"], OfficeKind(row["kind"]), row["name"])
            for row in csv.DictReader(file)
        ]
