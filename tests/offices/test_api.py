"""The directory of offices over HTTP: read by everybody with an account, kept by admins."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.people import office_id, officer

Headers = dict[str, str]

AGENCY = {"kind": "personnel_agency", "region_code": "73.04", "name": "BKPSDM Rekaan"}
DISTRICT = {"kind": "bawaslu", "region_code": "73.04.01", "name": "Panwaslu Kecamatan Rekaan"}


@pytest.fixture
async def admin(sessions: Sessions, keys: Keyring) -> Headers:
    """The admin of the province of South Sulawesi."""
    return await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")


async def add(client: AsyncClient, admin: Headers, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/offices", json=AGENCY | changes, headers=admin)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_any_officer_finds_an_office_of_another_province(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    desk = await officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-13.03")
    id = await office_id(sessions, "bawaslu-73.04")

    answer = await client.get(f"/offices/{id}", headers=desk)

    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(id),
        "code": "bawaslu-73.04",
        "kind": "bawaslu",
        "level": "regency",
        "name": "Bawaslu Kabupaten Jeneponto",
        "own_code": None,
        "parent_id": str(await office_id(sessions, "bawaslu-73")),
        "region_code": "73.04",
        "time_zone": "Asia/Makassar",
        "version": 1,
    }


async def test_an_unknown_office_is_not_found(client: AsyncClient, admin: Headers) -> None:
    answer = await client.get("/offices/01932b5e-7c00-7000-8000-00000000dead", headers=admin)

    assert answer.status_code == 404


async def test_offices_are_found_by_kind_region_and_parent(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    province = await office_id(sessions, "bawaslu-73")
    asked: list[dict[str, str]] = [
        {"kind": "bkn"},
        {"kind": "bawaslu", "region": "73"},
        {"parent": str(province)},
        {"region": "00"},
    ]

    counts = []
    for filters in asked:
        answer = await client.get("/offices", params={**filters, "count": "exact"}, headers=admin)
        counts.append(answer.json()["total"])

    assert counts == [1, 25, 24, 557]


async def test_pages_together_hold_every_office_once(client: AsyncClient, admin: Headers) -> None:
    seen: list[str] = []
    page: dict[str, Any] = {"next_cursor": ""}
    while page["next_cursor"] is not None:
        asked = {"limit": "200"} | ({"cursor": page["next_cursor"]} if page["next_cursor"] else {})
        page = (await client.get("/offices", params=asked, headers=admin)).json()
        seen += [office["code"] for office in page["items"]]

    assert len(seen) == len(set(seen)) == 557


async def test_an_agency_of_the_own_area_is_added(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    office = await add(client, admin)

    assert office["code"] == "personnel-agency-73.04"
    assert (office["level"], office["time_zone"]) == ("regency", "Asia/Makassar")
    async with sessions.begin() as session:
        entries = await session.scalars(
            select(JournalEntry).where(JournalEntry.action == "office.added")
        )
        assert [(str(each.subject_id), each.region_code) for each in entries] == [
            (office["id"], "73.04")
        ]


async def test_a_district_office_stands_under_its_regency(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    office = await add(client, admin, **DISTRICT)

    assert office["code"] == "bawaslu-73.04.01"
    assert office["parent_id"] == str(await office_id(sessions, "bawaslu-73.04"))


async def test_an_agency_stands_under_the_next_of_its_kind(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    of_regency = await add(client, admin, kind="kpu", name="KPU Kabupaten Jeneponto")

    assert of_regency["parent_id"] == str(await office_id(sessions, "kpu"))


async def test_a_suffix_tells_two_offices_of_one_region_apart(
    client: AsyncClient, admin: Headers
) -> None:
    await add(client, admin, kind="other", suffix="dpmd")

    office = await add(client, admin, kind="other", suffix="inspektorat")

    assert office["code"] == "other-73.04-inspektorat"


async def test_the_same_office_is_not_added_twice(client: AsyncClient, admin: Headers) -> None:
    await add(client, admin)

    answer = await client.post("/offices", json=AGENCY, headers=admin)

    assert answer.status_code == 409
    assert answer.json()["code"] == "office-exists"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"region_code": "13.03"}, "unknown-region"),
        ({"region_code": "00"}, "unknown-region"),
        ({"region_code": "73.99"}, "unknown-region"),
        ({"region_code": "73.04.01"}, "wrong-level"),
        ({"kind": "bawaslu"}, "wrong-level"),
        ({"name": "BKPSDM\0"}, "string-pattern-mismatch"),
        ({"name": ""}, "string-too-short"),
        ({"suffix": "A B"}, "string-pattern-mismatch"),
        ({"telepon": "0"}, "extra-forbidden"),
    ],
)
async def test_an_office_that_cannot_be_is_refused(
    client: AsyncClient, admin: Headers, changes: dict[str, str], code: str
) -> None:
    answer = await client.post("/offices", json=AGENCY | changes, headers=admin)

    assert answer.status_code == 422
    assert [each["code"] for each in answer.json()["errors"]] == [code]
    pointer = answer.json()["errors"][0]["pointer"]
    elsewhere = code in ("wrong-level", "extra-forbidden")
    assert elsewhere or pointer == f"/{next(iter(changes))}"


async def test_a_rehearsal_adds_nothing(client: AsyncClient, admin: Headers) -> None:
    answer = await client.post("/offices?validate_only=true", json=AGENCY, headers=admin)

    assert answer.status_code == 204
    await add(client, admin)
