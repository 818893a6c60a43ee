from uuid import UUID

import pytest

from app.core.errors import RuleBroken
from app.offices.rules import OfficeKind, bawaslu_name
from app.posts.rules.categories import LABELS, REGISTERED, PostCategory, category_of
from app.posts.rules.choices import (
    Choice,
    check_choice,
    levels_of,
    may_be_meant,
    named_office,
    reach_of,
)
from app.posts.rules.keys import office_key, post_key
from app.posts.rules.titles import LOCAL, TITLES, named_after, post_of, post_within, title_of
from app.regions.rules import Level, level_of

VILLAGE_HEAD = PostCategory.VILLAGE_HEAD
SEKDA = PostCategory.REGIONAL_SECRETARY
CAMAT = PostCategory.SUBDISTRICT_HEAD
PERSONNEL = PostCategory.PERSONNEL_AGENCY
PRESS = PostCategory.PRESS
ID = UUID("01932b5e-7c00-7000-8000-0000000000aa")


def test_a_city_counts_as_a_regency_unless_cities_alone_are_wanted() -> None:
    assert levels_of(SEKDA, Level.REGENCY) == {Level.REGENCY, Level.CITY}
    assert levels_of(SEKDA, Level.CITY) == {Level.CITY}
    assert levels_of(SEKDA, None) == {Level.PROVINCE, Level.REGENCY, Level.CITY}
    assert levels_of(SEKDA, Level.DISTRICT) == frozenset()


@pytest.mark.parametrize(
    ("category", "code", "office", "post"),
    [
        ("village_head", "13.03.08.2001", "Nagari X", "Wali Nagari"),
        ("village_head", "13.09.01.2001", "Desa X", "Kepala Desa"),
        ("village_head", "13.73.01.2001", "Desa X", "Kepala Desa"),
        ("village_head", "13.77.01.2001", "Desa X", "Kepala Desa"),
        ("village_head", "14.03.08.2001", "Desa X", "Kepala Desa"),
        ("village_head", "11.06.01.2001", "Gampong X", "Keuchik"),
        ("village_head", "95.01.01.2001", "Kampung X", "Kepala Kampung"),
        ("urban_village_head", "13.71.01.1001", "Kelurahan X", "Lurah"),
        ("subdistrict_head", "73.07.01", "Kecamatan X", "Camat"),
        ("subdistrict_head", "96.71.01", "Distrik X", "Kepala Distrik"),
        ("subdistrict_supervisor", "11.06.01", "Panwaslih Kecamatan X", "Ketua"),
        ("election_commission", "11", "KIP X", "Ketua"),
        ("election_commission", "13.03", "KPU X", "Ketua"),
        ("regional_head", "73", "Pemerintah Provinsi X", "Gubernur"),
        ("regional_head", "73.07", "Pemerintah X", "Bupati"),
        ("regional_head", "73.71", "Pemerintah X", "Wali Kota"),
        ("personnel_agency", "73", "BKD Provinsi X", "Kepala BKD"),
    ],
)
def test_posts_are_called_as_they_are_called_there(
    category: str, code: str, office: str, post: str
) -> None:
    title = title_of(PostCategory(category), code)

    assert title is not None
    assert (title.office.format("X"), title.post) == (office, post)


def test_a_region_without_the_post_has_no_title() -> None:
    assert title_of(CAMAT, "73.07") is None
    assert title_of(PRESS, "73.07") is None
    assert post_of(PostCategory.REGIONAL_AGENCY, "73.07") == "Kepala Perangkat Daerah"
    assert post_of(PRESS, "73.07") == "Pimpinan"


@pytest.mark.parametrize("code", ["00", "11", "11.06", "13", "13.03", "13.71"])
def test_bawaslu_is_called_as_the_register_of_offices_calls_it(code: str) -> None:
    name = "Indonesia" if code == "00" else "Rekaan"

    title = title_of(PostCategory.SUPERVISOR, code)

    assert title is not None
    assert title.office.format(name) == bawaslu_name(level_of(code), code, name)


def test_what_is_named_goes_to_the_region_itself_or_to_each_of_a_level() -> None:
    assert reach_of(Choice(PRESS, "13.71")).levels == {Level.CITY}
    assert reach_of(Choice(PRESS, "13", Level.REGENCY)).levels == {Level.REGENCY, Level.CITY}
    assert named_office("Dinas", "Sumatera Barat", Level.PROVINCE, repeats=False) == "Dinas"
    named = named_office("Dinas", "Sumatera Barat", Level.PROVINCE, repeats=True)
    assert named == "Dinas Provinsi Sumatera Barat"


def test_kelurahan_and_desa_are_told_apart_by_their_numbers() -> None:
    assert reach_of(Choice(VILLAGE_HEAD, "13")).villages == "23"
    assert reach_of(Choice(PostCategory.URBAN_VILLAGE_HEAD, "13")).villages == "1"
    assert reach_of(Choice(CAMAT, "13")).villages == ""


