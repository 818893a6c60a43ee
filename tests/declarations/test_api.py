"""Declarations: planned by an office, read by everybody, fixed once they are open."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.declarations.declaring import MERGE, Headers, declaration, opened, plan


async def test_a_declaration_is_planned_by_the_office_of_the_officer(
    client: AsyncClient, sijunjung: Headers
) -> None:
    answer = await client.post("/declarations", json=declaration(), headers=sijunjung)

    planned = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["etag"] == '"1"'
    assert (planned["status"], planned["office_name"]) == (
        "planned",
        "Bawaslu Kabupaten Sijunjung",
    )
    assert planned["local_points"] == [{"id": "Menjaga netralitas di setiap nagari.", "en": None}]
    read = await client.get(f"/declarations/{planned['id']}")
    assert read.json() == planned


async def test_a_repeated_plan_is_one_declaration(client: AsyncClient, sijunjung: Headers) -> None:
    headers = sijunjung | {"Idempotency-Key": "rencana-ikrar-sijunjung-1"}

    first = await client.post("/declarations", json=declaration(), headers=headers)
    second = await client.post("/declarations", json=declaration(), headers=headers)

    listed = await client.get("/declarations?count=exact")
    assert second.headers["idempotency-replayed"] == "true"
    assert (second.json(), second.headers["etag"]) == (first.json(), '"1"')
    assert listed.json()["total"] == 1


async def test_a_rehearsal_plans_nothing(client: AsyncClient, sijunjung: Headers) -> None:
    answer = await client.post(
        "/declarations?validate_only=true", json=declaration(), headers=sijunjung
    )

    assert answer.status_code == 204
    assert (await client.get("/declarations")).json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"region_code": "13.99"}, "/region_code"),
        ({"region_code": "73.07"}, "/region_code"),
        ({"region_code": "00"}, "/region_code"),
        ({"election_code": "pilkada-1999"}, "/election_code"),
        ({"pledge_text_id": "01921731-a400-7c5e-8d21-000000000000"}, "/pledge_text_id"),
        ({"held_on": "2022-09-21"}, "/held_on"),
        ({"held_on": 1727654400}, "/held_on"),
        ({"title": "Ikrar\x00"}, "/title"),
        ({"local_points": [{"id": "Butir\x00"}]}, "/local_points/0/id"),
        ({"led_by": "x" * 201}, "/led_by"),
        ({"leader": "siapa"}, ""),
        ({"kind": "sumpah"}, "/kind"),
    ],
)
async def test_a_wrong_plan_is_told_where(
    client: AsyncClient, sijunjung: Headers, changes: dict[str, Any], pointer: str
) -> None:
    answer = await client.post("/declarations", json=declaration(**changes), headers=sijunjung)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


async def test_a_plan_without_election_or_event_is_complete(
    client: AsyncClient, sijunjung: Headers
) -> None:
    planned = await plan(client, sijunjung, election_code=None)

    assert (planned["election_code"], planned["event_id"]) == (None, None)


async def test_a_change_needs_the_version_it_changes(
    client: AsyncClient, sijunjung: Headers
) -> None:
    path = f"/declarations/{(await plan(client, sijunjung))['id']}"
    at_first = sijunjung | MERGE | {"If-Match": '"1"'}

    blind = await client.patch(path, json={"place": "Aula"}, headers=sijunjung | MERGE)
    changed = await client.patch(path, json={"place": "Aula"}, headers=at_first)
    stale = await client.patch(path, json={"place": "Lapangan"}, headers=at_first)

    assert [each.status_code for each in (blind, changed, stale)] == [428, 200, 412]
    assert (changed.json()["place"], changed.headers["etag"]) == ("Aula", '"2"')
    assert (await client.get(path)).json() == changed.json()


async def test_a_change_leaves_alone_what_it_does_not_name(
    client: AsyncClient, sijunjung: Headers
) -> None:
    event = "01932b5e-7c00-7000-8000-000000000001"
    planned = await plan(client, sijunjung, event_id=event)

    answer = await client.patch(
        f"/declarations/{planned['id']}",
        json={"event_id": None, "held_on": "2024-10-01", "local_points": []},
        headers=sijunjung | MERGE | {"If-Match": '"1"'},
    )

    assert answer.json() == planned | {
        "event_id": None,
        "held_on": "2024-10-01",
        "local_points": [],
    }


@pytest.mark.parametrize(
    "change",
    [
        {"title": None},
        {"held_on": None},
        {"held_on": "2022-09-21"},
        {"status": "open"},
        {"region_code": "13.04"},
        {"place": " "},
    ],
)
async def test_a_wrong_change_is_refused(
    client: AsyncClient, sijunjung: Headers, change: dict[str, Any]
) -> None:
    planned = await plan(client, sijunjung)

    answer = await client.patch(
        f"/declarations/{planned['id']}",
        json=change,
        headers=sijunjung | MERGE | {"If-Match": '"1"'},
    )

    assert answer.status_code == 422
    assert (await client.get(f"/declarations/{planned['id']}")).json() == planned


async def test_an_open_declaration_is_fixed(client: AsyncClient, sijunjung: Headers) -> None:
    where = await opened(client, sijunjung)

    answer = await client.patch(
        f"/declarations/{where['id']}",
        json={"local_points": []},
        headers=sijunjung | MERGE | {"If-Match": '"2"'},
    )

    assert answer.status_code == 409
    assert answer.json()["code"] == "declaration-fixed"
