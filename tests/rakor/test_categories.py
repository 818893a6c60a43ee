import pytest

from app.core.errors import RuleBroken
from app.rakor.rules.attendance import InvitationSeat, seat_of
from app.rakor.rules.categories import (
    TITLES,
    InvitationCategory,
    check_group,
    levels_of,
    named_office,
    reach_of,
    title_of,
)
from app.rakor.rules.labels import LABELS
from app.regions.rules import Level

VILLAGE_HEAD = InvitationCategory.VILLAGE_HEAD
SEKDA = InvitationCategory.REGIONAL_SECRETARY
CAMAT = InvitationCategory.SUBDISTRICT_HEAD
PRESS = InvitationCategory.PRESS


def test_a_city_counts_as_a_regency_unless_cities_alone_are_wanted() -> None:
    assert levels_of(SEKDA, Level.REGENCY) == {Level.REGENCY, Level.CITY}
    assert levels_of(SEKDA, Level.CITY) == {Level.CITY}
    assert levels_of(SEKDA, None) == {Level.PROVINCE, Level.REGENCY, Level.CITY}
    assert levels_of(SEKDA, Level.DISTRICT) == frozenset()


@pytest.mark.parametrize(
    ("village", "post"),
    [
        ("13.03.08.2001", "Wali Nagari"),
        ("13.09.01.2001", "Kepala Desa"),
        ("13.77.01.2001", "Kepala Desa"),
        ("14.03.08.2001", "Kepala Desa"),
    ],
)
def test_nagari_are_in_the_regencies_of_west_sumatra(village: str, post: str) -> None:
    assert title_of(VILLAGE_HEAD, Level.VILLAGE, village).post == post


def test_what_is_named_goes_to_the_region_itself_or_to_each_of_a_level() -> None:
    assert reach_of(PRESS, "13.71", None).levels == {Level.CITY}
    assert reach_of(PRESS, "13", Level.REGENCY).levels == {Level.REGENCY, Level.CITY}
    assert named_office("Dinas", "Sumatera Barat", Level.PROVINCE, repeats=False) == "Dinas"
    named = named_office("Dinas", "Sumatera Barat", Level.PROVINCE, repeats=True)
    assert named == "Dinas Provinsi Sumatera Barat"


def test_kelurahan_and_desa_are_told_apart_by_their_numbers() -> None:
    assert reach_of(VILLAGE_HEAD, "13", None).villages == "23"
    assert reach_of(InvitationCategory.URBAN_VILLAGE_HEAD, "13", None).villages == "1"
    assert reach_of(CAMAT, "13", None).villages == ""


def test_a_group_fits_its_category() -> None:
    check_group(CAMAT, None, [], None)
    check_group(PRESS, None, ["Radio Rekaan"], "Wartawan")
    for category, level, names, post in (
        (CAMAT, Level.PROVINCE, [], None),
        (CAMAT, None, ["Kecamatan Rekaan"], None),
        (PRESS, None, [], "Wartawan"),
        (PRESS, None, ["Radio Rekaan"], None),
    ):
        with pytest.raises(RuleBroken):
            check_group(category, level, names, post)


def test_every_category_has_its_label_and_every_title_a_place_for_its_region() -> None:
    assert set(LABELS["invitation_category"]) == set(InvitationCategory)
    assert all("{}" in title.office for of in TITLES.values() for title in of.values())


def test_a_seat_is_held_up_to_the_last_one() -> None:
    assert seat_of(None, 3) is None
    assert seat_of(3, None) is InvitationSeat.HELD
    assert seat_of(3, 3) is InvitationSeat.HELD
    assert seat_of(4, 3) is InvitationSeat.WAITING