def test_a_choice_fits_its_category() -> None:
    check_choice(CAMAT, None, [], is_described=False)
    check_choice(PRESS, None, ["Radio Rekaan"], is_described=True)
    for category, level, names in (
        (CAMAT, Level.PROVINCE, []),
        (CAMAT, None, ["Kecamatan Rekaan"]),
        (PRESS, None, []),
    ):
        with pytest.raises(RuleBroken):
            check_choice(category, level, names, is_described=False)


@pytest.mark.parametrize(
    ("category", "kind", "region", "expected"),
    [
        ("supervisor", "bawaslu", "73.07", True),
        ("supervisor", "bawaslu", "73.07.01", False),
        ("subdistrict_supervisor", "bawaslu", "73.07.01", True),
        ("subdistrict_head", "bawaslu", "73.07.01", False),
        ("subdistrict_head", "other", "73.07", False),
        ("personnel_agency", "personnel_agency", "73", True),
        ("regional_agency", "personnel_agency", "73", True),
        ("regional_agency", "kpu", "73", False),
        ("regional_secretary", "other", "73.07", True),
        ("police", "other", "73.07", True),
        ("other", "bkn", "00", True),
    ],
)
def test_only_an_office_of_its_kind_is_of_a_category(
    category: str, kind: str, region: str, expected: bool
) -> None:
    assert may_be_meant(PostCategory(category), OfficeKind(kind), region) is expected


def test_what_a_region_has_once_is_one_office_registered_or_not() -> None:
    registered = category_of(
        OfficeKind.PERSONNEL_AGENCY, "personnel-agency-73.07", "73.07", Level.REGENCY
    )
    second = category_of(
        OfficeKind.PERSONNEL_AGENCY, "personnel-agency-73.07-dua", "73.07", Level.REGENCY
    )

    assert registered is PERSONNEL
    assert second is None
    known = office_key("73.07", "BKPSDM Rekaan", ID, registered)
    assert known == office_key("73.07", "BKPSDM Kabupaten Sinjai", None, PERSONNEL)
    assert office_key("73.07", "BKPSDM Dua", ID, second) == str(ID)


def test_the_national_commission_is_shipped_under_a_bare_code() -> None:
    assert (
        category_of(OfficeKind.KPU, "kpu", "00", Level.NATION) is PostCategory.ELECTION_COMMISSION
    )
    assert category_of(OfficeKind.BKN, "bkn", "00", Level.NATION) is None
    panwaslu = category_of(OfficeKind.BAWASLU, "bawaslu-13.03.01", "13.03.01", Level.DISTRICT)
    assert panwaslu is PostCategory.SUBDISTRICT_SUPERVISOR


def test_a_named_office_is_known_again_by_its_region_and_name() -> None:
    named = office_key("73.07", "Dinas Pendidikan")

    assert named == office_key("73.07", "DINAS  PENDIDIKAN", category=PRESS)
    assert named != office_key("73.08", "Dinas Pendidikan")
    assert post_key(named, "Kepala Dinas") == post_key(named, "kepala dinas")
    assert post_key(named, "Kepala Dinas") != post_key(named, "Sekretaris")


def test_who_writes_the_name_of_a_camat_means_the_camat() -> None:
    assert named_after("13.03.08", "Koto VII", "kecamatan Koto VII") is CAMAT
    assert named_after("96.71.01", "Sorong", "Distrik Sorong") is CAMAT
    assert named_after("13.03.08", "Koto VII", "Puskesmas Koto VII") is None


@pytest.mark.parametrize(
    ("category", "region", "post"),
    [
        (CAMAT, "73.07", "Camat"),
        (CAMAT, "91", "Kepala Distrik"),
        (CAMAT, "00", None),
        (VILLAGE_HEAD, "13", None),
        (VILLAGE_HEAD, "13.03", "Wali Nagari"),
        (SEKDA, "73", "Sekretaris Daerah"),
        (PRESS, "73", None),
    ],
)
def test_a_post_is_called_by_its_name_where_it_has_one(
    category: PostCategory, region: str, post: str | None
) -> None:
    assert post_within(category, region) == post


def test_an_agency_is_named_with_and_without_what_its_region_is() -> None:
    for said in ("BKPSDM Sinjai", "bkpsdm Kab. Sinjai", "BKPSDM Kabupaten Sinjai"):
        assert named_after("73.07", "Kabupaten Sinjai", said) is PERSONNEL
    assert named_after("31.74", "Kota Administrasi Rekaan", "BKPSDM Rekaan") is PERSONNEL
    assert named_after("73.07", "Kabupaten Sinjai", "BKPSDM Makassar") is None


def test_every_category_has_its_label_and_every_title_a_place_for_its_region() -> None:
    assert set(LABELS["post_category"]) == set(PostCategory)
    assert REGISTERED.keys() <= TITLES.keys()
    for titles in (TITLES, *LOCAL.values()):
        assert all("{}" in title.office for of in titles.values() for title in of.values())
