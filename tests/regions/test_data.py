"""The counts and promises of the official list as we ship it."""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.core.places import NATION, NATIONAL, REGION_CODE
from app.regions.data.make_regions import make
from app.regions.files import RegionRow, read_aliases, read_placements, read_regions
from app.regions.rules import Level, comparable

DECREE_ON = date(2025, 4, 25)
NUMBERED = "85b23cd24c18d60564e7a8559e4395d64723bb46afdca86d772442cf7b456ca8"


@pytest.fixture(scope="module")
def regions() -> dict[str, RegionRow]:
    return {region.code: region for region in read_regions()}


def named(regions: dict[str, RegionRow], name: str) -> set[str]:
    return {each.code for each in regions.values() if comparable(name) in each.search_name}


def placements(regions: dict[str, RegionRow]) -> dict[str, int]:
    high = {Level.NATION, Level.PROVINCE, Level.REGENCY, Level.CITY}
    return {each.code: each.placement_id for each in regions.values() if each.level in high}


def test_the_counts_are_those_of_the_decree(regions: dict[str, RegionRow]) -> None:
    counts = Counter(each.level for each in regions.values())

    assert counts == {
        Level.NATION: 1,
        Level.PROVINCE: 38,
        Level.REGENCY: 416,
        Level.CITY: 98,
        Level.DISTRICT: 7_285,
        Level.VILLAGE: 83_762,
    }
    assert counts[Level.REGENCY] + counts[Level.CITY] == 514


def test_no_code_stands_twice(regions: dict[str, RegionRow]) -> None:
    assert len(read_regions()) == len(regions)


def test_codes_are_strings_that_keep_their_zeros(regions: dict[str, RegionRow]) -> None:
    assert all(re.fullmatch(REGION_CODE, code) for code in regions)
    assert regions["11.10"].name == "Kabupaten Aceh Singkil"
    assert regions["11.01"].name == "Kabupaten Aceh Selatan"
    assert "11.1" not in regions
    assert regions["96"].name == "Papua Barat Daya"


def test_regencies_and_cities_are_told_apart_by_code_as_by_name(
    regions: dict[str, RegionRow],
) -> None:
    words = {(each.level, each.name.partition(" ")[0]) for each in regions.values()}

    assert {pair for pair in words if pair[0] in (Level.REGENCY, Level.CITY)} == {
        (Level.REGENCY, "Kabupaten"),
        (Level.CITY, "Kota"),
    }


def test_every_parent_exists(regions: dict[str, RegionRow]) -> None:
    orphans = [each.code for each in regions.values() if each.parent_code not in regions]

    assert orphans == [NATION]


def test_every_name_can_be_found(regions: dict[str, RegionRow]) -> None:
    assert all(each.name.strip() == each.name != "" for each in regions.values())
    assert all(each.search_name.split() for each in regions.values())


def test_the_zones_follow_the_provinces(regions: dict[str, RegionRow]) -> None:
    zones: dict[str, set[str]] = defaultdict(set)
    for each in regions.values():
        zones[each.time_zone].add(each.code[:2])

    assert zones["Asia/Jayapura"] == {"81", "82", "91", "92", "93", "94", "95", "96"}
    assert zones["Asia/Makassar"] == {
        *("51", "52", "53", "63", "64", "65"),
        *("71", "72", "73", "74", "75", "76"),
    }
    assert len(zones["Asia/Jakarta"] - {NATION}) == 18
    assert all(ZoneInfo(zone) for zone in zones)


def test_placements_are_unique_and_without_gaps(regions: dict[str, RegionRow]) -> None:
    numbers = placements(regions).values()

    assert sorted(numbers) == list(range(1 + 38 + 514))


def test_a_district_and_a_village_lie_in_the_placement_of_their_regency(
    regions: dict[str, RegionRow],
) -> None:
    known = placements(regions)

    assert all(each.placement_id == known[each.code[:5]] for each in regions.values())


