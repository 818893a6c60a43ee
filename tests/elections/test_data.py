"""The facts of past elections, against the official list of regions."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from app.core.places import NATION, lies_in
from app.elections.files import read_areas, read_elections, read_stages
from app.elections.rules import ElectedOffice, StageCode
from app.regions.files import read_placements
from app.regions.rules import Level, level_of

ELECTS = {
    Level.NATION: {ElectedOffice.PRESIDENT, ElectedOffice.LEGISLATURE},
    Level.PROVINCE: {ElectedOffice.GOVERNOR},
    Level.REGENCY: {ElectedOffice.REGENT},
    Level.CITY: {ElectedOffice.MAYOR},
}


@pytest.fixture(scope="module")
def areas() -> dict[str, set[str]]:
    areas: dict[str, set[str]] = defaultdict(set)
    for row in read_areas():
        areas[row.election_code].add(row.region_code)
    return areas


@pytest.mark.parametrize(
    ("election", "governors", "regents", "mayors"),
    [("pilkada-2024", 37, 415, 93), ("pilkada-2020", 9, 224, 37)],
)
def test_the_areas_are_counted(election: str, governors: int, regents: int, mayors: int) -> None:
    counts = Counter(row.office for row in read_areas() if row.election_code == election)

    assert counts == {
        ElectedOffice.GOVERNOR: governors,
        ElectedOffice.REGENT: regents,
        ElectedOffice.MAYOR: mayors,
    }


def test_no_area_elects_the_same_office_twice() -> None:
    assert len(read_areas()) == len(set(read_areas()))


def test_in_2024_only_yogyakarta_and_the_units_of_jakarta_elected_nobody(
    areas: dict[str, set[str]],
) -> None:
    rest = read_placements().keys() - areas["pilkada-2024"] - {NATION}

    assert rest == {"34", "31.01", "31.71", "31.72", "31.73", "31.74", "31.75"}


def test_every_area_is_a_region_that_elects_this_office() -> None:
    known = read_placements()

    for row in read_areas():
        assert row.region_code in known
        assert row.office in ELECTS[level_of(row.region_code)]


def test_every_election_has_areas_and_a_source(areas: dict[str, set[str]]) -> None:
    elections = {row.code: row for row in read_elections()}

    assert elections.keys() == areas.keys()
    assert all(row.source and row.name_id and row.name_en for row in elections.values())


def test_every_stage_has_a_source_an_election_and_days_in_order() -> None:
    elections = {row.code for row in read_elections()}

    for row in read_stages():
        assert row.source
        assert row.election_code in elections
        assert (row.from_on or date.min) <= (row.to_on or date.max)


def test_other_dates_are_only_set_by_an_area_that_votes(areas: dict[str, set[str]]) -> None:
    for row in read_stages():
        if row.region_code != NATION:
            assert any(lies_in(row.region_code, area) for area in areas[row.election_code])


def test_the_voting_day_of_the_calendar_is_that_of_the_election() -> None:
    voting = {row.election_code: row for row in read_stages() if row.stage is StageCode.VOTING}

    for election in read_elections():
        row = voting[election.code]
        assert row.from_on == row.to_on == election.voting_on


def test_the_calendar_of_2024_is_that_of_the_regulation() -> None:
    days = {
        row.stage: (row.from_on, row.to_on)
        for row in read_stages()
        if (row.election_code, row.region_code) == ("pilkada-2024", NATION)
    }

    assert days[StageCode.REGISTRATION] == (date(2024, 8, 27), date(2024, 8, 29))
    assert days[StageCode.CANDIDATE_DETERMINATION] == (date(2024, 9, 22), date(2024, 9, 22))
    assert days[StageCode.CAMPAIGN] == (date(2024, 9, 25), date(2024, 11, 23))
    assert days[StageCode.QUIET_PERIOD] == (date(2024, 11, 24), date(2024, 11, 26))
    assert days[StageCode.VOTING] == (date(2024, 11, 27), date(2024, 11, 27))
    assert days.keys() == set(StageCode)
