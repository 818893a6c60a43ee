"""Invitations by region and category: one call for a post in every region within one."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from app.core.database import Sessions
from app.core.models import Grant
from app.rakor.models.invitations import Invitation
from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import NAGARI, Desk, told

CAMAT = {"category": "subdistrict_head", "region": "13.03"}
SEKDA = {"category": "regional_secretary", "region": "13.03"}
PRESS = {
    "category": "press",
    "region": "13.03",
    "office_names": ["Redaksi Koran Rekaan", "Radio Rekaan"],
    "post": "Pemimpin Redaksi",
    "role": "media",
}


async def choose(desk: Desk, event: str, *groups: dict[str, Any]) -> list[dict[str, Any]]:
    body = {"letter_number": "005/PM.00/IX/2024", "groups": list(groups)}
    return list(told(await desk.post(f"{event}/invitations", body), 201)["items"])


async def preview(desk: Desk, event: str, *groups: dict[str, Any]) -> dict[str, Any]:
    return told(await desk.post(f"{event}/invitations/preview", {"groups": list(groups)}), 200)


async def test_every_camat_of_a_regency_is_one_call(sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    invited = await choose(sijunjung, event, CAMAT)

    assert len(invited) == len({each["code"] for each in invited}) == 8
    assert {each["post"] for each in invited} == {"Camat"}
    assert {each["category"] for each in invited} == {"subdistrict_head"}
    assert "Kecamatan Koto VII" in {each["office_name"] for each in invited}
    assert {each["region_code"][:5] for each in invited} == {"13.03"}
    assert {each["letter_number"] for each in invited} == {"005/PM.00/IX/2024"}


async def test_each_level_has_its_own_words(open_desk: OpenDesk) -> None:
    nation = await open_desk("00")
    event = await nation.announce()
    groups = [
        {"category": "regional_secretary", "region": "13", "level": "province"},
        {"category": "regional_head", "region": "13.71"},
        {"category": "regional_head", "region": "13.03"},
        {"category": "village_head", "region": "13.03.08"},
        {"category": "village_head", "region": "73.04.01"},
    ]

    told_ = [await choose(nation, event, group) for group in groups]

    said = [(items[0]["office_name"], items[0]["post"]) for items in told_]
    assert said[:3] == [
        ("Sekretariat Daerah Provinsi Sumatera Barat", "Sekretaris Daerah"),
        ("Pemerintah Kota Padang", "Wali Kota"),
        ("Pemerintah Kabupaten Sijunjung", "Bupati"),
    ]
    assert [post for _, post in said[3:]] == ["Wali Nagari", "Kepala Desa"]
    assert said[3][0].startswith("Nagari ")
    assert said[4][0].startswith("Desa ")


async def test_a_lurah_is_no_village_head(sijunjung: Desk, open_desk: OpenDesk) -> None:
    makassar = await open_desk("73.71")
    event = await makassar.announce(venue_region_code="73.71")
    nothing = {"category": "village_head", "region": "73.71"}

    heads = await choose(makassar, event, {"category": "urban_village_head", "region": "73.71"})
    refused = await makassar.post(f"{event}/invitations", {"groups": [nothing]})

    assert {each["region_code"].split(".")[3][0] for each in heads} == {"1"}
    assert [each["code"] for each in told(refused, 422)["errors"]] == ["no-region"]


async def test_a_group_invites_once_however_often_it_is_sent(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    await choose(sijunjung, event, CAMAT | {"region": "13.03.08"})

    first = await choose(sijunjung, event, CAMAT, CAMAT)
    again = await choose(sijunjung, event, CAMAT)

    assert (len(first), again) == (7, [])


async def test_whom_a_letter_reaches_is_counted_first(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    await choose(sijunjung, event, CAMAT | {"region": "13.03.08"})

    seen = await preview(sijunjung, event, CAMAT, SEKDA)

    assert seen["invitations"] == 8
    assert [(each["found"], each["invited_before"]) for each in seen["groups"]] == [(8, 1), (1, 0)]
    assert len(seen["groups"][0]["offices"]) == 5
    assert seen["groups"][1]["offices"] == ["Sekretariat Daerah Kabupaten Sijunjung"]
    listed = (await sijunjung.get(f"{event}/invitations")).json()["items"]
    assert len(listed) == 1


async def test_a_registered_office_sees_the_event(
    sijunjung: Desk, open_desk: OpenDesk, sessions: Sessions
) -> None:
    nation, probolinggo = await open_desk("00"), await open_desk("35.74")
    event = await nation.announce()

    await choose(nation, event, {"category": "supervisor", "region": "35", "level": "regency"})

    seen = told(await probolinggo.get(f"{event}/invitations?category=supervisor&limit=200"), 200)
    assert str(probolinggo.office_id) in {each["office_id"] for each in seen["items"]}
    assert (await sijunjung.get(f"{event}/invitations")).status_code == 404
    async with sessions.begin() as session:
        query = select(func.count()).where(Grant.subject_id == event.rpartition("/")[2])
        assert await session.scalar(query) == len(seen["items"]) == 38


async def test_offices_that_nobody_lists_are_named(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    agency = {
        "category": "regional_agency",
        "region": "13",
        "level": "regency",
        "office_names": ["Dinas Pendidikan"],
        "post": "Kepala Dinas",
    }

    press = await choose(sijunjung, event, PRESS)
    agencies = await choose(sijunjung, event, agency)

    assert [each["office_name"] for each in press] == PRESS["office_names"]
    assert {each["region_code"] for each in press} == {"13.03"}
    assert len(agencies) == 19
    assert "Dinas Pendidikan Kabupaten Sijunjung" in {each["office_name"] for each in agencies}


@pytest.mark.parametrize(
    ("group", "code"),
    [
        (CAMAT | {"region": "13.99"}, "unknown"),
        (CAMAT | {"election_code": "pilkada-1999"}, "unknown"),
        (SEKDA | {"region": "13.03.08"}, "no-region"),
        (CAMAT | {"level": "province"}, "wrong-level"),
        (CAMAT | {"office_names": ["Kecamatan Rekaan"]}, "names-known"),
        (PRESS | {"office_names": []}, "names-missing"),
        (PRESS | {"post": None}, "names-missing"),
    ],
)
async def test_a_group_that_cannot_be_is_refused(
    sijunjung: Desk, group: dict[str, Any], code: str
) -> None:
    event = await sijunjung.announce()

    refused = await sijunjung.post(f"{event}/invitations", {"invited": [NAGARI], "groups": [group]})

    assert [each["code"] for each in told(refused, 422)["errors"]] == [code]
    assert (await sijunjung.get(f"{event}/invitations")).json()["items"] == []


async def test_a_letter_to_nobody_is_refused(sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    refused = await sijunjung.post(f"{event}/invitations", {"letter_number": "005"})

    assert told(refused, 422)["errors"][0]["code"] == "invites-nobody"


async def test_a_whole_country_of_villages_is_too_many(open_desk: OpenDesk) -> None:
    nation = await open_desk("00")
    event = await nation.announce()
    villages = {"groups": [{"category": "village_head", "region": "00"}]}

    refused = await nation.post(f"{event}/invitations", villages)

    assert told(refused, 409)["code"] == "too-many-invited"


async def test_a_national_meeting_invites_every_electing_region_twice_in_one_call(
    open_desk: OpenDesk, sessions: Sessions
) -> None:
    nation = await open_desk("00")
    event = await nation.announce()
    where = {"region": "00", "election_code": "pilkada-2024"}

    invited = await choose(
        nation,
        event,
        {"category": "regional_secretary"} | where,
        {"category": "personnel_agency"} | where,
    )

    assert len(invited) == 2 * 545
    async with sessions.begin() as session:
        query = select(func.count()).where(Invitation.event_id == event.rpartition("/")[2])
        assert await session.scalar(query) == 2 * 545


async def test_a_rehearsal_invites_nobody(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    answer = await sijunjung.post(f"{event}/invitations?validate_only=true", {"groups": [CAMAT]})

    assert answer.status_code == 204
    assert (await sijunjung.get(f"{event}/invitations")).json()["items"] == []


async def test_a_copy_invites_the_same_posts_by_their_category(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    await choose(sijunjung, event, CAMAT)
    [copy] = told(await sijunjung.post(f"{event}/copies", {"days": ["2024-10-07"]}), 201)["items"]
    again = f"/events/{copy['id']}"
    told(await sijunjung.post(f"{again}/publication"), 200)

    told(await sijunjung.post(f"{again}/repeated-invitations", {}), 201)

    assert (await preview(sijunjung, again, CAMAT))["groups"][0]["invited_before"] == 8