def test_placements_stay_what_they_are() -> None:
    """National rows carry these numbers for ever; no regeneration may change one of them."""
    first = sorted((each.id, code) for code, each in read_placements().items() if each.id <= 552)

    assert first[363] == (363, "62.71")
    assert hashlib.sha256(" ".join(code for _, code in first).encode()).hexdigest() == NUMBERED


def test_the_nation_is_the_national_place(regions: dict[str, RegionRow]) -> None:
    nation = regions[NATION]

    assert (nation.placement_id, nation.code) == (NATIONAL.region_id, NATIONAL.region_code)


def test_a_name_is_found_as_the_city_and_as_the_decree_write_it(
    regions: dict[str, RegionRow],
) -> None:
    assert named(regions, "palangkaraya") == named(regions, "Palangka Raya") == {"62.71"}


def test_people_find_a_province_by_its_short_name(regions: dict[str, RegionRow]) -> None:
    assert "53" in named(regions, "NTT")
    assert named(regions, "DKI Jakarta") == {"31"}
    assert "72.04" in named(regions, "Tolitoli")


def test_every_alias_belongs_to_a_region(regions: dict[str, RegionRow]) -> None:
    assert read_aliases().keys() <= regions.keys()


def test_twenty_six_names_are_both_a_regency_and_a_city(regions: dict[str, RegionRow]) -> None:
    kinds: dict[str, set[Level]] = defaultdict(set)
    for each in regions.values():
        if each.level in (Level.REGENCY, Level.CITY):
            kinds[each.name.partition(" ")[2]].add(each.level)

    assert sum(len(levels) == 2 for levels in kinds.values()) == 26
    assert named(regions, "Kab. Probolinggo") == {"35.13"}
    assert named(regions, "Kota Probolinggo") == {"35.74"}


def test_all_codes_are_valid_since_the_decree(regions: dict[str, RegionRow]) -> None:
    assert {(each.valid_from, each.valid_to) for each in regions.values()} == {(DECREE_ON, None)}


def write(folder: Path, file: str, rows: dict[str, str]) -> None:
    lines = [f"{code},{name}" for code, name in rows.items()]
    (folder / file).write_text("\n".join(["code,name", *lines]) + "\n")


def publish(folder: Path, provinces: dict[str, str], regencies: dict[str, str]) -> None:
    """Write a package as small as can be."""
    write(folder, "provinces.csv", provinces)
    write(folder, "regencies.csv", regencies)
    write(folder, "districts.csv", {})
    write(folder, "villages.csv", {})


def made(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "placements.csv").open(newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def test_a_new_decree_changes_no_number_and_loses_no_region(tmp_path: Path) -> None:
    package, data = tmp_path / "package", tmp_path / "data"
    package.mkdir()
    data.mkdir()
    publish(package, {"12": "Utara", "91": "Papua"}, {"91.01": "Kabupaten Lama"})
    make(package, data, DECREE_ON)
    before = made(data)

    publish(package, {"11": "Baru", "12": "Utara Raya", "91": "Papua"}, {"91.71": "Kota Baru"})
    make(package, data, date(2027, 1, 2))

    after = made(data)
    assert {code: after[code]["id"] for code in before} == {
        code: row["id"] for code, row in before.items()
    }
    assert (after["11"]["id"], after["91.71"]["id"]) == ("4", "5")
    assert after["12"]["name"] == "Utara Raya"
    assert (after["91.01"]["name"], after["91.01"]["valid_to"]) == ("Kabupaten Lama", "2027-01-01")
    assert (after["12"]["valid_from"], after["11"]["valid_from"]) == ("2025-04-25", "2027-01-02")


def test_making_the_files_twice_changes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, {"11": "Aceh"}, {"11.01": "Kabupaten Aceh Selatan"})
    data = tmp_path / "data"
    data.mkdir()
    make(tmp_path, data, DECREE_ON)
    before = (data / "placements.csv").read_bytes()

    make(tmp_path, data, date(2027, 1, 2))

    assert (data / "placements.csv").read_bytes() == before


def test_an_incomplete_package_retires_nobody(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        make(tmp_path, tmp_path, DECREE_ON)
