"""The offices as they are made from the regions and the agencies we ship."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from app.core.database import Sessions
from app.offices.jobs import REFERENCE
from app.offices.models import Office
from app.offices.repository import OfficeRepository
from app.offices.rules import OfficeKind
from app.regions.models import Region
from app.regions.rules import Level


async def all_of(sessions: Sessions) -> dict[str, Office]:
    async with sessions.begin() as session:
        return {office.code: office for office in await session.scalars(select(Office))}


async def load(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await REFERENCE.load(session, lambda done, whole: None)


async def test_every_province_regency_and_city_has_its_bawaslu(sessions: Sessions) -> None:
    offices = await all_of(sessions)

    levels = Counter(each.level for each in offices.values() if each.kind is OfficeKind.BAWASLU)
    assert levels[Level.NATION] == 1
    assert levels[Level.PROVINCE] == 38
    assert levels[Level.REGENCY] + levels[Level.CITY] == 514


async def test_the_national_partners_are_there(sessions: Sessions) -> None:
    offices = await all_of(sessions)

    assert {"bkn", "kemendagri", "kpu", "gakkumdu"} <= set(offices)
    assert offices["bkn"].region_code == "00"
    assert offices["bkn"].region_id == 0


async def test_every_office_stands_under_the_one_above_it(sessions: Sessions) -> None:
    offices = await all_of(sessions)

    assert offices["bawaslu-00"].parent_id is None
    assert offices["bawaslu-73"].parent_id == offices["bawaslu-00"].id
    assert offices["bawaslu-73.04"].parent_id == offices["bawaslu-73"].id


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("bawaslu-00", "Asia/Jakarta"),
        ("bawaslu-62.71", "Asia/Jakarta"),
        ("bawaslu-73.04", "Asia/Makassar"),
        ("bawaslu-91", "Asia/Jayapura"),
    ],
)
async def test_an_office_keeps_the_time_of_its_region(
    sessions: Sessions, code: str, zone: str
) -> None:
    assert (await all_of(sessions))[code].time_zone == zone


async def test_no_own_code_is_invented(sessions: Sessions) -> None:
    assert {office.own_code for office in (await all_of(sessions)).values()} == {None}


async def test_loading_again_changes_no_id_and_adds_nothing(sessions: Sessions) -> None:
    before = {code: office.id for code, office in (await all_of(sessions)).items()}

    await load(sessions)

    assert {code: office.id for code, office in (await all_of(sessions)).items()} == before


async def test_a_renamed_region_renames_its_office_and_nothing_else(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        office = await OfficeRepository(session).named("bawaslu-73.04")
        region = await session.get(Region, "73.04")
        assert office
        assert region
        office.own_code = "27.09"
        region.name = "Kabupaten Turatea"

    await load(sessions)

    renamed = (await all_of(sessions))["bawaslu-73.04"]
    assert (renamed.name, renamed.own_code) == ("Bawaslu Kabupaten Turatea", "27.09")


@pytest.mark.parametrize(
    ("place", "office", "zone"),
    [
        ("73.04.01.1001", "Bawaslu Kabupaten Jeneponto", "Asia/Makassar"),
        ("73.04.01", "Bawaslu Kabupaten Jeneponto", "Asia/Makassar"),
        ("73.04", "Bawaslu Kabupaten Jeneponto", "Asia/Makassar"),
        ("73", "Bawaslu Provinsi Sulawesi Selatan", "Asia/Makassar"),
        ("00", "Bawaslu Republik Indonesia", "Asia/Jakarta"),
    ],
)
async def test_the_office_of_the_regency_handles_what_happened_there(
    sessions: Sessions, place: str, office: str, zone: str
) -> None:
    async with sessions.begin() as session:
        handling = await OfficeRepository(session).handling(place)
        region_id = await session.scalar(
            select(func.max(Region.placement_id)).where(Region.code == place)
        )

    assert handling
    assert (handling.office_name, handling.time_zone) == (office, zone)
    assert handling.region_id == region_id


@pytest.mark.parametrize("place", ["99", "73.99", "73.04.01.9999", "", "x"])
async def test_nobody_handles_a_place_that_is_none(sessions: Sessions, place: str) -> None:
    async with sessions.begin() as session:
        assert await OfficeRepository(session).handling(place) is None
