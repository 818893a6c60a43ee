import pytest

from app.offices.rules import (
    OfficeKind,
    bawaslu_name,
    may_be_added,
    office_code,
    regions_above,
)
from app.regions.rules import Level


@pytest.mark.parametrize(
    ("level", "code", "region", "name"),
    [
        (Level.NATION, "00", "Indonesia", "Bawaslu Republik Indonesia"),
        (Level.PROVINCE, "73", "Sulawesi Selatan", "Bawaslu Provinsi Sulawesi Selatan"),
        (Level.REGENCY, "73.04", "Kabupaten Jeneponto", "Bawaslu Kabupaten Jeneponto"),
        (Level.CITY, "62.71", "Kota Palangkaraya", "Bawaslu Kota Palangkaraya"),
        (Level.PROVINCE, "11", "Aceh", "Panwaslih Provinsi Aceh"),
        (Level.CITY, "11.71", "Kota Banda Aceh", "Panwaslih Kota Banda Aceh"),
    ],
)
def test_an_office_is_called_what_the_law_calls_it(
    level: Level, code: str, region: str, name: str
) -> None:
    assert bawaslu_name(level, code, region) == name


def test_the_code_of_an_office_names_its_kind_and_region() -> None:
    assert office_code(OfficeKind.BAWASLU, "73.04") == "bawaslu-73.04"
    assert office_code(OfficeKind.PERSONNEL_AGENCY, "73") == "personnel-agency-73"
    assert office_code(OfficeKind.OTHER, "73", "inspektorat") == "other-73-inspektorat"


def test_only_district_offices_of_bawaslu_are_added_by_hand() -> None:
    allowed = {level for level in Level if may_be_added(OfficeKind.BAWASLU, level)}

    assert allowed == {Level.DISTRICT}


def test_agencies_have_no_offices_in_districts() -> None:
    allowed = {level for level in Level if may_be_added(OfficeKind.KPU, level)}

    assert allowed == {Level.NATION, Level.PROVINCE, Level.REGENCY, Level.CITY}


def test_the_superior_office_is_looked_for_upwards() -> None:
    assert regions_above("73.04.01") == ["73.04", "73", "00"]
    assert regions_above("73") == ["00"]
    assert regions_above("00") == []
