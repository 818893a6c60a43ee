"""Whom a letter reaches: each office once, under the name that it has everywhere."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.circulars.models import CircularAddressee
from app.circulars.rules import addressees as rules
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.circulars.circulating import (
    TO_AGENCIES,
    TO_DISTRICTS,
    TO_PERSONNEL,
    answer,
    codes,
    draft,
    issue,
    reach,
)
from tests.circulars.conftest import OpenDesk
from tests.people import officer
from tests.rakor.meeting import Desk, told

SEKDA: dict[str, Any] = {"category": "regional_secretary", "region_code": "73.07"}


async def register(desk: Desk, sessions: Sessions, keys: Keyring, **changes: str) -> dict[str, Any]:
    admin = await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")
    office = {"kind": "personnel_agency", "region_code": "73.07", "name": "BKPSDM Rekaan"}
    return told(await desk.client.post("/offices", json=office | changes, headers=admin), 201)


async def names(desk: Desk, circular: dict[str, Any]) -> list[str]:
    path = f"/circulars/{circular['id']}/addressees?limit=200"
    return sorted(each["office_name"] for each in told(await desk.get(path), 200)["items"])


async def test_the_chosen_and_the_named_are_both_addressed_and_the_letter_says_so(
    client: AsyncClient, sinjai: Desk, sessions: Sessions, keys: Keyring
) -> None:
    office = await register(sinjai, sessions, keys)
    line = TO_AGENCIES | {"names": ["Dinas Rekaan"], "office_ids": [office["id"]]}

    issued = await issue(sinjai, addressees=[line])

    assert await names(sinjai, issued) == ["BKPSDM Rekaan", "Dinas Rekaan"]
    assert issued["addressees"][0]["offices"] == ["BKPSDM Rekaan"]
    content = await client.get(f"/circulars/{issued['id']}/content")
    assert "BKPSDM Rekaan" in content.text
    page = await client.get(f"http://test/circulars/{issued['id']}")
    assert "BKPSDM Rekaan; Dinas Rekaan" in page.text


async def test_names_bring_nobody_along_whom_the_letter_does_not_name(
    sinjai: Desk, sessions: Sessions, keys: Keyring
) -> None:
    await register(sinjai, sessions, keys)

    issued = await issue(sinjai, addressees=[TO_AGENCIES | {"names": ["Dinas Rekaan"]}])

    assert await names(sinjai, issued) == ["Dinas Rekaan"]


async def test_an_office_is_addressed_once_under_whatever_category(
    sinjai: Desk, sessions: Sessions, keys: Keyring
) -> None:
    office = await register(sinjai, sessions, keys)
    agency = TO_AGENCIES | {"names": ["Bkpsdm  rekaan"], "office_ids": [office["id"]]}
    camat = {"category": "other", "region_code": "73.07.01", "names": ["Kecamatan Sinjai Barat"]}

    issued = await issue(sinjai, addressees=[TO_PERSONNEL, agency, camat, TO_DISTRICTS])

    assert (await reach(sinjai, issued))["total"]["addressed"] == 1 + 9
    [same] = [each for each in await names(sinjai, issued) if "kpsdm" in each.lower()]
    assert same == "BKPSDM Rekaan"


async def test_who_types_the_names_of_posts_below_addresses_nobody_twice(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, addressees=[SEKDA, TO_DISTRICTS, TO_PERSONNEL])
    links = await codes(sinjai, issued)
    typed = ["Kecamatan Sinjai Utara", "BKPSDM Sinjai", "Puskesmas Rekaan"]
    lines = [{"category": "other", "region_code": "73.07", "names": typed}]

    sekda = links["Sekretariat Daerah Kabupaten Sinjai"]
    sent = await answer(client, "forwarding", sekda, addressees=lines)

    assert (sent["addressed"], sent["known"]) == (1, 2)
    assert await names(sinjai, issued) == sorted([*links, "Puskesmas Rekaan"])


async def test_a_name_that_two_below_have_is_an_office_of_the_region_itself(
    open_desk: OpenDesk,
) -> None:
    java = await open_desk("bawaslu-32")
    lines = [
        {"category": "other", "region_code": "32", "names": ["BKPSDM Bogor", "BKPSDM Kota Bogor"]}
    ]

    path = f"/circulars/{(await issue(java, addressees=lines))['id']}/addressees"
    found = told(await java.get(path), 200)["items"]

    assert {each["office_name"]: each["region_code"] for each in found} == {
        "BKPSDM Bogor": "32",
        "BKPSDM Kota Bogor": "32.71",
    }


async def test_lines_and_names_are_addressed_in_one_order_whoever_writes_them(
    sinjai: Desk, sessions: Sessions
) -> None:
    named = TO_AGENCIES | {"names": ["Dinas Rekaan", "Badan Rekaan"]}
    swapped = TO_AGENCIES | {"names": ["Badan Rekaan", "Dinas Rekaan"]}
    one = await issue(sinjai, addressees=[named, TO_DISTRICTS, SEKDA])
    two = await issue(sinjai, number="800/2", addressees=[SEKDA, TO_DISTRICTS, swapped])

    async with sessions.begin() as session:
        query = select(CircularAddressee).order_by(CircularAddressee.id)
        rows = (await session.scalars(query)).all()

    order = [
        [each.office_key for each in rows if str(each.circular_id) == circular["id"]]
        for circular in (one, two)
    ]
    assert order[0] == order[1]
    assert len(order[0]) == 2 + 9 + 1


async def test_a_personnel_agency_that_nobody_registered_is_addressed_too(
    open_desk: OpenDesk, sessions: Sessions, keys: Keyring
) -> None:
    sulsel = await open_desk("bawaslu-73")
    await register(sulsel, sessions, keys)

    issued = await issue(sulsel, addressees=[{"category": "personnel_agency", "region_code": "73"}])

    found = await names(sulsel, issued)
    assert len(found) == 25
    assert {"BKD Provinsi Sulawesi Selatan", "BKPSDM Kota Makassar", "BKPSDM Rekaan"} <= {*found}


async def test_panwaslu_are_addressed_in_every_district_though_none_is_registered(
    sinjai: Desk,
) -> None:
    line = {"category": "subdistrict_supervisor", "region_code": "73.07"}

    issued = await issue(sinjai, addressees=[line])

    found = await names(sinjai, issued)
    assert len(found) == 9
    assert "Panwaslu Kecamatan Sinjai Barat" in found


async def test_regions_that_vote_are_one_choice(open_desk: OpenDesk) -> None:
    nation = await open_desk("bawaslu-00")
    held = {"region_code": "00", "election_code": "pilkada-2024"}
    lines = [{"category": "regional_secretary"} | held]
    jakarta = [{"category": "subdistrict_head"} | held | {"region_code": "31"}]

    issued = await issue(nation, region_code="00", addressees=lines)
    capital = await issue(nation, region_code="00", number="2", addressees=jakarta)

    assert (await reach(nation, issued))["total"]["addressed"] == 545
    assert (await reach(nation, capital))["total"]["addressed"] == 44


@pytest.mark.parametrize(
    ("line", "code", "pointer"),
    [
        (SEKDA | {"election_code": "pilkada-1999"}, "unknown", "/addressees/0/election_code"),
        (SEKDA | {"region_code": "73.99"}, "unknown", "/addressees/0/region_code"),
        (SEKDA | {"names": ["Sekda Rekaan"]}, "names-known", "/addressees/0"),
        (SEKDA | {"level": "village"}, "wrong-level", "/addressees/0"),
        (TO_AGENCIES | {"names": []}, "names-missing", "/addressees/0"),
    ],
)
async def test_a_line_that_cannot_be_is_refused(
    sinjai: Desk, line: dict[str, Any], code: str, pointer: str
) -> None:
    refused = await sinjai.post("/circulars", {**await body(sinjai), "addressees": [line]})

    errors = told(refused, 422)["errors"]
    assert [(each["code"], each["pointer"]) for each in errors] == [(code, pointer)]


async def test_a_bawaslu_cannot_be_chosen_as_a_camat(sinjai: Desk) -> None:
    line = {"category": "subdistrict_head", "region_code": "73.07"}
    chosen = line | {"office_ids": [sinjai.office_id]}

    refused = await sinjai.post("/circulars", {**await body(sinjai), "addressees": [chosen]})

    assert told(refused, 422)["errors"][0]["pointer"] == "/addressees/0/office_ids/0"


async def test_a_link_names_a_few_offices_and_the_cascade_stays_open_to_all_others(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS])
    links = await codes(sinjai, issued)
    (_, one), (_, other) = sorted(links.items())[:2]
    region = (await answer(client, "reading", one))["addressee"]["region_code"]
    lines = [
        {
            "category": "other",
            "region_code": region,
            "names": [f"Kantor {n}-{m}" for m in range(99)],
        }
        for n in range(2)
    ]
    village = {"category": "village_head", "region_code": region}

    await answer(client, "forwarding", one, addressees=lines)
    below = await answer(client, "addressees", one)
    named = below["items"][0]["code"]
    third = [lines[0] | {"names": ["Kantor Lain 1", "Kantor Lain 2", "Kantor Lain 3"]}]
    refused = await answer(client, "forwarding", one, 409, addressees=third)
    around = await answer(client, "forwarding", named, 409, addressees=third)
    await answer(client, "forwarding", one, addressees=[village])
    there = (await answer(client, "reading", other))["addressee"]["region_code"]
    await answer(client, "forwarding", other, addressees=[third[0] | {"region_code": there}])

    assert refused["code"] == around["code"] == "too-many-named"


async def test_what_others_name_does_not_use_up_the_limit_of_the_issuer(
    sinjai: Desk, sessions: Sessions
) -> None:
    issued = await issue(sinjai)

    async with sessions.begin() as session:
        query = select(CircularAddressee.named_under).where(
            CircularAddressee.circular_id == issued["id"]
        )
        assert set(await session.scalars(query)) == {None}
    with pytest.raises(rules.TooManyAddressed):
        rules.check_addressed(rules.MOST_ADDRESSED + 1)


async def test_a_patch_keeps_the_lines_that_it_does_not_name(sinjai: Desk) -> None:
    own = {"category": "other", "region_code": "73.07", "office_ids": [sinjai.office_id]}
    drafted = await draft(sinjai, addressees=[own])

    answered = await sinjai.patch(
        f"/circulars/{drafted['id']}", {"subject": "Netralitas"}, **{"If-Match": '"1"'}
    )

    changed = told(answered, 200)
    assert changed["addressees"] == drafted["addressees"]
    assert changed["addressees"][0]["offices"] == ["Bawaslu Kabupaten Sinjai"]


async def body(desk: Desk) -> dict[str, Any]:
    drafted = await draft(desk)
    named = ("issuer", "signer", "number", "dated_on", "subject", "body", "office_id")
    return {name: drafted[name] for name in named}
