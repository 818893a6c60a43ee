"""Which places of the map vote in the picked election, by the areas that the service ships."""

import csv
from pathlib import Path

import pytest

import app.elections
from app.core.texts import Text
from app.dashboard.service.places import Vote

AREAS = Path(app.elections.__file__).parent / "data" / "election_areas.csv"


@pytest.mark.parametrize(
    ("election", "region", "votes"),
    [
        ("pemilu-2024", "73", True),
        ("pemilu-2024", "73.04", True),
        ("pilkada-2024", "31.71", True),
        ("pilkada-2024", "34", True),
        ("pilkada-2020", "13.71", True),
        ("pilkada-2020", "11", False),
    ],
)
def test_who_elects_somebody_is_on_the_map(election: str, region: str, votes: bool) -> None:
    with AREAS.open() as file:
        rows = [row for row in csv.DictReader(file) if row["election_code"] == election]
    areas = frozenset(row["region_code"] for row in rows)

    assert Vote(election, Text("Rekaan", "Sample"), (), areas=areas).includes(region) is votes
